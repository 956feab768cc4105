"""The database is gone, full, read-only or too busy: said in words, with what was typed.

Nothing here asks the database, so neither the session nor who is asking.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template import loader

from ddat.typed import UNREADABLE, fields_of, words_of

RETRY_AFTER = "30"  # seconds
SQLITE_CODES = {
    5,  # busy: another's write took too long
    6,  # locked
    8,  # read-only
    10,  # the disk failed, or is full
    11,  # the file is damaged
    13,  # full
    14,  # it cannot be opened
    15,  # its locks cannot be had
    26,  # it is no database
}
# The classes of PostgreSQL's codes that tell of the server, not of what it was asked: that it
# takes no writes, and its own faults. The others come as an OperationalError.
POSTGRESQL_CODES = ("25006", "XX")


def is_outage(error: BaseException | None) -> bool:
    """Whether the database could not do its work, rather than that it was asked amiss.

    Whatever else went wrong on that account counts too, such as a session that was not saved.
    """
    while error is not None:
        if isinstance(error, DatabaseError | InterfaceError) and _could_not_work(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _could_not_work(error: BaseException) -> bool:
    sqlite_code = getattr(error.__cause__, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF in SQLITE_CODES
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return (getattr(error.__cause__, "sqlstate", None) or "").startswith(POSTGRESQL_CODES)


def outage_page(request: HttpRequest, stylesheets: list[str]) -> HttpResponse:
    """503: what was sent stands in the page, and its button sends the very same again.

    Only what this request itself sent; and nothing that another site made the browser send.
    """
    is_ours = request.method == "POST" and _has_token(request)
    fields = fields_of(request) if is_ours else []
    told: dict[str, Any] = {
        "stylesheets": stylesheets,
        "address": request.get_full_path(),
        "was_sent": request.method == "POST",
        "fields": fields,
        "words": "\n\n".join(words_of(request)) if fields else "",
        "token": get_token(request) if fields else "",
    }
    page = HttpResponse(loader.render_to_string("503.html", told), status=503)
    page["Retry-After"] = RETRY_AFTER
    page["Cache-Control"] = "private, no-store"
    return page


class _OwnForms(CsrfViewMiddleware):
    """Django's check, which says no without a page: ours would ask who is signed in."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden(reason)


def _has_token(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this: the database may fail before Django asks."""
    check = _OwnForms(lambda _: HttpResponse())
    try:
        return check.process_view(request, outage_page, (), {}) is None
    except UNREADABLE:
        return False
