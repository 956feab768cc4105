"""Holding rows, so that of two who change the same at one moment the second waits."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def hold(rows: QuerySet[Row]) -> list[Row]:
    """Read rows as they stand now, and keep them from others till the transaction ends.

    Whoever holds several takes them in one order, or two would wait for each other for ever:
    a digest, people, role grants, teams, projects, posts; of each kind by their keys.
    PostgreSQL locks the rows, and lets others point to them meanwhile; on SQLite the transaction
    is the only one that writes.
    """
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
