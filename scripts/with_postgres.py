"""Runs a command with DATABASE_URL naming a PostgreSQL server: python scripts/with_postgres.py CMD…

A DATABASE_URL in the environment is used as it is. Otherwise a throw-away server is started from
Debian's binaries on a socket in a temporary folder, and is gone when the command ends.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


def binaries() -> Path:
    """The folder of the newest PostgreSQL server on this machine."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4])
    )
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    sys.exit("PostgreSQL is missing: install Debian's package postgresql, or set DATABASE_URL.")


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Start a server that nobody else can reach, and give its URL."""
    folder = Path(tempfile.mkdtemp(prefix="weeknotes-postgres-"))
    # PostgreSQL refuses to run as root.
    as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    who = as_user if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, "postgres", "postgres")
    common = {"cwd": folder, "stdout": subprocess.DEVNULL, **who}
    server = None
    try:
        make = [binaries() / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust"]
        make += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(make, check=True, **common)
        options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options += ["listen_addresses=", "log_min_messages=fatal", "log_min_error_statement=panic"]
        start = [binaries() / "postgres", "-D", folder / "data", "-k", folder]
        for option in options:
            start += ["-c", option]
        server = subprocess.Popen(
            start, start_new_session=True, stderr=subprocess.DEVNULL, **common
        )
        wait_until_ready(server, folder)
        yield f"postgres://postgres@/{folder}/postgres"
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait for the server to take connections; stop with its exit code if it gives up."""
    until = time.monotonic() + START_SECONDS
    ask = [binaries() / "pg_isready", "-q", "-h", folder]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None:
            sys.exit(f"PostgreSQL did not start: it ended with code {server.returncode}.")
        if time.monotonic() > until:
            sys.exit(f"PostgreSQL did not start within {START_SECONDS} seconds.")
        time.sleep(0.1)


def stop(server: subprocess.Popen[bytes] | None) -> None:
    """Stop the server by its id: at once for its clients, and for good."""
    if server is None or server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def main() -> int:
    """Run the command, and answer with its exit code."""
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    # Being ended must still stop the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    with throw_away_server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
