"""The portal's own settings, with passwords that are hashed as in life, though a third as long.

What else may take longer for one person than for another shows the more.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.browser.settings import *  # noqa: F403


class QuickerHasher(PBKDF2PasswordHasher):
    """The one that the portal has."""

    iterations = PBKDF2PasswordHasher.iterations // 3


PASSWORD_HASHERS = [f"{__name__}.QuickerHasher"]
