"""What a probe asks: whether the portal lives, and whether it is ready for people."""

from collections.abc import Callable
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.http import require_safe

View = Callable[[HttpRequest], HttpResponse]

PROBES = ("/health/", "/health/ready/")


def probes(get_response: View) -> View:
    """Answer a probe before anything looks at sessions or host names. A middleware.

    Probes ask by whatever address the machine has, over plain http, and come every few seconds.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info not in PROBES:
            return get_response(request)
        response: HttpResponse = resolve(request.path_info).func(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return _text("live")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; otherwise 503, and which of them fails."""
    missing = _missing()
    return _text(missing, status=503) if missing else _text("ready")


def _missing() -> str:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return "The database does not answer."
    if _all_migrations() - applied.keys():
        return "The database misses migrations: run manage.py migrate."
    return ""


@cache
def _all_migrations() -> frozenset[tuple[str, str]]:
    """Every migration there is: an app and a name; they stay the same while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _text(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
