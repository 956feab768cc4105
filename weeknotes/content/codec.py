"""Frozen dataclasses to plain JSON values and back, told by the types of their fields."""

import types
from collections.abc import Hashable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
MOST_DIGITS = 60


class DocumentError(ValueError):
    """A stored document cannot be read; the message says which part and why."""


def to_plain(thing: Any) -> dict[str, Any]:
    """The fields of a dataclass as JSON values; what is empty is left out."""
    return {
        field.name: _plain(value)
        for field in fields(thing)
        if (value := getattr(thing, field.name)) != field.default
    }


def from_plain(cls: type[T], data: Any) -> T:
    """The dataclass again, equal to what was stored; anything unexpected is a DocumentError."""
    known = _fields_of(cast(Hashable, cls))
    if not isinstance(data, dict):
        raise DocumentError(f"{cls.__name__} should be an object, not {_short(data)}.")
    if unknown := set(data) - set(known):
        raise DocumentError(f"{cls.__name__} has no field {', '.join(sorted(map(str, unknown)))}.")
    for name, (field, _) in known.items():
        if name not in data and field.default is MISSING:
            raise DocumentError(f"{cls.__name__} needs the field {name}.")
    return cls(
        **{
            name: read(hint, data[name], f"{cls.__name__}.{name}")
            for name, (_, hint) in known.items()
            if name in data
        }
    )


def read(hint: Any, value: Any, where: str) -> Any:
    """One stored value as the type that its field has."""
    origin, of = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else read(of[0], value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise DocumentError(f"{where} should be a list, not {_short(value)}.")
        return tuple(read(of[0], entry, where) for entry in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain(hint, value)
    if isinstance(hint, type) and issubclass(hint, StrEnum | date | Decimal):
        return _from_text(hint, value, where)
    if type(value) is not hint:
        raise DocumentError(f"{where} should be {hint.__name__}, not {_short(value)}.")
    return value


@cache
def _fields_of(cls: Hashable) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(cls)
    return {field.name: (field, hints[field.name]) for field in fields(cast(type, cls))}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return to_plain(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _from_text(hint: type[StrEnum | date | Decimal], value: Any, where: str) -> Any:
    if isinstance(value, str):
        try:
            found = date.fromisoformat(value) if issubclass(hint, date) else hint(value)
        except (ValueError, InvalidOperation):
            found = None
        if found is not None and not _is_boundless(found):
            return found
    raise DocumentError(f"{where} should be a {hint.__name__}, not {_short(value)}.")


def _is_boundless(value: Any) -> bool:
    """Infinite, not a number, or too long to print."""
    if not isinstance(value, Decimal):
        return False
    return not value.is_finite() or (bool(value) and abs(value.adjusted()) > MOST_DIGITS)


def _short(value: Any) -> str:
    return repr(value)[:60]
