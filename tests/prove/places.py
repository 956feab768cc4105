"""Places of their own: an empty database, and the programs that work in it, as in life."""

import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddat.settings import BASE_DIR

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
        log_path = self.folder / "server.log"
        options = f"--worker-class gthread --workers {workers} --threads {threads}"
        options += " --log-level warning --graceful-timeout 2 --no-control-socket"
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        with socket.create_server(("127.0.0.1", 0), backlog=128) as door, log_path.open("w") as log:
            bind = f"--bind=fd://{door.fileno()}"
            server = self.start(
                *(gunicorn, bind, *options.split(), app),
                pass_fds=[door.fileno()],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                yield f"http://127.0.0.1:{door.getsockname()[1]}"
            finally:
                end(server)
        printed = log_path.read_text()
        assert "Traceback" not in printed, printed

    def remove(self) -> None:
        """Take the database away."""
        if self.url.startswith("postgres"):
            ask_server(f'DROP DATABASE IF EXISTS "{name_in(self.url)}" WITH (FORCE)')


def end(process: subprocess.Popen[Any]) -> None:
    """End that program and all it started: asked at first, then made to."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, way)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)


def new_place(folder: Path, *, static: Path, engine: str = "") -> Place:
    """An empty place on the engine of this run, or on the one given ("sqlite")."""
    folder.mkdir()
    if engine == "sqlite" or not os.environ["DATABASE_URL"].startswith("postgres"):
        return Place(url=f"sqlite:///{folder / 'weeknotes.sqlite3'}", folder=folder, static=static)
    name = f"prove_{uuid.uuid4().hex[:12]}"
    ask_server(f'CREATE DATABASE "{name}"')
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
