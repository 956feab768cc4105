"""Somebody else at the same moment: a task in a thread of its own, begun while another is at it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

HELD_FOR = 0.5  # seconds given to somebody whom the other keeps waiting
LONG_ENOUGH = 30  # seconds for somebody whom nothing keeps waiting, on the slowest machine


class Meanwhile:
    """Begins a task once: one that is not held, as in a control, is through before it goes on."""

    def __init__(self, task: Callable[[], Any], *, is_held: bool = True) -> None:
        self.errors: list[Exception] = []
        self._task, self._is_held = task, is_held
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Let the other begin now; a second time does nothing."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run)
            self._thread.start()
            self._thread.join(HELD_FOR if self._is_held else LONG_ENOUGH)
            assert self._is_held or not self._thread.is_alive(), "Something kept the other waiting."

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


def meeting(*, is_held: bool) -> Callable[[], None]:
    """Where two wait for each other; one that the other keeps from it goes on alone."""
    together = threading.Barrier(2)

    def wait() -> None:
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=HELD_FOR if is_held else LONG_ENOUGH)

    return wait


@contextmanager
def _nothing(*args: Any, **kwargs: Any) -> Iterator[None]:
    yield


def without_transaction(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Take the transaction from a module: it lets SQLite's writers in one by one."""
    monkeypatch.setattr(f"{module}.transaction", SimpleNamespace(atomic=_nothing))
