"""The SQLite file and those beside it are their owner's alone, whoever makes them."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.db.backends.sqlite3 import base as djangos

from ddat.environment import database
from ddat.settings import BASE_DIR
from ddat.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # whichever engine the others are on

ENDS = ("", "-wal", "-shm")


@contextmanager
def written(path: Path, *, by: type[djangos.DatabaseWrapper] = DatabaseWrapper) -> Iterator[None]:
    """Write to a file, and keep it open, under the umask of most machines."""
    before = os.umask(0o022)
    given = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True}
    connection = by({**database(f"sqlite:///{path}"), **given})
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        yield
    finally:
        connection.close()
        os.umask(before)


def modes(path: Path) -> list[int]:
    return [stat.S_IMODE(Path(f"{path}{end}").stat().st_mode) for end in ENDS]


def test_a_new_file_and_those_beside_it_are_private(tmp_path: Path) -> None:
    with written(tmp_path / "ours.sqlite3"):
        ours = modes(tmp_path / "ours.sqlite3")
    with written(tmp_path / "theirs.sqlite3", by=djangos.DatabaseWrapper):
        control = modes(tmp_path / "theirs.sqlite3")

    assert ours == [0o600] * 3
    assert control == [0o644] * 3


def test_a_file_of_an_older_version_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with written(path, by=djangos.DatabaseWrapper):
        with written(path):
            while_open = modes(path)
        still_there = modes(path)

    assert while_open == still_there == [0o600] * 3


@pytest.mark.parametrize("name", ["missing/new.sqlite3", "folder", "text"])
def test_what_is_no_database_is_refused_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("Something else altogether")
    for path in tmp_path.iterdir():
        path.chmod(0o755)

    with pytest.raises(DatabaseError), written(tmp_path / name):
        pass

    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "folder": 0o755,
        "text": 0o755,
    }


READING = """
import sys
import django
django.setup()
from django.db.backends.sqlite3 import base as djangos
from ddat.environment import database
from ddat.sqlite3.base import DatabaseWrapper
given = {"TIME_ZONE": None, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True}
for by in (DatabaseWrapper, djangos.DatabaseWrapper):
    connection = by({**database(f"sqlite:///{sys.argv[1]}"), **given})
    try:
        with connection.cursor() as cursor:
            found = cursor.execute("SELECT count(*) FROM words").fetchone()
            print(found[0])
            cursor.execute("INSERT INTO words VALUES ('more')")
    except Exception as error:
        print(type(error).__name__, error)
"""
# Root may write anywhere, unless it gives that right up.
AS_OTHERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


def test_what_can_only_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.sqlite3"
    with written(path):
        pass
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        done = subprocess.run(
            [*(AS_OTHERS if os.geteuid() == 0 else []), sys.executable, "-c", READING, path],
            cwd=BASE_DIR,
            check=True,
            capture_output=True,
            text=True,
        )
    finally:
        tmp_path.chmod(0o700)

    assert done.stdout.splitlines() == [
        "0",
        "OperationalError attempt to write a readonly database",
        "OperationalError attempt to write a readonly database",  # Django's own, before it reads
    ]
