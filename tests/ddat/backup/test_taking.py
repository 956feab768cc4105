"""A backup is of one moment, and stops nobody; the commands say what they did."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ddat.backup import BackupRefused
from ddat.backup.tables import Table, all_tables, plain_json, written
from ddat.backup.taking import hash_of_everything, snapshot, take_backup
from tests.ddat.backup.rows import empty
from tests.meanwhile import LONG_ENOUGH
from tests.prove.places import Place


def in_another_connection(what: Callable[[], object]) -> None:
    def run() -> None:
        try:
            what()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(LONG_ENOUGH)
    assert not thread.is_alive(), "It had to wait"


def test_snapshot_does_not_see_what_is_written_meanwhile_nor_stop_it(
    transactional_db: None,
) -> None:
    with snapshot():
        before = hash_of_everything()
        in_another_connection(lambda: Group.objects.create(name="Meanwhile"))
        after = hash_of_everything()

    assert before == after
    assert Group.objects.count() == 1
    assert hash_of_everything() != before  # as would be seen without the snapshot


def test_tables_are_all_but_sessions_and_the_cache(db: None) -> None:
    there = set(connection.introspection.table_names())

    left_out = {"django_migrations", "django_session", "portal_cache"}
    assert there - {table.name for table in all_tables()} == left_out


def test_tables_are_numbered_so_that_their_order_is_one_on_both_engines(db: None) -> None:
    assert [table.name for table in all_tables() if not table.is_numbered] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"b": 1, "a": 2}', '{"a": 2, "b": 1}'),
        ("1e16", "10000000000000000"),
        ("1e+23", "100000000000000000000000"),
        ("-0.0", "0.0"),
        ("1e-07", "0.0000001"),
        ('"\\u00fc"', '"ü"'),
    ],
)
def test_json_that_means_the_same_is_written_the_same(one: str, other: str) -> None:
    assert plain_json(one) == plain_json(other)


@pytest.mark.parametrize(("one", "other"), [("1", "1.0"), ("null", '"null"'), ("1", "true")])
def test_json_that_means_something_else_is_not(one: str, other: str) -> None:
    assert plain_json(one) != plain_json(other)


def test_value_of_a_kind_nobody_thought_of_is_refused() -> None:
    with pytest.raises(TypeError, match="does not know how to write a set"):
        written(set())


def test_database_of_another_version_is_refused(transactional_db: None, tmp_path: Path) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("auth", "0001_initial")
    try:
        with pytest.raises(BackupRefused, match=r"^The database is not at this version"):
            take_backup(tmp_path / "taken")
    finally:
        recorder.record_applied("auth", "0001_initial")
    assert list(tmp_path.iterdir()) == []


def test_commands_say_what_they_did(everything: None, tmp_path: Path) -> None:
    printed = StringIO()
    call_command("backup", str(tmp_path), stdout=printed)
    (path,) = tmp_path.iterdir()
    call_command("restore", str(path), "--check", stdout=printed)
    empty()
    call_command("restore", str(path), stdout=printed)
    lines = printed.getvalue().splitlines()

    assert re.fullmatch(r"weeknotes-\d{8}T\d{6}Z\.jsonl\.gz", path.name)
    assert [lines[0], lines[3], lines[6]] == [str(path), f"{path} is whole", f"{path} is restored"]
    rows = {re.match(r"([\d,]+ rows in \d+ tables), ", lines[at])[1] for at in (1, 4, 7)}
    assert len(rows) == 1
    assert {lines[2], lines[5], lines[8]} == {f"hash {hash_of_everything().hash}"}


def test_commands_end_badly_when_refused(transactional_db: None, tmp_path: Path) -> None:
    there = tmp_path / "there.jsonl.gz"
    there.touch()

    with pytest.raises(CommandError, match="Nothing is written over it") as backup:
        call_command("backup", str(there))
    with pytest.raises(CommandError, match="is damaged or not whole") as restore:
        call_command("restore", str(there))
    assert (backup.value.returncode, restore.value.returncode) == (1, 1)


@pytest.mark.parametrize("name", ["unmounted", "unmounted/", "backup.json", "backup.gz"])
def test_a_folder_that_is_not_there_is_no_name_of_a_file(
    transactional_db: None, tmp_path: Path, name: str
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("backup", f"{tmp_path}/{name}")

    path = tmp_path / name
    assert str(refused.value) == (
        f"There is no folder {path}. Make or mount it; a new file's name ends in .jsonl.gz."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.programs
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgres://weeknotes:sesame@127.0.0.1:1/weeknotes", "connection failed: "),
        ("sqlite:////nowhere/at/all.sqlite3", "unable to open database file. "),
    ],
)
def test_a_database_that_does_not_answer_is_said_in_a_sentence(
    file: Path, tmp_path: Path, url: str, why: str
) -> None:
    place = Place(url=url, folder=tmp_path, static=tmp_path)

    backup = place.manage("backup", str(tmp_path / "new.jsonl.gz"), check=False)
    restore = place.manage("restore", str(file), check=False)
    check = place.manage("restore", "--check", str(file), check=False)

    assert (backup.returncode, restore.returncode, check.returncode) == (1, 1, 0)
    for refused in (backup, restore):
        (told,) = refused.stderr.splitlines()
        assert told.startswith(f"CommandError: The database cannot be reached: {why}")
        assert told.endswith(". Start it, or mend DATABASE_URL.")
        assert "sesame" not in told
    assert not (tmp_path / "new.jsonl.gz").exists()


def test_table_reads_what_it_wrote(transactional_db: None) -> None:
    (groups,) = [table for table in all_tables() if table == Table(Group)]

    assert groups.columns == ["id", "name"]
    assert groups.values([1, "Zoë"])[1] == "Zoë"
