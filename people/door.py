"""Everything is closed to strangers; what they sent after their session ended is handed back."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ddat.typed import words_of


class DoorMiddleware(LoginRequiredMiddleware):
    """Django's; but words that were sent are shown for copying, since the form is gone."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Send a stranger to sign in, or show them the words that were not saved."""
        words = words_of(request)
        if not words:
            return super().handle_no_permission(request, view_func)
        context = {"words": words, "sign_in": reverse("account_login"), "next": request.path}
        return _private(render(request, "people/signed_out.html", context, status=403))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
