"""Who may sign in, and with which rights each request begins."""

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import BigAutoField, DateTimeField

from ddat import clock
from ddat.prepared import Asked, Prepared

if TYPE_CHECKING:
    from people.models import User

DEMO_DOMAIN = "@ddat.example"


class PortalBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Sign-in by email; keeps out leavers, and the demo's accounts where there is no demo."""

    def user_can_authenticate(self, user: "User | None") -> bool:
        """Whether this person may be signed in, asked at sign-in and again on every request."""
        if user is None or not user.is_active:
            return False
        return settings.DEMO or not user.email.endswith(DEMO_DOMAIN)

    def get_user(self, user_id: int) -> "User | None":
        """The signed-in person with their roles, in one query."""
        found: list[User] = _with_rights(pk=user_id, now=clock.now())
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _by_number() -> Any:
    people: type[User] = get_user_model()
    found = people.objects.with_rights(at=Asked("now", DateTimeField()))
    return found.filter(pk=Asked("pk", BigAutoField())).order_by()


_with_rights = Prepared(_by_number)
