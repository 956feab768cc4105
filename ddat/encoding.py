"""Which letters a form may be sent in."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


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
