"""What Django calls for each connection to an SQLite file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

PRIVATE = 0o600  # the file holds everybody's words, and the hashes of their passwords


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which sees to it that nobody else can read the file.

    SQLite gives the files beside it, `-wal` and `-shm`, the same rights.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect to a file that was made, or made private, before anything is written to it."""
        if not self.is_in_memory_db():
            keep_private(Path(conn_params["database"]))
        return super().get_new_connection(conn_params)


def keep_private(path: Path) -> None:
    """Make the file if it is not there, and take from others the right to read it.

    Where that cannot be done the file is not ours, or its folder is missing: SQLite says so.
    """
    with suppress(OSError):
        try:
            # Never one that is there: closing it would end the locks that SQLite has on it.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
        except FileExistsError:
            if path.is_file() and path.stat().st_mode & 0o077:
                for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                    with suppress(FileNotFoundError):
                        name.chmod(PRIVATE)
