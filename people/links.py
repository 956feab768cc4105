"""Mailed links with which somebody sets their own password: each works once, for a while."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

if TYPE_CHECKING:
    from people.models import User


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens, dead once the sessions have been ended or the person has left.

    Django's own die with another password, another email address and a sign-in. Allauth's would
    also write a row whenever a link is looked at.
    """

    def check_token(self, user: Any, token: Any) -> bool:
        """Whether the link still works; a leaver's does not, from their day on."""
        return user is not None and user.is_active and super().check_token(user, token)

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        person: User = user
        return f"{super()._make_hash_value(person, timestamp)}:{person.session_number}"


def link_for(request: HttpRequest, person: "User") -> str:
    """A link for this person, with the name under which the portal was asked for."""
    token = LinkTokens().make_token(person)
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("account_reset_password_from_key", kwargs={"uidb64": uid, "token": token})
    return request.build_absolute_uri(path)


@transaction.atomic
def use_link(*, person: "User", token: str, password: str) -> bool:
    """Set the password that somebody chose; False where the link has been used meanwhile."""
    locked = type(person).objects.select_for_update().get(pk=person.pk)
    if not LinkTokens().check_token(locked, token):
        return False
    locked.set_password(password)
    locked.save(update_fields=["password"])
    return True
