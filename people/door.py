"""Everything is closed to strangers; what they sent after their session ended is handed back."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

# The start of the names of fields that the page carries: what it showed, an import's table.
CARRIED = ("seen", "rows")
NEVER_SHOWN = "password"  # in whatever field's name it stands


class DoorMiddleware(LoginRequiredMiddleware):
    """Django's; but words that were sent are shown for copying, since the form is gone."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Send a stranger to sign in, or show them the words that were not saved."""
        words = _words(request)
        if not words:
            return super().handle_no_permission(request, view_func)
        context = {"words": words, "sign_in": reverse("account_login"), "next": request.path}
        return _private(render(request, "people/signed_out.html", context, status=403))


def _words(request: HttpRequest) -> list[str]:
    """What a person typed: every field that holds more than one word.

    But no password, and not what the page carries.
    """
    if request.method != "POST":
        return []
    typed = {name: str(text) for name, text in request.POST.items() if _is_typed(name)}
    return [text for text in typed.values() if len(text.split()) > 1]


def _is_typed(name: str) -> bool:
    return NEVER_SHOWN not in name.lower() and not name.startswith(CARRIED)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
