"""A database, and one web process that serves it: its memory, its CPU, how soon it answers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BASE_DIR = Path(__file__).resolve().parent.parent
THREADS = 8  # as production has
TICKS = os.sysconf("SC_CLK_TCK")  # a second
SECRET = "b" * 32  # as asking.lua sends it
SESSIONS = """
import json
from people.models import User
from tests.browser.prepare import session_of
print(json.dumps([session_of(one) for one in User.objects.order_by("-pk")[:MANY]]))
"""


@dataclass
class Site:
    """A folder with a database, and whoever is signed in there."""

    folder: Path
    sessions: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What the portal is told."""
        return {
            **os.environ,
            "PYTHONPATH": str(BASE_DIR),
            "SECRET_KEY": "only-for-measuring, and long enough not to be taken for a weak one",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{self.folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "STATIC_FOLDER": str(self.folder / "static"),
            "LOOPBACK": "1",
            "DEMO": "1",
        }

    def manage(self, *words: str) -> str:
        """Run a command of manage.py to its end, and give what it printed."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command,
            cwd=BASE_DIR,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def fill(self, *words: str, people: int) -> float:
        """Make the database by a command, sign people in; how many seconds the command took."""
        self.folder.mkdir(parents=True)
        self.manage("migrate", "-v0")
        self.manage("collectstatic", "--noinput", "-v0")
        began = time.monotonic()
        self.manage(*words, "-v0")
        took = time.monotonic() - began
        printed = self.manage("shell", "-v0", "-c", SESSIONS.replace("MANY", str(people)))
        self.sessions = json.loads(printed.splitlines()[-1])
        return took

    def size(self) -> int:
        """The database's size in bytes."""
        return sum(path.stat().st_size for path in self.folder.glob("bench.sqlite3*"))


class Server:
    """gunicorn with one web process."""

    def __init__(self, site: Site, warm: str) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as door:
            self.port = int(door.getsockname()[1])
        self.site = site
        began = time.monotonic()
        self.gunicorn = subprocess.Popen(
            [
                *(str(Path(sys.executable).with_name("gunicorn")), f"--bind=127.0.0.1:{self.port}"),
                *("--worker-class=gthread", "--workers=1", f"--threads={THREADS}"),
                *("--log-level=warning", "--no-control-socket", "ddat.wsgi"),
            ],
            cwd=BASE_DIR,
            env=site.environment,
        )
        self._wait(warm)
        self.cold_start = time.monotonic() - began

    def ask(self, path: str) -> tuple[int, str]:
        """One answer: its status and its ETag."""
        cookie = f"sessionid={self.site.sessions[0]}; csrftoken={SECRET}"
        asked = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": cookie})
        try:
            with urlopen(asked, timeout=60) as answer:  # noqa: S310 (our own server)
                return answer.status, answer.headers.get("ETag") or "-"
        except HTTPError as error:
            return error.code, "-"

    def cpu(self) -> float:
        """Seconds of CPU that the web process used so far."""
        fields = Path(f"/proc/{self._worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rest(self) -> None:
        """Wait until it has nothing left to do."""
        before = -1.0
        while before != (now := self.cpu()):
            before = now
            time.sleep(0.2)

    def memory(self) -> float:
        """Megabytes that the web process holds."""
        lines = Path(f"/proc/{self._worker}/status").read_text().splitlines()
        kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
        return int(kilobytes) / 1024

    def stop(self) -> None:
        """End it."""
        self.gunicorn.terminate()
        self.gunicorn.wait(30)

    @property
    def _worker(self) -> int:
        pid = self.gunicorn.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def _wait(self, path: str) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError):
                if self.ask(path)[0] == 200:
                    return
            time.sleep(0.02)
        sys.exit(f"The server did not answer {path}.")
