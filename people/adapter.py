"""What allauth does differently here: nobody signs up, and it says nothing of its own."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from people.backends import PortalBackend

if TYPE_CHECKING:
    from people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as this portal wants it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Your email address or password is wrong. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up: an admin adds people."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; after too many failed ones answer with the 429 page."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> "User | None":
        """The person with these credentials, or none.

        A leaver with the right password is answered like anybody with a wrong one.
        """
        user: User | None = super().authenticate(request, **credentials)
        return user if PortalBackend().user_can_authenticate(user) else None

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """After signing out: the sign-in page."""
        return reverse("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the next page shows by itself that somebody signed in or out."""
