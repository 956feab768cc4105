"""The portal's own settings, with the static files collected where the journeys keep theirs."""

import os
from pathlib import Path

from ddat.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["STATIC_FOLDER"])
# The names are those of life; what is compressed besides is no matter of a journey.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
}
# How long a password takes to check is no matter of a journey.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
