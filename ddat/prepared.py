"""Questions that every request asks: their SQL is made once, and only their values change.

Making a question's SQL out of a QuerySet costs many times what the database needs to answer it
(docs/decisions/0015). The rule stays in the QuerySet; what Django made of it is kept, thread by
thread, as long as the process lives.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigAutoField, BooleanField, F, Field, Func, Model, QuerySet, Value
from django.db.models.constants import OnConflict
from django.db.models.sql.subqueries import InsertQuery, UpdateQuery


class Asked(Value):
    """A value that is given when the question is asked; as a lookup's right side, of its kind."""

    def __init__(self, name: str, kind: Field[Any, Any]) -> None:
        super().__init__(name, output_field=kind)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A place for the value; the parameter is this object, until it is asked."""
        return "%s", [self]

    def given(self, values: dict[str, Any], connection: Any) -> Any:
        """The value, as the engine takes it."""
        return self.output_field.get_db_prep_value(values[self.value], connection)


class _AskedIds(Asked):
    """As many ids as there are when the question is asked, as one value."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigAutoField())

    def given(self, values: dict[str, Any], connection: Any) -> Any:
        """The ids as an array, or where there are no arrays as JSON."""
        ids = list(values[self.value])
        return ids if connection.vendor == "postgresql" else json.dumps(ids)


class Among(Func):
    """Whether a field is one of the ids that are given when the question is asked."""

    output_field = BooleanField()

    def __init__(self, field: str, name: str) -> None:
        super().__init__(F(field), _AskedIds(name))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The ids as rows of a table."""
        joiner = " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template="%(expressions)s))", arg_joiner=joiner)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The ids as an array."""
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(")


class Prepared:
    """A question, given by a function that makes its QuerySet when it is first asked."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._own = threading.local()

    def __call__(self, **values: Any) -> list[Any]:
        """Ask it with these values: the objects or tuples of its QuerySet."""
        found: list[Any] = self._kept(_Question).ask(values)
        return found

    def _kept(self, kind: type[_Kept]) -> Any:
        """What this thread keeps for its connection."""
        kept = getattr(self._own, "kept", None)
        if kept is None or kept.compiler.connection is not connections[DEFAULT_DB_ALIAS]:
            kept = self._own.kept = kind(self._make())
        return kept


class PreparedChange(Prepared):
    """A change of rows, given by a function that makes its query (`updating`, `upserting`)."""

    def __call__(self, **values: Any) -> int:  # type: ignore[override]
        """Make it with these values; how many rows it changed."""
        changed: int = self._kept(_Change).make(values)
        return changed


def updating(queryset: QuerySet[Any, Any], **changes: Any) -> Any:
    """The query of `queryset.update(**changes)`."""
    query: Any = queryset.query.chain(UpdateQuery)
    query.add_update_values(changes)
    return query


def upserting(row: Model, *, unique: Sequence[str], changed: Sequence[str]) -> InsertQuery:
    """The query that inserts a row, or changes the one that is there: as `bulk_create` does."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 (documented)
    by_name = {field.name: field for field in fields}
    query = InsertQuery(
        type(row),
        on_conflict=OnConflict.UPDATE,
        update_fields=[by_name[name] for name in changed],
        unique_fields=[by_name[name] for name in unique],
    )
    query.insert_values(fields, [row])
    return query


class _Kept:
    """A query with its SQL, for one connection."""

    def __init__(self, query: Any) -> None:
        self.compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        made = self.compiler.as_sql()
        self._sql, self._params = made[0] if isinstance(made, list) else made
        self._asked = {one for one in self._params if isinstance(one, Asked)}

    def execute(self, cursor: Any, values: dict[str, Any]) -> None:
        connection = self.compiler.connection
        given = {one: one.given(values, connection) for one in self._asked}
        cursor.execute(self._sql, [given.get(param, param) for param in self._params])


class _Change(_Kept):
    """A change: what is kept of it is all there is."""

    def make(self, values: dict[str, Any]) -> int:
        with self.compiler.connection.cursor() as cursor:
            self.execute(cursor, values)
            changed: int = cursor.rowcount
        return changed


class _Question(_Kept):
    """A QuerySet; Django's own code makes objects of its rows."""

    def __init__(self, queryset: Any) -> None:
        super().__init__(queryset.query)
        compiler = self.compiler
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        compiler.get_converters = lambda _: converters
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        self._objects = queryset._iterable_class(queryset)  # noqa: SLF001 (what iterating it does)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        with self.compiler.connection.cursor() as cursor:
            self.execute(cursor, values)
            rows = cursor.fetchall()
        self.compiler.execute_sql = lambda *args, **kwargs: [rows]
        return list(self._objects)
