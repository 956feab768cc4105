"""Every table as lines of text that are the same on each engine, and as rows again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property, singledispatch
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Cast
from django.db.models.options import Options

ROWS_AT_ONCE = 2000
# A session that came back would let in whoever has its cookie, though it was ended since.
LEFT_OUT = ("django_session",)
# In every migrated place already, with ids of its own; a backup brings the ids they had.
FILLED_BY_MIGRATE = ("auth_permission", "django_content_type")


@dataclass(frozen=True)
class Table:
    """One table, known through its model."""

    model: type[models.Model]

    @cached_property
    def _options(self) -> Options[Any]:
        return self.model._meta  # noqa: SLF001 (Django's documented way to it)

    @property
    def name(self) -> str:
        """What the database calls it."""
        return self._options.db_table

    @property
    def is_numbered(self) -> bool:
        """Whether the database numbers its rows."""
        return isinstance(self._options.pk, models.AutoField)

    @property
    def key(self) -> str:
        """The column that holds the numbers."""
        return str(self._options.pk.column)

    def all_rows(self) -> models.QuerySet[Any]:
        """All its rows, whatever its own manager leaves out."""
        return self.model._base_manager.all()  # noqa: SLF001 (Django's documented way to it)

    @cached_property
    def fields(self) -> list[models.Field]:
        """Its columns; what the database computes by itself is none."""
        return [field for field in self._options.concrete_fields if not field.generated]

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return [str(field.column) for field in self.fields]

    def lines(self) -> Iterator[str]:
        """Each row as it stands in a backup, in order of its key; memory stays flat."""
        asked = [
            Cast(field.name, models.TextField()) if is_json(field) else models.F(field.attname)
            for field in self.fields
        ]
        rows = self.all_rows().order_by("pk").values_list(*asked).iterator(chunk_size=ROWS_AT_ONCE)
        json_at = [at for at, field in enumerate(self.fields) if is_json(field)]
        for row in rows:
            cells = [written(value) for value in row]
            for at in json_at:
                cells[at] = cells[at] if cells[at] is None else plain_json(cells[at])
            yield line(cells)

    def values(self, cells: Sequence[Any]) -> list[Any]:
        """A row of a backup as this engine's driver takes it. Raises ValueError or
        ValidationError when a value is none of its column."""
        return [
            cell if cell is None or is_json(field) else self._value(field, cell)
            for field, cell in zip(self.fields, cells, strict=True)
        ]

    def _value(self, field: models.Field, cell: Any) -> Any:
        return field.get_db_prep_save(field.to_python(cell), connection)


def all_tables() -> list[Table]:
    """Every table of the data, by name; sessions are none."""
    tables = {table.name: table for table in map(Table, apps.get_models(include_auto_created=True))}
    return [tables[name] for name in sorted(tables) if name not in LEFT_OUT]


def is_json(field: models.Field) -> bool:
    """Whether a column holds JSON: it goes through as text, as JSON's null is not the column's."""
    return isinstance(field, models.JSONField)


def line(cells: Sequence[Any] | dict[str, Any]) -> str:
    """The cells of a row, or a mark between rows, in one line."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def plain_json(text: str) -> str:
    """JSON in the one form of all that mean the same: PostgreSQL keeps no order of keys."""
    value = json.loads(text, parse_float=_number)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _number(text: str) -> int | float:
    """A number with a point or exponent; a large whole one as PostgreSQL writes it, "1e16" out."""
    number = float(text)
    if number.is_integer() and abs(number) >= 1e16:
        return int(Decimal(text))
    return number or 0.0  # no negative zero


@singledispatch
def written(value: Any) -> Any:
    """A value as it stands in a backup: what JSON has, as it is; everything else below."""
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"A backup does not know how to write a {type(value).__name__}.")


@written.register
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


@written.register
def _day(value: date) -> str:
    return value.isoformat()


@written.register
def _time(value: time) -> str:
    return value.isoformat(timespec="microseconds")


@written.register
def _decimal(value: Decimal) -> str:
    return format(value, "f")


@written.register
def _uuid(value: UUID) -> str:
    return str(value)


@written.register(bytes)
@written.register(memoryview)
def _bytes(value: bytes | memoryview) -> str:
    return base64.b64encode(value).decode()
