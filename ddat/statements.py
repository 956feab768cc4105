"""What a public body tells everybody: how accessible the portal is, what it keeps, its cookies."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ddat import clock

TESTED_ON = date(2026, 11, 22)  # when the whole was last looked at by hand and by axe
HOUR = 60 * 60  # seconds


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, after the government's model."""
    return _page(request, "accessibility", tested_on=clock.day(TESTED_ON))


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice: what is kept of people, why, and for how long."""
    return _page(request, "privacy", session_hours=settings.SESSION_COOKIE_AGE // HOUR)


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The two cookies: what each is for, and how long it stays."""
    names = {"session": settings.SESSION_COOKIE_NAME, "token": settings.CSRF_COOKIE_NAME}
    hours = settings.SESSION_COOKIE_AGE // HOUR
    return _page(request, "cookies", names=names, session_hours=hours)


def _page(request: HttpRequest, name: str, **told: Any) -> HttpResponse:
    about = {
        "organisation": settings.ORGANISATION or "your council",
        "contact": settings.CONTACT_EMAIL,
        "data_protection": settings.DATA_PROTECTION_EMAIL or settings.CONTACT_EMAIL,
    }
    return render(request, f"statements/{name}.html", {**about, **told})
