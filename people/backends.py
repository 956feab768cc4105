"""Who may sign in, and with which rights each request begins."""

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
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
        people: type[User] = get_user_model()
        for values in _by_number(pk=user_id, now=clock.now()):
            *columns, is_editor, is_admin = values
            user: Any = people.from_db(DEFAULT_DB_ALIAS, _columns(people), columns)
            user.has_editor_grant, user.has_admin_grant = is_editor, is_admin
            return user if self.user_can_authenticate(user) else None
        return None


def _columns(people: "type[User]") -> list[str]:
    fields = people._meta.concrete_fields  # noqa: SLF001 (documented)
    return [field.attname for field in fields]


def _with_rights() -> Any:
    people: type[User] = get_user_model()
    found = people.objects.with_rights(at=Asked("now", DateTimeField()))
    found = found.filter(pk=Asked("pk", BigAutoField())).order_by()
    return found.values_list(*_columns(people), "has_editor_grant", "has_admin_grant")


_by_number = Prepared(_with_rights)
