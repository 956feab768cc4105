"""What makes a mailed link work once, for one person, for a while."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator

if TYPE_CHECKING:
    from people.models import User


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens, dead once the sessions have been ended.

    Django's own die with another password, another email address and a sign-in. Allauth's would
    also write a row whenever a link is looked at.
    """

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        person: User = user
        return f"{super()._make_hash_value(person, timestamp)}:{person.session_number}"
