"""Questions that every request asks: their SQL is made once, and only their values change.

Making a question's SQL out of a QuerySet costs several times what the database needs to answer it
(docs/decisions/0015). The rule stays in the QuerySet; what Django made of it is kept, thread by
thread, as long as the process lives.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, QuerySet, Value

Row = tuple[Any, ...]


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
    """A question in `values_list`, made by a function when it is first asked."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._made = threading.local()

    def __call__(self, **values: Any) -> Iterable[Row]:
        """Ask it with these values."""
        sql, params, compiler = self._sql()
        given = [
            param.given(values, compiler.connection) if isinstance(param, Asked) else param
            for param in params
        ]
        with compiler.connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows: Iterable[Row] = compiler.results_iter([cursor.fetchall()], tuple_expected=True)
        return rows

    def _sql(self) -> tuple[str, Iterable[Any], Any]:
        """The SQL, its parameters, and what turns the engine's rows into Python's."""
        made = getattr(self._made, "sql", None)
        if made is None or made[2].connection is not connections[DEFAULT_DB_ALIAS]:
            compiler = self._make().query.get_compiler(DEFAULT_DB_ALIAS)
            made = self._made.sql = (*compiler.as_sql(), compiler)
        return made
