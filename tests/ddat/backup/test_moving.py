"""The written steps move all data from an SQLite file to the engine of this run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import migrated
from tests.prove.places import Place, new_place
from tests.prove.steps import do

FOLDER = "/var/backups/weeknotes"


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """The demonstration on SQLite, and an empty place."""
    source = new_place(tmp_path / "source", static=tmp_path, engine="sqlite")
    if (kept := migrated()).exists():
        shutil.copy(kept, source.url.removeprefix("sqlite:///"))
    source.manage("migrate", "--verbosity=0")
    source.manage("load_demo", "--verbosity=0")
    target = new_place(tmp_path / "target", static=tmp_path)
    yield source, target
    target.remove()


@pytest.mark.programs
def test_written_steps_move_everything_and_bring_it_back_to_another_place(
    places: tuple[Place, Place], tmp_path: Path, db: None
) -> None:
    source, target = places
    where = {
        "sqlite:////srv/weeknotes/var/weeknotes.sqlite3": source.url,
        "postgres:///weeknotes": target.url,
        FOLDER: str(tmp_path),
    }
    moved = do("From SQLite to PostgreSQL", source, where).stdout.splitlines()
    (tmp_path / "backups").mkdir()
    again = do("Back up", target, {FOLDER: str(tmp_path / "backups")}).stdout.splitlines()
    refused = target.run(
        *("bash", "-c", f"ls {tmp_path}/backups/*.gz | xargs .venv/bin/python manage.py restore"),
        check=False,
    )

    hashes = {line for line in [*moved, *again] if line.startswith("hash ")}
    assert len(hashes) == 1
    assert refused.returncode != 0
    assert refused.stderr.startswith("CommandError: There is data in this database")
