"""Makes what every journey starts from: the demonstration, signed-in sessions, static files.

Run by conftest.py as a program of its own, with the settings of the server it prepares for.
"""

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection

from tests.browser.odd import make_odd


def main(folder: Path) -> None:
    """Leave in the folder site.sqlite3, odd.sqlite3, static/ and known.json."""
    django.setup()
    from people.models import User
    from weeknotes.digests.models import Digest

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", verbosity=0)
    accounts = User.objects.exclude(password__startswith="!")
    known = {
        "sessions": {user.email: session_of(user) for user in accounts},
        "collecting": Digest.objects.unpublished().get().slug,
    }
    copy_database(folder / "site.sqlite3")
    known |= make_odd()
    copy_database(folder / "odd.sqlite3")
    (folder / "known.json").write_text(json.dumps(known))


def session_of(user: object) -> str:
    """The key of a session in which that person is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def copy_database(path: Path) -> None:
    """Put the database as it stands now there, in one file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(settings.DATABASES["default"]["NAME"], path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
