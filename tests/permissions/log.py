"""Hears every line that the product's logging lets through."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


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
        """Listen at the root, and at each logger that passes nothing on to it."""
        names = ["", *settings.LOGGING["loggers"]]
        loggers = [
            logger
            for logger in map(logging.getLogger, names)
            if not logger.propagate or logger.parent is None
        ]
        for logger in loggers:
            logger.addHandler(self)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeHandler(self)
