"""Every migration of ours goes back and forward again with data in every table.

Back means one migration at a time, the last first, until each app stands at its first one: there
every row that was there is still there, with the same values in the columns that were there. A
column or table that a migration brought goes with it, and comes back empty or as the migration
fills it. Going back from an app's first migration drops its tables, data and all; `make prove`
sees that it can be done, and that the way forward from nothing gives the same schema again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.everything import empty_tables, fill_every_table
from tests.prove.places import ask_server

OURS = ("people", "projects", "weeknotes")
# Going back, these rows would be taken for something else: their migration takes them away.
UNKNOWN_EARLIER = {
    "people_teampost": [("post", "deputy")],
    "projects_projectpost": [("post", "deputy")],
}
# Columns that a migration fills with what was there before it: they come back as they were.
FILLED = {
    "weeknotes_publishedupdate": {"id", "team_id", "project_id", "due_on", "covers_from"},
    "weeknotes_metricreading": {"id", "to_on", "due_on", "until"},
    "weeknotes_workstreamreading": {"id", "due_on"},
}

Node = tuple[str, str]


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A copy of the empty, migrated database, so that no other test sees it half migrated."""
    known = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        name = str(tmp_path / "migrations.sqlite3")
        with closing(sqlite3.connect(known)) as source, closing(sqlite3.connect(name)) as copy:
            source.backup(copy)
    else:
        name = f"{known}_migrations"
        ask_server(f'CREATE DATABASE "{name}" TEMPLATE "{known}"')
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = known
        if connection.vendor == "postgresql":
            ask_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def applied() -> set[Node]:
    """Those of our migrations that are applied."""
    return {node for node in MigrationRecorder(connection).applied_migrations() if node[0] in OURS}


def first_migrations() -> set[Node]:
    """The first migration of each of our apps."""
    return {min(node for node in applied() if node[0] == app) for app in OURS}


DEFINITIONS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY 1",
    "postgresql": """
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
}


def schema() -> dict[str, Any]:
    """Every table's columns and constraints in no order, and how each index is defined."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table)
            found[table] = (
                sorted((one.name, str(one.type_code), one.null_ok, one.default) for one in columns),
                sorted(
                    ("" if name.startswith("__unnamed") else name, repr(sorted(what.items())))
                    for name, what in constraints.items()
                ),
            )
        cursor.execute(DEFINITIONS[connection.vendor])
        found["definitions"] = cursor.fetchall()
    return found


def columns_of_everything() -> dict[str, set[str]]:
    """Each table of ours, with the names of its columns."""
    with connection.cursor() as cursor:
        return {
            table: {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            }
            for table in connection.introspection.table_names(cursor)
            if table.split("_")[0] in OURS
        }


def rows_of(columns: dict[str, set[str]]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these tables, as the database has it."""
    found = {}
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, names in columns.items():
            asked = ", ".join(quote(name) for name in sorted(names))
            cursor.execute(f"SELECT {asked} FROM {quote(table)}")  # noqa: S608
            found[table] = [dict(zip(sorted(names), row, strict=True)) for row in cursor]
    return found


def only(columns: dict[str, set[str]], rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """These columns of the rows that an earlier version knows what to do with, in no order."""
    return {
        table: sorted(
            repr([row[name] for name in sorted(names)])
            for row in rows[table]
            if not any(row.get(name) == value for name, value in UNKNOWN_EARLIER.get(table, []))
        )
        for table, names in columns.items()
    }


@pytest.mark.programs
def test_every_migration_goes_back_and_forward_with_data_in_every_table(
    own_database: None,
) -> None:
    fill_every_table()
    assert empty_tables() == []
    schema_before, columns = schema(), columns_of_everything()
    rows_before = rows_of(columns)
    has_end = {row["to_on"] is not None for row in rows_before["weeknotes_metricreading"]}
    assert has_end == {True, False}
    firsts = first_migrations()

    MigrationExecutor(connection).migrate(firsts)
    assert applied() == firsts
    bottom = columns_of_everything()
    kept = {table: names & bottom[table] for table, names in columns.items() if table in bottom}
    rows_at_bottom = only(kept, rows_of(kept))
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert rows_at_bottom == only(kept, rows_before)
    assert only(kept, rows_of(kept)) == rows_at_bottom
    assert only(FILLED, rows_of(FILLED)) == only(FILLED, rows_before)
    assert schema() == schema_before


@pytest.mark.prove
def test_every_table_goes_and_comes_again(own_database: None) -> None:
    before = schema()

    for app in reversed(OURS):
        MigrationExecutor(connection).migrate([(app, None)])
    assert columns_of_everything() == {}
    call_command("migrate", verbosity=0)
    assert schema() == before
