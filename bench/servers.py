"""Measures gunicorn against granian on the demonstration: python bench/servers.py GRANIAN [ROUNDS]

GRANIAN is granian's program, installed elsewhere beside the portal's own packages. Needs wrk
(Debian's package). Each round asks each server for each page in turn, so that what else the machine
does is shared by both; what counts is the ratio within a round.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))
SECONDS = 4
CONNECTIONS = 16
WORKERS = 2
THREADS = 8
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
SLOW = re.compile(r"99%\s+(\S+)")


def environment(folder: Path) -> dict[str, str]:
    """What the portal is told."""
    return {
        **os.environ,
        "PYTHONPATH": str(BASE_DIR),
        "SECRET_KEY": "only-for-measuring, and long enough not to be taken for a weak one",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "STATIC_FOLDER": str(folder / "static"),
        "LOOPBACK": "1",
        "DEMO": "1",
    }


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        return int(door.getsockname()[1])


def commands(granian: str, ports: dict[str, int]) -> dict[str, list[str]]:
    """How each server is started: as many processes each, as production would have them."""
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    return {
        "gunicorn": [
            *(gunicorn, f"--bind=127.0.0.1:{ports['gunicorn']}", "--worker-class=gthread"),
            *(f"--workers={WORKERS}", f"--threads={THREADS}", "--log-level=warning"),
            *("--no-control-socket", "ddat.wsgi"),
        ],
        "granian": [
            *(granian, "--interface=wsgi", f"--port={ports['granian']}", f"--workers={WORKERS}"),
            *("--blocking-threads=1", "--no-log", "ddat.wsgi:application"),
        ],
    }


def measure(url: str, session: str) -> tuple[float, str]:
    """Requests a second, and what the slowest hundredth took."""
    cookie = f"Cookie: sessionid={session}" if session else "X-None: 1"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", cookie, url]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        sys.exit(f"{url} failed:\n{printed}")
    return float(RATE.search(printed)[1]), SLOW.search(printed)[1]


def prepare(folder: Path) -> str:
    """Make the demonstration and its static files; give a reader's session."""
    manage = [sys.executable, "manage.py"]
    code = "from tests.browser.prepare import session_of; from people.models import User; "
    code += "print(session_of(User.objects.get(email='reader@ddat.example')))"
    for words in (["migrate"], ["load_demo"], ["collectstatic", "--noinput"]):
        subprocess.run([*manage, *words, "-v0"], cwd=BASE_DIR, env=environment(folder), check=True)
    printed = subprocess.run(
        [*manage, "shell", "-v0", "-c", code],
        cwd=BASE_DIR, env=environment(folder), check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return printed.split()[-1]


def main(granian: str, rounds: int) -> None:
    """Start both, measure them in turn, and print the middle of what each round said."""
    folder = Path(tempfile.mkdtemp(prefix="weeknotes-bench-"))
    session = prepare(folder)
    ports = {"gunicorn": free_port(), "granian": free_port()}
    servers: list[subprocess.Popen[bytes]] = []
    try:
        servers += [
            subprocess.Popen(command, cwd=BASE_DIR, env=environment(folder))
            for command in commands(granian, ports).values()
        ]
        for port in ports.values():
            wait_for(port)
        for path, who in (("/account/sign-in/", ""), ("/digests/2026-05-18/", session)):
            report(path, who, ports, rounds)
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)
        shutil.rmtree(folder)


def report(path: str, who: str, ports: dict[str, int], rounds: int) -> None:
    """Measure one page on both servers, and print each one's figures and their ratio."""
    told: dict[str, list[tuple[float, str]]] = {name: [] for name in ports}
    for port in ports.values():
        measure(f"http://127.0.0.1:{port}{path}", who)  # warm
    for turn in range(rounds):
        for name in sorted(ports, reverse=bool(turn % 2)):
            told[name].append(measure(f"http://127.0.0.1:{ports[name]}{path}", who))
    rates = {name: [rate for rate, _ in figures] for name, figures in told.items()}
    ratios = [b / a for a, b in zip(rates["gunicorn"], rates["granian"], strict=True)]
    print(path)
    for name, figures in rates.items():
        slow = ", ".join(sorted(text for _, text in told[name]))
        print(f"  {name:9} {statistics.median(figures):7.1f} a second; slowest 1 %: {slow}")
    middle = statistics.median(ratios)
    print(f"  granian / gunicorn {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def wait_for(port: int) -> None:
    """Wait until something answers there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.2)
    sys.exit("A server did not start.")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7)
