"""A file that is not exactly what was written is refused before anything is."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ddat.backup import BackupRefused
from ddat.backup.file import Total
from ddat.backup.restoring import check_backup, restore_backup
from ddat.backup.taking import take_backup
from tests.ddat.backup.forging import forged, lines_of, written
from tests.ddat.backup.rows import rows_of_everything

DAMAGED = r"is damaged or not whole. Take another backup.$"
NO_BACKUP = r"is no backup of the portal.$"


def test_whole_file_is_whole(file: Path) -> None:
    same = forged(file, lambda name, rows: rows)

    assert check_backup(same) == check_backup(file)
    assert lines_of(same) == lines_of(file)


@pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_truncated_file_is_refused(file: Path, part: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(BackupRefused, match=f"({DAMAGED})|({NO_BACKUP})"):
        check_backup(file)


def test_any_damaged_byte_is_noticed(file: Path) -> None:
    whole = file.read_bytes()
    # The first bytes hold gzip's own time and name, which say nothing about the data.
    places = range(len(whole) // 50, len(whole), len(whole) // 50)

    refused = 0
    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(BackupRefused, match=DAMAGED):
            check_backup(file)
        refused += 1
    assert refused == len(places) >= 49


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[:-1], DAMAGED),
        (lambda lines: [*lines[:-3], lines[-1]], DAMAGED),
        (lambda lines: [*lines, lines[-1]], DAMAGED),
        (lambda lines: [text.replace("Digital", "Manual") for text in lines], DAMAGED),
        (lambda lines: [*lines[:40], *lines[41:]], DAMAGED),
        (lambda lines: [*lines[:40], "[1]", *lines[40:]], DAMAGED),
        (lambda lines: [*lines[:40], "null", *lines[40:]], DAMAGED),
        (lambda lines: [lines[0], "[]"], DAMAGED),
        (lambda lines: [lines[0]], DAMAGED),
        (lambda lines: ["[]"], NO_BACKUP),
        (lambda lines: ["not JSON"], DAMAGED),
        (lambda lines: ['{"backup": "of something else"}'], NO_BACKUP),
        (lambda lines: ['{"backup": "ddat-weeknotes"}'], DAMAGED),
        (
            lambda lines: [lines[0].replace('"format":1', '"format":2'), *lines[1:]],
            "has format 2; this version reads 1. Restore it with the version that made it.$",
        ),
    ],
)
def test_changed_lines_are_refused(
    file: Path, change: Callable[[list[str]], list[str]], words: str
) -> None:
    with pytest.raises(BackupRefused, match=words):
        check_backup(written(file, change(lines_of(file))))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", DAMAGED),
        (b"SQLite format 3\0", NO_BACKUP),
        (gzip.compress(b"\xff\xfe", mtime=0), DAMAGED),
        (gzip.compress(b"PGDMP", mtime=0), DAMAGED),
        (gzip.compress(b"", mtime=0), DAMAGED),
    ],
)
def test_foreign_file_is_refused(db: None, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(content)

    with pytest.raises(BackupRefused, match=words):
        check_backup(path)


def test_missing_file_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"cannot be read: No such file or directory.$"):
        check_backup(tmp_path / "missing")
    with pytest.raises(BackupRefused, match=r"cannot be read: Is a directory.$"):
        check_backup(tmp_path)


def test_damaged_file_changes_nothing(emptied: Path) -> None:
    before = rows_of_everything()
    emptied.write_bytes(emptied.read_bytes()[:-9])

    with pytest.raises(BackupRefused, match=DAMAGED):
        restore_backup(emptied)
    assert rows_of_everything() == before


@pytest.mark.parametrize(
    ("migrations", "words"),
    [
        (lambda known: known[:-1], "was made by an older version of the portal"),
        (lambda known: [*known, ["people", "9999_later"]], r"a newer version .*people 9999_later"),
    ],
)
def test_backup_of_another_version_is_refused(
    file: Path, migrations: Callable[[list[str]], list[str]], words: str
) -> None:
    first, *others = lines_of(file)
    header = json.loads(first)
    header["migrations"] = migrations(header["migrations"])

    with pytest.raises(BackupRefused, match=words):
        check_backup(written(file, [json.dumps(header), *others]))


def test_file_is_its_owners_alone(taken: Path) -> None:
    assert taken.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_over(taken: Path) -> None:
    before = taken.read_bytes()

    with pytest.raises(BackupRefused, match=r"There is a file at .* Nothing is written over it.$"):
        take_backup(taken)
    assert taken.read_bytes() == before
    assert list(taken.parent.iterdir()) == [taken]


def test_failing_halfway_leaves_no_file(
    everything: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Total, "last_line", break_)

    with pytest.raises(BackupRefused, match=r"cannot be written: No space left on device.$"):
        take_backup(tmp_path / "taken")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_refused(transactional_db: None, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"cannot be written: No such file or directory.$"):
        take_backup(tmp_path / "missing" / "taken")
