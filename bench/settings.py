"""The portal's own settings, static files kept elsewhere, and the bench's pages beside its own."""

from tests.browser.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
