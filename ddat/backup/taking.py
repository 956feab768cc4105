"""Taking a backup: all rows of one moment, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ddat import clock
from ddat.backup import BackupRefused
from ddat.backup.file import FORMAT, KIND, Digested, Total, new_file
from ddat.backup.ids import last_id
from ddat.backup.tables import Table, all_tables, line


def take_backup(path: Path, *, at: datetime | None = None) -> Total:
    """Write all data, as it is at one moment, into a new file.

    Raises BackupRefused when the file is there already or cannot be written, or when the database
    does not answer or is not migrated to this version.
    """
    with snapshot():
        if applied_migrations() != known_migrations():
            raise BackupRefused(
                "The database is not at this version: run manage.py migrate, or back up with the "
                "version it belongs to."
            )
        with new_file(path) as file:
            return _write(file, at or clock.now())


def hash_of_everything() -> Total:
    """The hash of every table as it stands in the database."""
    total = Total()
    for table in all_tables():
        digested = Digested(table.columns)
        for row in table.lines():
            digested.add(row)
        total.add(table.name, digested)
    return total


def known_migrations() -> set[tuple[str, str]]:
    """Every migration of this version, as (app, name); no database is asked."""
    return set(MigrationLoader(None).graph.nodes)


def applied_migrations() -> set[tuple[str, str]]:
    """Those applied to the database; those of apps that are gone since are none."""
    apps = {app for app, _ in known_migrations()}
    applied = MigrationRecorder(connection).applied_migrations()
    return {(app, name) for app, name in applied if app in apps}


def reach_database() -> None:
    """Connect to the database. Raises BackupRefused when it does not answer."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        why = str(error).strip().partition("\n")[0]
        raise BackupRefused(
            f"The database cannot be reached: {why}. Start it, or mend DATABASE_URL."
        ) from error


@contextmanager
def snapshot() -> Iterator[None]:
    """See the database as it is now until the block ends, without making any writer wait."""
    reach_database()  # which would set the mode
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        # IMMEDIATE, the rule for everybody who writes, would stop all others.
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # of SQLite's alone
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def _write(file: IO[str], at: datetime) -> Total:
    total = Total()
    _mark(
        file,
        backup=KIND,
        format=FORMAT,
        made_at=at.isoformat(),
        engine=connection.vendor,
        migrations=sorted(known_migrations()),
    )
    for table in all_tables():
        total.add(table.name, _write_table(file, table))
    _mark(file, **total.last_line())
    return total


def _write_table(file: IO[str], table: Table) -> Digested:
    digested = Digested(table.columns)
    _mark(file, table=table.name, columns=table.columns, last_id=last_id(table))
    for row in table.lines():
        digested.add(row)
        file.write(f"{row}\n")
    _mark(file, rows=digested.rows, hash=digested.hash)
    return digested


def _mark(file: IO[str], **what: Any) -> None:
    file.write(f"{line(what)}\n")
