"""Tracebacks for the log, without what a database says of a row.

What it refuses it repeats: PostgreSQL names the value that was there already, or the whole row.
"""

from traceback import format_exception_only, format_tb
from types import TracebackType

DATABASES = ("django.db.", "psycopg", "sqlite3")  # begin the names of their modules
Told = tuple[type[BaseException], BaseException, TracebackType | None]


def traceback_of(exc_info: Told) -> str:
    """The frames of an exception and of what led to it, each with its last line."""
    return "\nThen:\n\n".join(map(_written, _what_led_to(exc_info[1]))).rstrip("\n")


def _what_led_to(error: BaseException | None) -> list[BaseException]:
    """An exception after those that it came from, the first one first."""
    errors: list[BaseException] = []
    while error is not None and not any(error is other for other in errors):
        errors.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return errors


def _written(error: BaseException) -> str:
    kind = type(error)
    if any(base.__module__.startswith(DATABASES) for base in kind.__mro__):
        last = [f"{kind.__module__}.{kind.__qualname__}\n"]
    else:
        last = format_exception_only(error)
    return "".join(["Traceback (most recent call last):\n", *format_tb(error.__traceback__), *last])
