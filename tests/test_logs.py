"""Reading leaves no trace of who read: no line in a log, no row in a table."""

import runpy
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from gunicorn.config import Config

from ddat.settings import BASE_DIR
from people.models import User
from tests.factories import UserFactory
from tests.permissions.log import Log
from tests.permissions.world import World, standing_world
from weeknotes.publications.models import Publication

pytestmark = pytest.mark.django_db

PAGES = ["/", "/digests/", "/digests/?words=week&page=2", "/digests/published/", "/updates/"]
TARGETS = ["/digests/published/", "/digests/published/note/"]
SENT = {"kind": "love"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


@pytest.fixture
def reader(world: World) -> User:
    """Somebody whose name and number are nobody else's."""
    return UserFactory(
        pk=987654321,
        email="z.quillfeather@council.example",
        forename="Zebulon",
        surname="Quillfeather",
    )


@pytest.fixture
def browser(reader: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    return client


@pytest.fixture
def log() -> Iterator[Log]:
    log = Log()
    connection.force_debug_cursor = True  # so that the database has its lines to offer too
    with log.listening():
        yield log
    connection.force_debug_cursor = False


def test_reading_and_reacting_leave_no_line(browser: Client, log: Log) -> None:
    statuses = [browser.get(page).status_code for page in PAGES]
    statuses += [browser.head(page).status_code for page in PAGES]
    for target in TARGETS:
        statuses.append(browser.post(f"{target}reaction/", SENT).status_code)
        statuses.append(browser.post(f"{target}reaction/removal/", SENT).status_code)

    assert statuses == [200] * 10 + [302] * 4
    assert log.lines == []


def test_being_refused_leaves_no_line(reader: User, browser: Client, log: Log) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    statuses = [
        browser.get("/digests/composing/").status_code,
        browser.get("/desk/").status_code,
        browser.get("/admin/").status_code,
        browser.post("/digests/published/reaction/", {"kind": "?"}).status_code,
        browser.delete("/digests/published/").status_code,
        browser.get("/digests/published/", headers={"host": "evil.example"}).status_code,
        strict.post("/digests/published/reaction/", SENT).status_code,
    ]

    assert statuses == [404, 404, 403, 400, 405, 400, 403]
    assert named_in(log, reader) == []


def test_a_server_error_is_logged_without_the_reader(
    reader: User, browser: Client, log: Log
) -> None:
    Publication.objects.update(body={})  # what cannot happen

    assert browser.get("/digests/published/").status_code == 500
    assert [line[:50] for line in log.lines] == [
        "ERROR django.request Internal Server Error: /diges"
    ]
    assert "KeyError: 'pieces'" in log.lines[0]
    assert named_in(log, reader) == []


def test_reading_changes_no_row_but_the_session(browser: Client) -> None:
    before = rows()
    for page in PAGES:
        browser.get(page)
        browser.head(page)

    assert changed_since(before) - {"django_session"} == set()


def test_reacting_changes_its_own_rows_alone(browser: Client) -> None:
    before = rows()
    for target in TARGETS:
        browser.post(f"{target}reaction/", SENT)

    assert changed_since(before) - {"django_session"} == {
        "weeknotes_reaction",
        "weeknotes_reactioncount",
    }


def test_the_server_writes_no_access_log(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda program, arguments: started.append(arguments))
    monkeypatch.setattr("os.chdir", lambda folder: None)
    monkeypatch.setattr("sys.path", list(sys.path))
    serve = runpy.run_path(str(BASE_DIR / "scripts/serve.py"))
    for step in ("make_secret_key", "migrate", "load_demo", "collect_static"):
        serve["main"].__globals__[step] = lambda: None
    monkeypatch.setenv("PORT", "0")
    serve["main"].__globals__["free_port"] = lambda: 8000
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setenv("DEMO", "0")
    serve["main"]([])

    config = Config()
    options = vars(config.parser().parse_args(started[0][1:]))
    for name, value in options.items():
        if value is not None and name in config.settings:
            config.set(name, value)
    assert (config.accesslog, config.loglevel) == (None, "warning")
    assert not (BASE_DIR / "gunicorn.conf.py").exists()


def named_in(log: Log, reader: User) -> list[str]:
    """The lines that tell who somebody is."""
    marks = [reader.email, reader.forename, reader.surname, str(reader.pk)]
    return [line for line in log.lines if any(mark in line for mark in marks)]


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table there is."""
    with connection.cursor() as cursor:
        kept = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            kept[table] = sorted(cursor.fetchall(), key=repr)
    return kept


def changed_since(before: dict[str, list[tuple[Any, ...]]]) -> set[str]:
    """The tables with other rows than before."""
    after = rows()
    return {table for table in after if after[table] != before[table]}
