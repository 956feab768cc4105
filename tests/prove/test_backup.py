"""A backup taken while 16 processes write is of one moment; the written steps restore it."""

import json
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ddat.backup.forging import lines_of
from tests.prove.conftest import NewPlace
from tests.prove.crowd import WRITERS, Crowd, people_a_place, state_of
from tests.prove.figures import record
from tests.prove.places import Place, new_place
from tests.prove.steps import do

BACKUPS, COPIES = 3, 10
EVENTS = 20_000
FOLDER = "/var/backups/weeknotes"


@pytest.fixture
def place(demo_place: Place) -> Place:
    people_a_place(demo_place, events=EVENTS)
    return demo_place


def back_up(place: Place, folder: Path) -> str:
    """Back a place up by the written steps, into a new folder; what was printed."""
    folder.mkdir()
    return do("Back up", place, {FOLDER: str(folder)}).stdout


def hashes_in(file: Path) -> dict[str, tuple[int, str]]:
    """The rows and the hash of each table in a backup."""
    found, name = {}, ""
    for text in lines_of(file):
        mark = json.loads(text) if text.startswith("{") else {}
        name = mark.get("table", name)
        if set(mark) == {"rows", "hash"}:
            found[name] = (mark["rows"], mark["hash"])
    return found


def lost(state: dict[str, dict[str, int]], before: dict[str, int]) -> list[str]:
    """The writers of whom a copy lacks what was answered as saved before it was begun."""
    return [number for number, saved in before.items() if state["said"].get(number, 0) < saved]


def test_backup_under_sixteen_writers_is_restored_whole(
    place: Place, empty_place: NewPlace, tmp_path: Path, db: None
) -> None:
    crowd, taken = Crowd(place), []
    with crowd.writing():
        for number in range(BACKUPS):
            before, start = crowd.saved(), time.monotonic()
            printed = back_up(place, tmp_path / f"backups-{number}")
            taken.append((before, crowd.saved(), time.monotonic() - start, printed))
        copies = plain_copies(place, crowd, tmp_path)

    times = []
    for number, (before, after, seconds, printed) in enumerate(taken):
        folder, restored = tmp_path / f"backups-{number}", empty_place()
        start = time.monotonic()
        done = do("Restore", restored, {FOLDER: str(folder)}).stdout
        times.append((seconds, time.monotonic() - start))
        (file,) = folder.iterdir()
        state = state_of(restored)
        again = back_up(restored, tmp_path / f"again-{number}")
        (file_again,) = (tmp_path / f"again-{number}").iterdir()

        assert file.stat().st_mode & 0o777 == 0o600
        assert state["torn"] == []
        assert lost(state, before) == []
        assert all(after[writer] + 1 >= saved for writer, saved in state["said"].items())
        assert sum(after.values()) > sum(before.values())  # they did go on meanwhile
        assert hashes_in(file) == hashes_in(file_again)
        hashes = {line for line in (printed + done + again).splitlines() if "hash " in line}
        assert len(hashes) == 1

    assert any(copies) or not place.url.startswith("sqlite")
    rows = re.search(r"([\d,]+) rows in (\d+) tables, ([\d,]+) bytes", taken[-1][3])
    saves = sum(sum(after.values()) - sum(before.values()) for before, after, _, _ in taken)
    wrong = f"{sum(copies)} of {len(copies)}" if copies else "there is no one file"
    record(
        f"Backup under {WRITERS} writers",
        [
            ("Backups taken, restored and found equal", f"{BACKUPS} of {BACKUPS}"),
            ("Rows", rows[1]),
            ("Tables, each with its hash equal", rows[2]),
            ("Size", f"{int(rows[3].replace(',', '')) / 1e6:.1f} MB"),
            ("Longest backup", f"{max(first for first, _ in times):.1f} s"),
            ("Drafts saved while they were taken", f"{saves:,}"),
            ("Longest migrating and restoring", f"{max(second for _, second in times):.1f} s"),
            ("Plain copies of the file that were torn or lacked what was saved", wrong),
        ],
    )


def plain_copies(place: Place, crowd: Crowd, folder: Path) -> list[bool]:
    """The control: for each plain copy of an SQLite file, whether it is torn or lacks anything."""
    if not place.url.startswith("sqlite"):
        return []
    wrong = []
    for number in range(COPIES):
        before, copy = crowd.saved(), folder / f"copy-{number}.sqlite3"
        shutil.copyfile(place.url.removeprefix("sqlite:///"), copy)
        state = state_of(replace(place, url=f"sqlite:///{copy}"))
        wrong.append(state is None or bool(state["torn"]) or bool(lost(state, before)))
    return wrong


def test_everything_in_sqlite_moves_to_this_engine(
    static: Path, tmp_path: Path, empty_place: NewPlace, db: None
) -> None:
    source = new_place(tmp_path / "source", static=static, engine="sqlite")
    source.manage("migrate", "--verbosity=0")
    source.manage("load_demo", "--verbosity=0")
    people_a_place(source, events=EVENTS)
    with Crowd(source).writing():
        time.sleep(5)
    target = empty_place()
    (tmp_path / "move").mkdir()
    where = {
        "sqlite:////srv/weeknotes/var/weeknotes.sqlite3": source.url,
        "postgres:///weeknotes": target.url,
        FOLDER: str(tmp_path / "move"),
    }
    start = time.monotonic()
    do("From SQLite to PostgreSQL", source, where)
    seconds = time.monotonic() - start
    back_up(target, tmp_path / "again")

    (moved,), (again,) = (tmp_path / "move").iterdir(), (tmp_path / "again").iterdir()
    assert hashes_in(moved) == hashes_in(again)
    assert state_of(target) == state_of(source)
    assert dumped(target) == dumped(source)
    rows = sum(rows for rows, _ in hashes_in(moved).values())
    record(
        "From SQLite to this engine",
        [
            ("Rows, each table's hash equal", f"{rows:,}"),
            ("Backup and restoring", f"{seconds:.1f} s"),
        ],
    )


def dumped(place: Place) -> list[object]:
    """All rows as Django's own dumpdata tells them: a second opinion."""
    rows = json.loads(place.manage("dumpdata", "--all", "--exclude=sessions").stdout)
    return sorted(rows, key=lambda row: (row["model"], row["pk"]))
