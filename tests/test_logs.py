"""Reading leaves no trace of who read: no line in a log, no row in a table."""

import io
import json
import logging
import re
import runpy
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from gunicorn.config import Config

from ddat.logs import formatter
from ddat.settings import BASE_DIR
from people.models import User
from tests.factories import UserFactory
from tests.permissions.log import Log, printing
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
    assert [line.splitlines()[0] for line in log.lines] == ["ERROR django.request the page failed"]
    assert "'page': 'weeknotes:digest'" in log.lines[0]
    assert "/digests/published/" not in log.lines[0]
    assert "KeyError: 'pieces'" in log.lines[0]
    assert named_in(log, reader) == []


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """What production prints while a test runs."""
    with printing(is_local=False) as stream:
        yield stream


def lines(printed: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def test_production_tells_the_page_and_not_the_reader(
    reader: User, browser: Client, printed: io.StringIO
) -> None:
    for page in PAGES:
        browser.get(page, headers={"user-agent": "Netscape"}, REMOTE_ADDR="192.0.2.77")
    browser.post(f"{TARGETS[0]}reaction/", SENT)
    browser.get("/nowhere/at/all/?words=week")
    b"".join(browser.get("/static/favicon.svg"))  # a file that nobody reads would stay open
    browser.get("/health/")

    told = lines(printed)
    assert [(line["method"], line["page"], line["status"]) for line in told] == [
        ("GET", "weeknotes:home", 200),
        ("GET", "weeknotes:archive", 200),
        ("GET", "weeknotes:archive", 200),
        ("GET", "weeknotes:digest", 200),
        ("GET", "weeknotes:mine", 200),
        ("POST", "weeknotes:digest_reaction", 302),
        ("GET", "none", 404),
    ]
    keys = "event level logger method milliseconds page request_id status timestamp"
    assert {" ".join(sorted(line)) for line in told} == {keys}
    marks = [reader.email, "Zebulon", str(reader.pk), "192.0.2.77", "Netscape", "published", "week"]
    without_names = printed.getvalue().replace("weeknotes:", "")
    assert [mark for mark in marks if mark in without_names] == []


def test_a_failed_page_is_one_line_with_its_traceback_and_its_id(
    reader: User, browser: Client, printed: io.StringIO
) -> None:
    Publication.objects.update(body={})

    page = browser.get("/digests/published/?words=secret", headers={"X-Request-ID": "from-proxy-1"})

    failed, answered = lines(printed)
    assert (failed["event"], failed["page"]) == ("the page failed", "weeknotes:digest")
    assert "KeyError: 'pieces'" in failed["exception"]
    assert answered["status"] == 500
    ids = {failed["request_id"], answered["request_id"], page["X-Request-ID"]}
    assert ids == {"from-proxy-1"}
    assert '<code class="code">from-proxy-1</code>' in page.content.decode()
    told = printed.getvalue()
    for mark in (reader.email, "Zebulon", str(reader.pk), "secret", "/digests/"):
        assert mark not in told


def test_a_name_that_is_none_of_ours_wakes_nobody(browser: Client, printed: io.StringIO) -> None:
    page = browser.get("/", headers={"host": "evil.example"})

    warning, answered = lines(printed)
    assert (page.status_code, answered["status"]) == (400, 400)
    assert (warning["level"], warning["event"]) == (
        *("warning", "asked by a name not in ALLOWED_HOSTS"),
    )
    assert "exception" not in warning
    assert "evil" not in printed.getvalue()


@pytest.mark.parametrize(
    "given",
    ["", "short", "x" * 65, "with space in it", "<script>alert(1)", "naïve-naïve", "-starts-odd"],
)
def test_an_id_that_is_not_sane_is_made_anew(browser: Client, given: str) -> None:
    answers = [browser.get("/", headers={"X-Request-ID": given}) for _ in range(2)]

    ids = [answer["X-Request-ID"] for answer in answers]
    assert [bool(re.fullmatch("[0-9a-f]{16}", made)) for made in ids] == [True, True]
    assert ids[0] != ids[1]


def test_one_machine_prints_lines_for_people() -> None:
    record = logging.LogRecord("ddat", logging.ERROR, "", 1, "the page failed", (), None)
    record.page = "weeknotes:home"

    line = formatter(is_local=True).format(record)

    assert line[19:].removeprefix("Z").split() == [
        *("[error", "]", "the", "page", "failed", "[ddat]", "page=weeknotes:home")
    ]


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
