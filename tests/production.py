"""Production as a council runs it: what its environment says, and the settings that come of it."""

import os
import runpy
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import override_settings

HOST = "weeknotes.example.gov.uk"
PRODUCTION = {
    "SECRET_KEY": "only-for-tests, and long enough not to be taken for a weak one",
    "ALLOWED_HOSTS": HOST,
    "DATABASE_URL": "postgres://weeknotes:password@127.0.0.1:5432/weeknotes",
    "TRUSTED_PROXY_COUNT": "1",
    "ORGANISATION": "Example Council",
    "CONTACT_EMAIL": "weeknotes@example.gov.uk",
    "DATA_PROTECTION_EMAIL": "data.protection@example.gov.uk",
}
# What stays as the tests have it: where things are kept, and how.
KEPT = {"CACHES", "DATABASES", "LOGGING", "STORAGES", "TEMPLATES"}


def production_settings() -> override_settings:
    """Run with the settings of production, on the tests' own database."""
    with mock.patch.dict(os.environ, {**PRODUCTION, "LOOPBACK": "0"}):
        made: dict[str, Any] = runpy.run_path(str(settings.BASE_DIR / "ddat/settings.py"))
    return override_settings(
        **{
            name: value
            for name, value in made.items()
            if name.isupper() and name not in KEPT and getattr(settings, name, None) != value
        }
    )
