"""Restoring a backup: into an empty place, and all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from ddat.backup import BackupRefused
from ddat.backup.file import BackupFile, FileTable, Total
from ddat.backup.ids import go_on_after
from ddat.backup.tables import FILLED_BY_MIGRATE, LEFT_OUT, ROWS_AT_ONCE, Table, all_tables
from ddat.backup.taking import (
    applied_migrations,
    hash_of_everything,
    known_migrations,
    reach_database,
)


def check_backup(path: Path) -> Total:
    """Read a backup from end to end, and say what is in it.

    Raises BackupRefused when it is damaged, or none, or made by another version.
    """
    file = BackupFile(path)
    total = file.check()
    _refuse_another_version(file)
    return total


def restore_backup(path: Path) -> Total:
    """Put everything in a backup into an empty database, which is migrated first if it is new.

    Raises BackupRefused, having changed nothing, when check_backup would, when the database is
    not empty or of another version, or when what stands there afterwards has another hash.
    """
    total = check_backup(path)
    _prepare()
    try:
        with transaction.atomic(durable=True):
            _restore(BackupFile(path), total)
    except (DatabaseError, ValidationError, ValueError, TypeError, OverflowError) as error:
        raise BackupRefused(f"Nothing was restored: {error}") from error
    finally:
        ContentType.objects.clear_cache()
    return total


def _refuse_another_version(file: BackupFile) -> None:
    known = known_migrations()
    missing, unknown = known - file.migrations, file.migrations - known
    if missing or unknown:
        names = ", ".join(f"{app} {name}" for app, name in sorted(missing or unknown)[:3])
        raise BackupRefused(
            f"{file.path} was made by {'an older' if missing else 'a newer'} version of the "
            f"portal ({names}). Restore it with that version, then upgrade."
        )


def _prepare() -> None:
    reach_database()
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
    elif applied_migrations() != known_migrations():
        raise BackupRefused("This database is of another version. Restore into an empty one.")


def _restore(file: BackupFile, total: Total) -> None:
    tables = {table.name: table for table in all_tables()}
    _refuse_data(tables)
    with connection.cursor() as cursor:
        for name in (*LEFT_OUT, *FILLED_BY_MIGRATE):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608
    for found in file.tables():
        table = tables.get(found.name)
        if table is None or found.columns != table.columns:
            raise BackupRefused(f"{file.path} has a table {found.name} that is not as it is here.")
        _insert(table, found)
        go_on_after(table, found.last_id)
    connection.check_constraints()
    there = hash_of_everything()
    if there != total:
        names = sorted(name for name, _ in there.tables.items() ^ total.tables.items())
        raise BackupRefused(
            f"Nothing was restored: {', '.join(names)} would not be what the backup holds."
        )


def _refuse_data(tables: dict[str, Table]) -> None:
    """Refuse a place where anything is, and keep others from writing there meanwhile."""
    if connection.vendor == "postgresql":  # on SQLite nobody else writes in a transaction
        names = ", ".join(connection.ops.quote_name(name) for name in (*tables, *LEFT_OUT))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
    for name, table in tables.items():
        if name not in FILLED_BY_MIGRATE and table.all_rows().exists():
            raise BackupRefused(
                f"There is data in this database (in {name}). Restore into an empty one."
            )


def _insert(table: Table, found: FileTable) -> None:
    """Put rows in, in their thousands; who refers to whom is checked at the end."""
    quote = connection.ops.quote_name
    into = f"{quote(table.name)} ({', '.join(map(quote, table.columns))})"
    rows = (table.values(cells) for cells in found.rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The driver's own method, which Django does not wrap.
            copying = cursor.copy(f"COPY {into} FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(table.columns))
        for batch in _batches(rows):
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)  # noqa: S608


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield batch
