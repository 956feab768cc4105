"""What every test stands on: the settings, the guards, and the demonstration."""

import gc
import hashlib
import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The tests never depend on the .env of the machine they run on.
os.environ["DJANGO_SETTINGS_MODULE"] = "ddat.settings"
os.environ["SECRET_KEY"] = "only-for-tests, and long enough not to be taken for a weak one"
os.environ["LOOPBACK"] = "1"
os.environ["DEBUG"] = "0"
os.environ["DEMO"] = "0"
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,[::1]"
os.environ.setdefault("DATABASE_URL", "sqlite:///test.sqlite3")

# How many inputs each property is tried with; tests/test_hostile.py has its own numbers, in all.
# The same ones each time, so that a failure is one that can be looked into.
for name, examples in {"check": 50, "test": 100, "prove": 100}.items():
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[
            hypothesis.HealthCheck.function_scoped_fixture,
            hypothesis.HealthCheck.too_slow,
        ],
    )
hypothesis.settings.load_profile("check")

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 (compared with, never bound to)


def pytest_configure(config: pytest.Config) -> None:
    """Change the few settings that differ under test, before Django starts."""
    from django.conf import settings

    from tests.templates import Undefined

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
    # The names of collected files are not known before they are collected.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "ddat.sqlite3":
        # A file, as in life: connections to a database in memory share one transaction.
        folder = Path(tempfile.mkdtemp(prefix="weeknotes-tests-"))
        config.stash[FOLDER] = folder
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
        # Nothing here has to survive a power cut.
        pragmas = database["OPTIONS"]["init_command"].replace("FULL", "OFF")
        database["OPTIONS"] = {**database["OPTIONS"], "init_command": pragmas}
    else:
        # An open connection would keep the test database from being dropped.
        database["CONN_MAX_AGE"] = 0


FOLDER = pytest.StashKey[Path]()
STARTS_PROGRAMS = {"image", "started", "settings_printed"}
TOUCHES_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the second engine's run leave out what no engine can change."""
    parser.addoption(
        "--database-only", action="store_true", help="only the tests that may touch the database"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Mark what starts programs; leave out, where that was asked, what has no database."""
    for item in items:
        if STARTS_PROGRAMS & set(getattr(item, "fixturenames", ())):
            item.add_marker("programs")
    if config.getoption("--database-only"):
        touching = [
            item
            for item in items
            if item.get_closest_marker("django_db") or TOUCHES_THE_DATABASE & set(item.fixturenames)
            if not item.get_closest_marker("sqlite")
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
        items[:] = touching


def pytest_collection_finish() -> None:
    """Look no more for garbage among all that was imported, and seldom among what comes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind in the temporary folder."""
    folder = config.stash.get(FOLDER, None)
    if folder:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Take a skipped test for a failure in CI, where everything needed is installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if skipped and os.environ.get("CI", "").lower() in ("1", "true") and not session.exitstatus:
        reporter.write_line(f"\nCI=true takes {len(skipped)} skipped for a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def migrated() -> Path:
    """Where an SQLite database is kept that all migrations, as they read today, have made."""
    import django
    from django.apps import apps

    told = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(path.name.encode() + path.read_bytes())
    return Path(__file__).parent.parent / f".pytest_cache/migrated-{told.hexdigest()[:16]}.sqlite3"


def is_sqlite() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Begin from the database that is kept; `migrate` finds what it lacks."""
    return is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Lay the kept database where the tests' own will be looked for."""
    from django.db import connection

    if is_sqlite() and (kept := migrated()).exists():
        shutil.copy(kept, connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the database, once migrated, for the next run."""
    from django.db import connection

    if is_sqlite() and not (kept := migrated()).exists():
        kept.parent.mkdir(exist_ok=True)
        for old in kept.parent.glob("migrated-*.sqlite3"):
            old.unlink(missing_ok=True)
        made = kept.with_name(f"made-{os.getpid()}")
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(made)) as target,
        ):
            source.backup(target)
        made.replace(kept)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> None:
    """Start each test that has a database without what others left in the cache's table.

    What is written in a test's own transaction goes with it; the table is no model's, so nothing
    else empties it. Pages are kept by numbers, which a rolled back test's rows give to the next.
    """
    from django.core.cache import cache

    from weeknotes.publications import heads
    from weeknotes.reading.page import kept_page

    marked = request.node.get_closest_marker("django_db")
    asked = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marked or asked:
        needs = marked and marked.kwargs.get("transaction") and "transactional_db"
        request.getfixturevalue(needs or ("db" if marked else min(asked)))
        cache.clear()
        kept_page.cache_clear()
        heads.kept.clear()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for a module; what each test changes is undone after it.

    For a module whose tests use `db`; one with `transactional_db` loads it for itself.
    """
    from django.core.management import call_command
    from django.db import transaction
    from django.test import override_settings

    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True),
        transaction.atomic(),
    ):
        # A test's own transaction, inside this one, may then be durable as in life.
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
