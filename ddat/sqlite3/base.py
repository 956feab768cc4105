"""What Django calls for each connection to an SQLite file."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base

PRIVATE = 0o600  # the file holds everybody's words, and the hashes of their passwords


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which sees to it that nobody else can read the file.

    SQLite gives the files beside it, `-wal` and `-shm`, the same rights.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect to a file that is private, before anything new is written to it."""
        if self.is_in_memory_db():
            return super().get_new_connection(conn_params)
        path = Path(conn_params["database"])
        make_private(path)
        try:
            connection = super().get_new_connection(conn_params)  # fails where it is no database
        except OperationalError:
            if not cannot_change(path):
                raise
            self.close_at = time.monotonic()  # with this request: it will not see what changes
            unchanging = f"file:{quote(str(path))}?mode=ro&immutable=1"
            return super().get_new_connection({**conn_params, "database": unchanging})
        take_from_others(path)
        return connection


def make_private(path: Path) -> None:
    """Make the file, if it is not there; where it cannot be made, SQLite says so."""
    with suppress(OSError):
        # Never one that is there: closing it would end the locks that SQLite has on it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))


def cannot_change(path: Path) -> bool:
    """Whether a database can only be read, as on a disk that is read-only, and is whole.

    SQLite reads one in WAL mode only where it can write beside it, unless it is told that nobody
    will. What is in its -wal would then be missed.
    """
    is_whole = path.exists() and not path.with_name(f"{path.name}-wal").exists()
    return is_whole and not any(os.access(place, os.W_OK) for place in (path, path.parent))


def take_from_others(path: Path) -> None:
    """Take the right to read a database from others, unless it is somebody else's file."""
    if path.stat().st_mode & 0o077:
        for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            with suppress(OSError):
                name.chmod(PRIVATE)
