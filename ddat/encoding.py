"""Which letters a form may be sent in."""

import codecs
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

View = Callable[[HttpRequest], HttpResponse]
Application = Callable[..., Iterable[bytes]]

UNREADABLE = "text/plain; charset=unreadable"


def utf8_only(get_response: View) -> View:
    """Refuse a form that says it is not UTF-8: no browser sends ours so, and Python's odder
    encodings would make letters of it that cannot be written down again. A middleware.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() != "utf-8":
            raise BadRequest("A form is sent in UTF-8.")
        return get_response(request)

    return middleware


def readable_type(application: Application) -> Application:
    """Let a Content-Type that Django stumbles over be refused as one that is not UTF-8.

    It comes from no browser, and Django reads it before any middleware. This wraps the WSGI
    application.
    """

    def readable(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            _, told = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
            codecs.lookup(told.get("charset", "utf-8"))
        except (LookupError, ValueError):
            environ["CONTENT_TYPE"] = UNREADABLE
        return application(environ, start_response)

    return readable
