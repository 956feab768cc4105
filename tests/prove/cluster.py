"""A PostgreSQL server of one's own, to be stopped and started again, and kept as in production."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scripts.with_postgres import binaries, wait_until_ready
from tests.prove.places import children

AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []}


class Cluster:
    """Its folder, its server when it runs, and what its settings say beside the defaults."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.options = ["listen_addresses=", "log_min_messages=panic", *options]
        self.who = AS_POSTGRES if os.geteuid() == 0 else {}
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where its first database is; made before any other."""
        return f"postgres://postgres@/{self.folder}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [binaries() / "postgres", "-D", self.folder / "data", "-k", self.folder]
        for option in self.options:
            command += ["-c", option]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.server = subprocess.Popen(
            command, cwd=self.folder, start_new_session=True, **quiet, **self.who
        )
        wait_until_ready(self.server, self.folder)

    def stop(self, way: signal.Signals) -> None:
        """Stop it: SIGINT lets nobody finish, SIGQUIT not even itself."""
        if self.server is None:
            return
        self.server.send_signal(way)
        with suppress(subprocess.TimeoutExpired):
            self.server.wait(30)
        if self.server.poll() is None:
            self.server.kill()
            self.server.wait()
        self.server = None

    def run(self, statement: str) -> None:
        """Run a statement in its first database."""
        import psycopg

        known = {"host": str(self.folder), "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**known, autocommit=True) as connection:
            connection.execute(statement)

    def limit(self, size: int | None) -> None:
        """Let no file of it grow larger than this many bytes."""
        assert self.server is not None
        for process in (self.server.pid, *children(self.server.pid)):
            limit_files(process, size, **self.who)


def limit_files(process: int, size: int | None, **who: Any) -> None:
    """Let a process write no file beyond this many bytes; with None, let it again."""
    most = "unlimited" if size is None else size
    command = ["prlimit", f"--pid={process}", f"--fsize={most}:"]
    subprocess.run(command, check=False, capture_output=True, **who)  # it may have ended


@contextmanager
def cluster(*options: str, like: Path | None = None) -> Iterator[Cluster]:
    """Make one, perhaps like the one in a folder, run it, and leave nothing of it."""
    folder = Path(tempfile.mkdtemp(prefix="weeknotes-proof-"))
    made = Cluster(folder, *options)
    if made.who:
        shutil.chown(folder, "postgres", "postgres")
    make: list[Any] = [binaries() / "initdb", "-D", folder / "data", "-U", "postgres"]
    make += ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1"]
    copy: list[Any] = ["cp", "--archive", f"{like}/data", folder / "data"]
    try:
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(copy if like else make, cwd=folder, check=True, **quiet, **made.who)
        made.start()
        yield made
    finally:
        made.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
