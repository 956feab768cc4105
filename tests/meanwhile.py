"""Somebody else at the same moment: a task in a thread of its own, begun while another is at it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

LONG_ENOUGH = 0.5  # seconds, for somebody whom nothing keeps waiting


class Meanwhile:
    """Begins a task once, and waits for it only as long as it would need if nothing held it."""

    def __init__(self, task: Callable[[], Any]) -> None:
        self.errors: list[Exception] = []
        self._task = task
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Let the other begin now; a second time does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run)
            self._thread.start()
            self._thread.join(LONG_ENOUGH)

    def finish(self) -> None:
        """Wait until the other is through."""
        assert self._thread is not None, "The moment never came."
        self._thread.join()

    def _run(self) -> None:
        try:
            self._task()
        except Exception as error:  # noqa: BLE001 (given to the test)
            self.errors.append(error)
        finally:
            connection.close()


@contextmanager
def _nothing(*args: Any, **kwargs: Any) -> Iterator[None]:
    yield


def without_transaction(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Take the transaction from a module: it lets SQLite's writers in one by one."""
    monkeypatch.setattr(f"{module}.transaction", SimpleNamespace(atomic=_nothing))
