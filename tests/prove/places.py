"""Places of their own: an empty database, and the programs that work in it, as in life."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddat.settings import BASE_DIR

SQLITE_NAME = "weeknotes.sqlite3"
LIFE = "1800"  # seconds after which a server ends by itself, whatever became of the tests


@dataclass(frozen=True, kw_only=True)
class Place:
    """An empty database, and a folder for what else belongs to it."""

    url: str
    folder: Path
    static: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program in this place is told, and nothing of this machine."""
        return {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "only-for-proofs, and long enough not to be taken for a weak one",
            "LOOPBACK": "1",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "DEMO": "1",
            "DEBUG": "0",
            "DATABASE_URL": self.url,
            "STATIC_FOLDER": str(self.static),
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        }

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        done = subprocess.run(
            command, cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py to its end."""
        return self.run(sys.executable, "manage.py", *arguments, check=check)

    def call(self, function: Callable[..., Any], **arguments: Any) -> Any:
        """Call a function of a module in this place; what it gives, by way of JSON."""
        name = (function.__module__, function.__qualname__)
        done = self.run(sys.executable, "-m", "tests.prove.call", *name, json.dumps(arguments))
        return json.loads(done.stdout)

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        """Start a program in a process group of its own, to be ended by `end`."""
        return subprocess.Popen(
            ["timeout", LIFE, *command],
            cwd=BASE_DIR,
            env=self.environment,
            text=True,
            start_new_session=True,
            **options,
        )

    @contextmanager
    def served(
        self, *, workers: int = 2, threads: int = 8, app: str = "ddat.wsgi"
    ) -> Iterator[str]:
        """Serve this place by real processes until the block ends; gives the address."""
        with self.serving(workers=workers, threads=threads, app=app) as server:
            yield server.address

    @contextmanager
    def serving(
        self,
        *,
        workers: int = 2,
        threads: int = 8,
        app: str = "ddat.wsgi",
        under: tuple[str, ...] = (),
        fails: bool = False,
    ) -> Iterator["Server"]:
        """The same, and gives the server itself.

        `under`: a program that starts it; `fails`: it may be at fault, as when its database goes.
        """
        log_path = self.folder / "server.log"
        options = f"--worker-class gthread --workers {workers} --threads {threads}"
        options += " --log-level warning --graceful-timeout 2 --no-control-socket"
        options += " --preload"  # so that a process that is killed is soon there again
        options += f" --keep-alive {LIFE}"  # nobody's connection is closed while they think
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        with socket.create_server(("127.0.0.1", 0), backlog=128) as door, log_path.open("w") as log:
            bind = f"--bind=fd://{door.fileno()}"
            process = self.start(
                *(*under, gunicorn, bind, *options.split(), app),
                pass_fds=[door.fileno()],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Server(f"http://127.0.0.1:{door.getsockname()[1]}", process)
            finally:
                end(process)
        printed = log_path.read_text()
        assert fails or "Traceback" not in printed, printed

    def remove(self) -> None:
        """Take the database away."""
        if self.url.startswith("postgres"):
            ask_server(f'DROP DATABASE IF EXISTS "{name_in(self.url)}" WITH (FORCE)')


@dataclass(frozen=True)
class Server:
    """A server at work, and its processes."""

    address: str
    process: subprocess.Popen[str]

    def workers(self) -> list[int]:
        """The processes that answer: the children of gunicorn, which is a child of `timeout`."""
        return [worker for first in children(self.process.pid) for worker in children(first)]

    def kill(self, *workers: int) -> int:
        """End these workers as a power cut would; how many were there to be ended."""
        killed = 0
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                killed += 1
        return killed


def children(process: int) -> list[int]:
    """The processes that one started and that are still there."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in listed.read_text().split()] if listed.exists() else []


def end(process: subprocess.Popen[Any]) -> None:
    """End that program and all it started: asked at first, then made to."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, way)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)


def new_place(folder: Path, *, static: Path, engine: str = "", like: Place | None = None) -> Place:
    """An empty place on the engine of this run, or on the one given ("sqlite").

    `like`: with a copy of what is in that place, which nobody is at work in.
    """
    folder.mkdir()
    if engine == "sqlite" or not os.environ["DATABASE_URL"].startswith("postgres"):
        if like:
            shutil.copy(like.folder / SQLITE_NAME, folder / SQLITE_NAME)
        return Place(url=f"sqlite:///{folder / SQLITE_NAME}", folder=folder, static=static)
    name = f"prove_{uuid.uuid4().hex[:12]}"
    ask_server(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{name_in(like.url)}"' if like else ""))
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    return Place(url=f"{url}/{name}", folder=folder, static=static)


def name_in(url: str) -> str:
    """The name of the database in its URL."""
    return url.rsplit("/", 1)[1]


def ask_server(statement: str) -> None:
    """Run one statement on the PostgreSQL server of this run, outside a transaction."""
    import psycopg
    from django.conf import settings

    known = settings.DATABASES["default"]
    with psycopg.connect(
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        user=known["USER"] or None,
        password=known["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(statement)
