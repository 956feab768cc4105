"""The database is stopped, full or read-only: nothing that was answered is lost, nor is a word."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.prove import killed_savers, outages
from tests.prove.cluster import Cluster, cluster, limit_files
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import Answer, Browser
from tests.prove.outages import Scene, endured, wrong
from tests.prove.places import SQLITE_NAME, Place
from tests.prove.sizes import so_many

STOPS, FEW = so_many(20, least=2), 5
CUT, POLITE = signal.SIGQUIT, signal.SIGINT  # as a power cut would, and not
FULL = so_many(40, least=8)  # pages handed back while the disk is full
ROOM = 64 * 1024  # bytes that a file of SQLite's may have on a full disk: what readers need
SEGMENT = 1024 * 1024  # bytes of a file of PostgreSQL's log, which its own disk often has
# Root may write anywhere, unless it gives that right up.
RIGHTS = "-dac_override,-dac_read_search"
AS_OTHERS = ("setpriv", f"--bounding-set={RIGHTS}", "--inh-caps=-all") if os.geteuid() == 0 else ()
ANSWERED = "Saves that were answered"
HANDED_BACK = "Told that nothing was saved, with all that was sent"
KEPT_BACK = "Told so without it"
NOT_AS_ANSWERED = "Drafts that are not as answered"
READ = "Pages read meanwhile, and not to be had"
CONTROL = "Told without it, where no page is made for it"
NO_FILE = "there is no one file"
WITHOUT = "tests.prove.without.handing_back"
HASTY = ("synchronous_commit=off", "wal_writer_delay=10s")  # answers before it is on the disk


def stopping(server: Cluster, times: int, *ways: signal.Signals) -> Callable[[Scene], None]:
    """Stop PostgreSQL so often, in these ways in turn, and start it again."""

    def trouble(stage: Scene) -> None:
        for number in range(times):
            server.stop(ways[number % len(ways)])
            stage.wait_for(stage.handed_back, 4)
            time.sleep(random.uniform(0, 0.2))
            server.start()
            stage.wait_for(stage.saves)

    return trouble


def filling(stage: Scene) -> None:
    """Let the disk be full for SQLite until many were told, then make room."""
    for worker in stage.server.workers():
        limit_files(worker, ROOM)
    stage.wait_for(stage.handed_back, FULL)
    for worker in stage.server.workers():
        limit_files(worker, None)


def refusing_writes(server: Cluster) -> Callable[[Scene], None]:
    """Let PostgreSQL take no writes until many were told, as one does that only follows."""

    def trouble(stage: Scene) -> None:
        for state in ("on", "off"):
            server.run(f"ALTER SYSTEM SET default_transaction_read_only = {state}")
            server.run("SELECT pg_reload_conf()")
            if state == "on":
                stage.wait_for(stage.handed_back, FULL)

    return trouble


def locking(times: int) -> Callable[[Scene], None]:
    """Keep SQLite's file from all who write, for longer than they wait, so often."""

    def trouble(stage: Scene) -> None:
        for _ in range(times):
            with closing(sqlite3.connect(stage.place.folder / SQLITE_NAME, timeout=60)) as other:
                other.execute("BEGIN IMMEDIATE")
                stage.wait_for(stage.handed_back, 2)
                other.rollback()
            stage.wait_for(stage.saves)

    return trouble


def crowding(server: Cluster) -> Callable[[Scene], None]:
    """Let the disk be full for PostgreSQL until many were told, then make room."""

    def trouble(stage: Scene) -> None:
        server.run("VACUUM weeknotes_revision")
        stage.place.call(outages.fill_up)
        server.limit(SEGMENT)
        stage.wait_for(stage.handed_back, FULL)
        server.limit(None)

    return trouble


def rows(stage: Scene, state: dict[str, object]) -> list[tuple[str, str]]:
    """What was measured."""
    statuses = stage.reader.statuses
    return [
        (ANSWERED, f"{stage.saves():,}"),
        (HANDED_BACK, f"{handed(stage):,}"),
        (KEPT_BACK, str(kept(stage))),
        (NOT_AS_ANSWERED, f"{len(wrong(stage, state))} of {len(stage.savers)}"),
        (READ, f"{statuses.count(200):,}, {len(stage.reader.calm):,}"),
    ]


def handed(stage: Scene) -> int:
    return sum(one.handed_back for one in stage.savers)


def kept(stage: Scene) -> int:
    return sum(one.kept_back for one in stage.savers)


def assert_kept(stage: Scene, state: dict[str, object]) -> None:
    """Nothing that was answered is lost, nothing is there twice, and every word came back."""
    assert handed(stage) > 0
    assert kept(stage) == 0
    assert [one.refused for one in stage.savers] == [0] * len(stage.savers)
    assert [state[one.address] for one in stage.savers] == [one.expected for one in stage.savers]
    assert False not in stage.reader.calm


Trouble = Callable[[Scene], None]


@pytest.fixture(scope="module")
def migrated_cluster(static: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a PostgreSQL server with every table, at rest; of no use on SQLite."""
    if settings.DATABASES["default"]["ENGINE"] == "ddat.sqlite3":
        yield Path()
        return
    with cluster() as server:
        folder = tmp_path_factory.mktemp("own")
        Place(url=server.url, folder=folder, static=static).manage("migrate", "--verbosity=0")
        server.stop(signal.SIGINT)
        yield server.folder


@pytest.fixture
def endure(
    ready_place: NewPlace, migrated_cluster: Path, static: Path, tmp_path: Path
) -> Callable[..., tuple[Scene, dict[str, Any]]]:
    """Let a place on the engine of this run endure something: a function for each engine."""

    def run(
        sqlite: Trouble,
        postgresql: Callable[[Cluster], Trouble],
        *options: str,
        app: str = "ddat.wsgi",
    ) -> tuple[Scene, dict[str, Any]]:
        if connection.vendor == "sqlite":
            return endured(ready_place(), sqlite, app=app)
        folder = tmp_path / f"own-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        with cluster(*options, like=migrated_cluster) as server:
            place = Place(url=server.url, folder=folder, static=static)
            return endured(place, postgresql(server), app=app)

    return run


Endure = Callable[..., tuple[Scene, dict[str, Any]]]


def test_database_is_gone_for_a_while(endure: Endure, db: None) -> None:
    """PostgreSQL is stopped; SQLite's file is kept by another program."""
    is_sqlite = connection.vendor == "sqlite"
    times = 1 if is_sqlite else STOPS
    start = time.monotonic()
    stage, state = endure(locking(times), lambda server: stopping(server, times, CUT, POLITE))
    seconds = time.monotonic() - start
    control, left = endure(
        locking(1), lambda server: stopping(server, FEW, CUT), *HASTY, app=WITHOUT
    )

    lost = wrong(control, left)
    gone = f"{times} in {seconds:.0f} s"
    record(
        "The database gone under load",
        [
            ("Stopped and started again", "there is no server" if is_sqlite else gone),
            ("Kept by another program for longer than 20 s", gone if is_sqlite else NO_FILE),
            *rows(stage, state),
            (CONTROL, str(kept(control))),
            (
                f"Drafts lost in {FEW} stops, where it answers before it is on the disk",
                "there is no server" if is_sqlite else str(len(lost)),
            ),
        ],
    )
    assert_kept(stage, state)
    assert kept(control) > 0
    assert is_sqlite or lost != []


def test_disk_is_full_for_a_while(endure: Endure, db: None) -> None:
    stage, state = endure(filling, crowding)
    control, _ = endure(filling, crowding, app=WITHOUT)

    record("The disk full under load", [*rows(stage, state), (CONTROL, str(kept(control)))])
    assert_kept(stage, state)
    assert stage.reader.statuses.count(200) > 0
    assert kept(control) > 0


def test_disk_is_read_only(ready_place: NewPlace, endure: Endure, db: None) -> None:
    """PostgreSQL lets no one write; SQLite's file and folder cannot be written to."""
    if connection.vendor == "sqlite":
        record("The database read-only", read_only(ready_place(), ready_place()))
        return
    stage, state = endure(filling, refusing_writes)
    control, _ = endure(filling, refusing_writes, app=WITHOUT)
    record("The database read-only", [*rows(stage, state), (CONTROL, str(kept(control)))])
    assert_kept(stage, state)
    assert set(stage.reader.statuses) == {200}
    assert kept(control) > 0


def read_only(place: Place, control: Place) -> list[tuple[str, str]]:
    """Serve a place from files that can only be read, and then as before."""
    made = place.call(outages.scene)
    (session, address), words = made["writers"][0], "What we did this week."
    sent = {"version": "0", "sections": "s0:text", "s0-text": words, "do": "save"}
    without = refused(control, sent)
    with frozen(place), place.serving(under=AS_OTHERS, fails=True) as server:
        hand, reader = Browser(server.address, session), Browser(server.address, made["reader"])
        pages = [reader.get(page).status for page in ("/", "/digests/", "/projects/", made["page"])]
        form, refusal = hand.get(address), hand.post(address, **sent)
        hand.close()
        reader.close()
    with place.serving() as server:
        again = Browser(server.address, session)
        carried = {name: text for name, text in refusal.hidden.items() if name in sent}
        answer = again.post(address, **carried)
        shown = again.get(address)
        again.close()
    drafts = place.call(killed_savers.look)
    assert pages == [200] * 4
    assert (form.status, refusal.status) == (200, 503)
    assert carried == sent
    assert (answer.status, shown.says(words)) == (302, True)
    assert [(one["words"], one["version"]) for one in drafts.values()] == [(words, 1)]
    assert without.status == 500
    assert [name for name in without.hidden if name in sent] == []
    return [
        (ANSWERED, "1"),
        (HANDED_BACK, "1"),
        (KEPT_BACK, "0"),
        (NOT_AS_ANSWERED, "0 of 1"),
        (READ, f"{pages.count(200)}, 0"),
        (CONTROL, "1"),
    ]


def refused(place: Place, sent: dict[str, str]) -> Answer:
    """The control: what is answered where no page is made for it."""
    session, address = place.call(outages.scene)["writers"][0]
    with frozen(place), place.serving(under=AS_OTHERS, fails=True, app=WITHOUT) as server:
        hand = Browser(server.address, session)
        answer = hand.post(address, **sent)
        hand.close()
    return answer


@contextmanager
def frozen(place: Place) -> Iterator[None]:
    """Let nobody write to a place's file, nor beside it."""
    file = place.folder / SQLITE_NAME
    log = place.folder / "server.log"
    log.touch()
    file.chmod(0o400)
    place.folder.chmod(0o500)
    try:
        yield
    finally:
        place.folder.chmod(0o700)
        file.chmod(0o600)
