"""A database with a row in every table, and backups of it."""

import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def everything(transactional_db: None) -> None:
    """A row in every table, and among them what is easily lost on the way."""
    from tests.ddat.backup.rows import put_in_what_is_easily_lost
    from tests.everything import empty_tables, fill_every_table

    fill_every_table()
    assert empty_tables() == []
    put_in_what_is_easily_lost()


@pytest.fixture
def taken(everything: None, tmp_path: Path) -> Path:
    """A backup of everything."""
    from ddat.backup.taking import take_backup

    take_backup(tmp_path / "taken.jsonl.gz")
    return tmp_path / "taken.jsonl.gz"


@pytest.fixture(scope="session")
def made_once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A backup of everything, from a transaction that is undone."""
    from django.db import transaction

    from ddat import clock
    from ddat.backup.file import new_file
    from ddat.backup.taking import _write
    from tests.everything import fill_every_table

    path = tmp_path_factory.mktemp("backup") / "made.jsonl.gz"
    with django_db_blocker.unblock(), transaction.atomic():
        fill_every_table()
        with new_file(path) as file:
            _write(file, clock.now())
        transaction.set_rollback(True)
    return path


@pytest.fixture
def file(made_once: Path, db: None, tmp_path: Path) -> Path:
    """A copy of a backup of everything, for those who only read it."""
    return Path(shutil.copy(made_once, tmp_path / "file.jsonl.gz"))


@pytest.fixture
def emptied(taken: Path) -> Path:
    """The same, where nothing is any more but what migrating brings."""
    from tests.ddat.backup.rows import empty

    empty()
    return taken
