"""The last id each table gave out, so that no id is ever given twice, restored or not."""

from __future__ import annotations

from django.db import connection, models

from ddat.backup.tables import Table


def last_id(table: Table) -> int:
    """The last id the table gave out, whether or not its row is still there; 0 for none."""
    if not table.is_numbered:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table.name])
        else:
            sequence = _sequence(table)
            # Its name is the database's own answer, quoted by it.
            cursor.execute(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def go_on_after(table: Table, last: int) -> None:
    """Give out ids above `last`, and above every id that is there, from now on."""
    if not table.is_numbered:
        return
    last = max(last, table.all_rows().aggregate(last=models.Max("pk"))["last"] or 0)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last]
            )
        elif last:
            cursor.execute("SELECT setval(%s::regclass, %s)", [_sequence(table), last])


def _sequence(table: Table) -> str:
    quoted = connection.ops.quote_name(table.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, table.key])
        return str(cursor.fetchone()[0])
