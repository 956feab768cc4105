"""The portal's own settings, with the static files collected where the journeys keep theirs."""

import os
from pathlib import Path

from ddat.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["STATIC_FOLDER"])
# How long a password takes to check is no matter of a journey.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
