"""Questions that every request asks: their SQL is made once, and only their values change.

Making a question's SQL out of a QuerySet costs many times what the database needs to answer it
(docs/decisions/0015). The rule stays in the QuerySet; what Django made of it is kept, thread by
thread, as long as the process lives.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, QuerySet, Value


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


class Prepared:
    """A question, given by a function that makes its QuerySet when it is first asked."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._own = threading.local()

    def __call__(self, **values: Any) -> list[Any]:
        """Ask it with these values: the objects or tuples of its QuerySet."""
        kept = getattr(self._own, "kept", None)
        if kept is None or kept.compiler.connection is not connections[DEFAULT_DB_ALIAS]:
            kept = self._own.kept = _Kept(self._make())
        return kept.ask(values)


class _Kept:
    """A QuerySet with its SQL; Django's own code makes objects of the rows."""

    def __init__(self, queryset: Any) -> None:
        self.compiler = compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = compiler.as_sql()
        self._asked = {one for one in self._params if isinstance(one, Asked)}
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        compiler.get_converters = lambda _: converters
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        self._objects = queryset._iterable_class(queryset)  # noqa: SLF001 (what iterating it does)

    def ask(self, values: dict[str, Any]) -> list[Any]:
        connection = self.compiler.connection
        given = {one: one.given(values, connection) for one in self._asked}
        params = [given.get(param, param) for param in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            rows = cursor.fetchall()
        self.compiler.execute_sql = lambda *args, **kwargs: [rows]
        return list(self._objects)
