"""How much may be sent at once: DATA_UPLOAD_MAX_MEMORY_SIZE, of any kind, files and all."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[[HttpRequest], HttpResponse]
Application = Callable[..., Iterable[bytes]]

PIECE = 64 * 1024
MOST_READ_AWAY = 64 * 1024 * 1024  # bytes


def not_too_large(get_response: View) -> View:
    """Answer 413, in words, to what is larger than the portal takes. A middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = _length(request.META)
        if length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return get_response(request)
        _read_away(request)
        return render(request, "413.html", status=413)

    return middleware


def with_length(application: Application) -> Application:
    """Let what comes in chunks, without its length, be read and measured like all else.

    Django takes it for empty. This wraps the WSGI application.
    """

    def measured(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING"):
            body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                _read_away(environ["wsgi.input"])
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        return application(environ, start_response)

    return measured


def _read_away(stream: Any) -> None:
    """Read to the end: a browser that is not listened to while it sends never sees the answer."""
    for _ in range(MOST_READ_AWAY // PIECE):
        if not stream.read(PIECE):
            return


def _length(said: dict[str, Any]) -> int:
    """What the browser says it sends, in bytes; what is no number is nothing, as Django has it."""
    try:
        return int(said.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
