"""What allauth does differently here: nobody signs up, and it says nothing of its own."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest
from django.urls import reverse

from people.backends import PortalBackend
from people.limits import forget, seconds_left, too_many_tries

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
            key = self._get_login_attempts_cache_key(request, **credentials)
            wait = seconds_left(request, "login_failed", key=key)
            raise ImmediateHttpResponse(too_many_tries(request, wait)) from error

    def forget_failed_tries(self, request: HttpRequest, email: str) -> None:
        """Let somebody who has just set a password sign in, whatever they tried before."""
        key = self._get_login_attempts_cache_key(request, email=email)
        forget(request, "login_failed", key=key)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Allauth's begins with the Host header, whose port anybody may change with each try."""
        return str(credentials.get("email", "")).lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted together: the address that the last trusted proxy names.

        Where fewer proxies than are trusted have passed the request on, the one that sent it.
        """
        try:
            address = get_client_ip(request)
        except ImproperlyConfigured:
            address = request.META.get("REMOTE_ADDR")
        return address or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> "User | None":
        """The person with these credentials, or none.

        A leaver with the right password is answered like anybody with a wrong one.
        """
        user: User | None = super().authenticate(request, **credentials)
        return user if PortalBackend().user_can_authenticate(user) else None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in: the page they like to begin at."""
        begins_at_home = getattr(request.user, "start_page", "home") == "home"
        return reverse("weeknotes:home" if begins_at_home else "weeknotes:mine")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """After signing out: the sign-in page."""
        return reverse("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the next page shows by itself that somebody signed in or out."""
