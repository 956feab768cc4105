"""The real server: its own copy of the database, put back before each journey, and stopped by
its own id."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddat.settings import BASE_DIR

LIFE = "3600"  # seconds after which a server ends by itself, whatever became of the tests
# As `make run` serves.
OPTIONS = "--worker-class gthread --workers 1 --threads 8 --log-level warning"
OPTIONS += " --graceful-timeout 1 --no-control-socket"


@dataclass(frozen=True)
class Made:
    """What prepare.py left: databases and static files, and what is known of them."""

    folder: Path
    known: dict[str, Any]


def make_once(folder: Path, migrated: Path) -> Made:
    """Prepare in this folder, from that database where it is kept; another process that is at it
    already is waited for.
    """
    folder.mkdir(exist_ok=True)
    known = folder / "known.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            command = [sys.executable, "-m", "tests.browser.prepare", str(folder)]
            database = folder / "made.sqlite3"
            if migrated.exists():
                shutil.copy(migrated, database)
            subprocess.run(command, cwd=BASE_DIR, env=environment(folder, database), check=True)
    return Made(folder, json.loads(known.read_text()))


def environment(folder: Path, database: Path) -> dict[str, str]:
    """What a program on that database is told, and nothing of this machine."""
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only-for-journeys, and long enough not to be taken for a weak one",
        "LOOPBACK": "1",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DEMO": "1",
        "DEBUG": "0",
        "EMAIL_URL": "consolemail://",  # into the server's log, for whoever follows a link
        "DATABASE_URL": f"sqlite:///{database}",
        "STATIC_FOLDER": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
    }


@contextmanager
def served(made: Made, database: Path, *, breaks: bool = False) -> Iterator[str]:
    """Serve that database until the block ends; gives the address. Unless it is one that
    breaks, the server may not have had an error.

    The port is ours before the server starts, so that nobody else can take it in between, and
    what is asked before it is up waits.
    """
    log_path = database.with_suffix(".log")
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door, log_path.open("a") as log:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        command = ["timeout", LIFE, gunicorn, f"--bind=fd://{door.fileno()}", *OPTIONS.split()]
        server = subprocess.Popen(
            [*command, "ddat.wsgi"],
            cwd=BASE_DIR,
            env=environment(made.folder, database),
            pass_fds=[door.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            stop(server)
    printed = log_path.read_text()
    assert breaks or "Traceback" not in printed, printed


@contextmanager
def afresh(made: Made, database: Path, address: str, folder: Path) -> Iterator[str]:
    """The server of that database for one journey, as if it had just been started: the database
    is as prepare.py left it, the log is empty, and both are found in the folder.
    """
    log = database.with_suffix(".log")
    with (
        contextlib.closing(sqlite3.connect(made.folder / database.name)) as prepared,
        contextlib.closing(sqlite3.connect(database, timeout=20)) as served_one,
    ):
        prepared.backup(served_one)  # through SQLite, as the server has it open
    os.truncate(log, 0)
    for path in (database, log):
        (folder / path.name).symlink_to(path)
    yield address
    wait_until_left(int(address.rpartition(":")[2]))
    printed = log.read_text()
    assert "Traceback" not in printed, printed


def wait_until_left(port: int) -> None:
    """Let the server end what the last browser asked, before another journey starts."""
    until = time.monotonic() + 10
    local = f":{port:04X}"
    while time.monotonic() < until:
        connections = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
        if not any(c[1].endswith(local) and c[3] in ("01", "08") for c in connections[1:]):
            return
        time.sleep(0.02)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End that server and its workers: asked at first, then made to."""
    for way, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, way)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def copy_of(made: Made, name: str, folder: Path) -> Path:
    """A database of one's own, as prepare.py left it."""
    copy = folder / f"{name}.sqlite3"
    shutil.copy(made.folder / copy.name, copy)
    return copy
