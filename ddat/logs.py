"""The log: a line for each request, which says what was asked for and never by whom.

No name, no number of a person, no address of a computer, no path and no question: of a page only
its name in the list of addresses, such as "weeknotes:digest".
"""

import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from ddat.tracebacks import traceback_of

View = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
REQUEST_ID = "REQUEST_ID"  # among a request's META
SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
TOLD = {"method", "page", "status", "milliseconds"}

log = logging.getLogger(__name__)


def requests(get_response: View) -> View:
    """Give each request its id, on the answer and on every line it causes. A middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if SANE_ID.fullmatch(given) else secrets.token_hex(8)
        request.META[REQUEST_ID] = request_id
        started = perf_counter()
        with bound_contextvars(request_id=request_id):
            response = get_response(request)
            spent = round(1000 * (perf_counter() - started))
            told = {"page": page_name(request), "status": response.status_code}
            log.info("answered", extra={"method": request.method, **told, "milliseconds": spent})
        response.headers[HEADER] = request_id
        return response

    return middleware


def page_name(request: HttpRequest) -> str:
    """The name of the page that was asked for; the address itself tells too much."""
    match = request.resolver_match
    return match.view_name if match else "none"


def without_path(record: logging.LogRecord) -> bool:
    """Let Django's line about a failed page name the page, not its address. A filter."""
    record.page = page_name(record.request) if hasattr(record, "request") else "none"
    record.msg, record.args = "the page failed", ()
    return True


def no_alarm(record: logging.LogRecord) -> bool:
    """Let a request by a name that is none of ours, as scanners ask, be no error. A filter."""
    record.levelno, record.levelname = logging.WARNING, "WARNING"
    record.msg, record.args, record.exc_info = "asked by a name not in ALLOWED_HOSTS", (), None
    return True


def without_values(record: logging.LogRecord) -> bool:
    """Let a line say "Error handling request %s", whatever that was. A filter."""
    record.args = ()
    return True


def formatter(*, is_local: bool) -> logging.Formatter:
    """Lines for people where the portal is served on one machine, else one JSON object a line.

    A traceback has no values of variables, nor of rows: they may be somebody's words.
    """
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(TOLD),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    plain = structlog.dev.plain_traceback
    renderers: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(traceback_of),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)
        if is_local
        else structlog.processors.JSONRenderer(),
    ]
    return structlog.stdlib.ProcessorFormatter(processors=renderers, foreign_pre_chain=processors)


def configuration(*, is_local: bool) -> dict[str, Any]:
    """What LOGGING is; on one machine an ordinary request is not worth a line."""

    def to_console(level: str, **more: Any) -> dict[str, Any]:
        return {"handlers": ["console"], "level": level, "propagate": False, **more}

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "without_path": {"()": lambda: without_path},
            "without_values": {"()": lambda: without_values},
            "no_alarm": {"()": lambda: no_alarm},
        },
        "formatters": {"line": {"()": formatter, "is_local": is_local}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "ddat.logs": to_console("WARNING" if is_local else "INFO"),
            "django": to_console("WARNING"),
            # "Not Found: /some/page" tells who looked for what: a server error alone is told.
            "django.request": to_console("ERROR", filters=["without_path"]),
            "django.security": to_console("ERROR"),
            "django.security.DisallowedHost": to_console("ERROR", filters=["no_alarm"]),
            # The server's. Its warnings name computers, or tell of every HEAD, whose body Django
            # leaves to it to drop; its errors name addresses.
            "gunicorn.error": to_console("ERROR", filters=["without_values"]),
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }
