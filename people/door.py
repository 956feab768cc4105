"""Everything is closed to strangers, and says so to somebody whose session has ended."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseRedirect

SIGNED_OUT = (
    "You had been signed out, so what you sent was not saved. Before you close this page, press "
    "Back: your words are still in the form. Copy them, sign in, and send them again."
)


class DoorMiddleware(LoginRequiredMiddleware):
    """Django's, and a word of warning where something that was sent would be lost."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Send a stranger to sign in; tell them if they sent something."""
        if request.method == "POST":
            messages.warning(request, SIGNED_OUT)
        return super().handle_no_permission(request, view_func)
