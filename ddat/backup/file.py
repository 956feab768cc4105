"""The file of a backup: written whole or not at all, and read with every doubt."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ddat.backup import BackupRefused
from ddat.backup.tables import line

KIND, FORMAT = "ddat-weeknotes", 1
UNREADABLE = (OSError, EOFError, zlib.error, ValueError)  # ValueError: no JSON, or no UTF-8


@dataclass
class Digested:
    """The hash and the number of rows of one table, gathered line by line."""

    columns: list[str]
    rows: int = 0
    seen: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self._take(line(self.columns))

    def add(self, row: str) -> None:
        """Take in the next row."""
        self.rows += 1
        self._take(row)

    def _take(self, text: str) -> None:
        self.seen.update(f"{text}\n".encode())

    @property
    def hash(self) -> str:
        """SHA-256 of the columns and of every row so far."""
        return str(self.seen.hexdigest())


@dataclass
class Total:
    """The same for a whole backup."""

    tables: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, name: str, digested: Digested) -> None:
        """Take in the next table."""
        self.tables[name] = (digested.rows, digested.hash)

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(rows for rows, _ in self.tables.values())

    @property
    def hash(self) -> str:
        """SHA-256 of "table rows hash" of each table, by name."""
        seen = hashlib.sha256()
        for name in sorted(self.tables):
            rows, table_hash = self.tables[name]
            seen.update(f"{name} {rows} {table_hash}\n".encode())
        return seen.hexdigest()

    def last_line(self) -> dict[str, Any]:
        """What a backup ends with."""
        return {"tables": len(self.tables), "rows": self.rows, "hash": self.hash}


@contextmanager
def new_file(path: Path) -> Iterator[IO[str]]:
    """Write a new file that its owner alone may read; it is there when the block ends well.

    Raises BackupRefused when there is a file of that name already, or none can be made.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            raise FileExistsError
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupRefused(f"There is a file at {path}. Nothing is written over it.") from error
    except OSError as error:
        raise BackupRefused(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8", newline="\n", compresslevel=6) as text:
                yield text
            raw.flush()
            os.fsync(raw.fileno())
        _name(part, path)
    except OSError as error:
        raise BackupRefused(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _name(part: Path, path: Path) -> None:
    """Give the finished file its name, unless another has taken it in between."""
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise BackupRefused(f"There is a file at {path}. Nothing is written over it.") from error
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass(frozen=True)
class FileTable:
    """A table as it begins in a file; its rows must be read before the next one."""

    name: str
    last_id: int
    rows: Iterator[list[Any]]
    digested: Digested

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return self.digested.columns


class BackupFile:
    """A backup to be read. Raises BackupRefused wherever it is not what was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._careful():
            self.header = self._header(next(self._lines(), ""))

    @property
    def migrations(self) -> set[tuple[str, str]]:
        """The migrations that had been applied, as (app, name)."""
        return {(app, name) for app, name in self.header["migrations"]}

    def tables(self) -> Iterator[FileTable]:
        """Each table; once all are read, the file is known to be whole."""
        with self._careful():
            lines, total = self._lines(), Total()
            next(lines)
            for text in lines:
                mark = json.loads(text)
                if "table" not in mark:
                    break
                digested = Digested([str(column) for column in mark["columns"]])
                rows = self._rows(lines, digested)
                yield FileTable(mark["table"], int(mark["last_id"]), rows, digested)
                for _ in rows:
                    pass
                total.add(mark["table"], digested)
            else:
                raise EOFError
            if mark != total.last_line() or next(lines, None) is not None:
                raise ValueError

    def check(self) -> Total:
        """Read it all, and say what is in it."""
        total = Total()
        for table in self.tables():
            for _ in table.rows:
                pass
            total.add(table.name, table.digested)
        return total

    def _header(self, text: str) -> dict[str, Any]:
        header = json.loads(text)
        if not isinstance(header, dict) or header.get("backup") != KIND:
            raise BackupRefused(f"{self.path} is no backup of the portal.")
        if header["format"] != FORMAT:
            raise BackupRefused(
                f"{self.path} has format {header['format']}; this version reads {FORMAT}. "
                "Restore it with the version that made it."
            )
        return header

    def _rows(self, lines: Iterator[str], digested: Digested) -> Iterator[list[Any]]:
        with self._careful():
            for text in lines:
                cells = json.loads(text)
                if isinstance(cells, dict):
                    if cells != {"rows": digested.rows, "hash": digested.hash}:
                        raise ValueError
                    return
                if len(cells) != len(digested.columns):
                    raise ValueError
                digested.add(text)
                yield cells
            raise EOFError

    def _lines(self) -> Iterator[str]:
        with gzip.open(self.path, "rt", encoding="utf-8", newline="\n") as text:
            for read in text:
                yield read.removesuffix("\n")

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Say of whatever cannot be read that it is no whole backup."""
        try:
            yield
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            raise BackupRefused(f"{self.path} cannot be read: {error.strerror}.") from error
        except (*UNREADABLE, KeyError, TypeError) as error:
            if isinstance(error, gzip.BadGzipFile) and str(error).startswith("Not a gzipped file"):
                raise BackupRefused(f"{self.path} is no backup of the portal.") from error
            raise BackupRefused(
                f"{self.path} is damaged or not whole. Take another backup."
            ) from error
