"""Hears every line that the product's logging lets through."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from ddat.logs import formatter


class Log(logging.Handler):
    """The lines of every logger, at the levels that the settings give them."""

    def __init__(self) -> None:
        super().__init__(level=logging.NOTSET)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with its traceback and what was passed along with it."""
        extra = {k: v for k, v in vars(record).items() if k not in ("request", "args")}
        self.lines.append(f"{self.format(record)} {extra}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to every logger."""
        with _heard_by(self):
            yield


@contextmanager
def printing(*, is_local: bool) -> Iterator[io.StringIO]:
    """What the portal prints meanwhile, each request's own line too, as it is formatted there."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(is_local=is_local))
    answered = logging.getLogger("ddat.logs")
    level = answered.level
    answered.setLevel("INFO")
    try:
        with _heard_by(handler):
            yield stream
    finally:
        answered.setLevel(level)


@contextmanager
def _heard_by(handler: logging.Handler) -> Iterator[None]:
    """Add a handler at the root, and to each logger that passes nothing on to it."""
    named = [logging.getLogger(name) for name in ("", *settings.LOGGING["loggers"])]
    loggers = [one for one in named if not one.propagate or one.parent is None]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
