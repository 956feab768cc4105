"""What the server itself puts into the log: JSON, without computers and addresses."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from ddat.settings import BASE_DIR
from tests.production import PRODUCTION

pytestmark = pytest.mark.programs

LIFE = "120"  # seconds
UNCOLLECTED = "ignore:No directory at"  # no static file is asked for
GARBLED = b"GET / HTTP/1.1\r\nno header\r\n\r\n"
ORDINARY = b"GET /people/zebulon/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def printed_by(app: str, requests: Sequence[bytes]) -> str:
    """What gunicorn prints that serves `app`, while each of the requests is answered."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        options = "--worker-class=gthread --log-level=warning --no-control-socket"
        server = subprocess.Popen(
            ["timeout", LIFE, gunicorn, f"--bind=fd://{door.fileno()}", *options.split(), app],
            cwd=BASE_DIR,
            env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": UNCOLLECTED, **PRODUCTION},
            pass_fds=[door.fileno()],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            for request in requests:
                with socket.create_connection(door.getsockname(), timeout=int(LIFE)) as line:
                    line.sendall(request)
                    while line.recv(4096):
                        pass
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            printed = server.communicate(timeout=int(LIFE))[1]
    return printed


def test_the_servers_own_lines_are_json_and_name_nobody() -> None:
    printed = printed_by("tests.breaking_wsgi", [GARBLED, ORDINARY])

    (line,) = [json.loads(line) for line in printed.splitlines()]
    assert (line["level"], line["logger"]) == ("error", "gunicorn.error")
    assert line["event"].startswith("Error handling request %s")
    assert line["exception"].endswith("RuntimeError: Something broke.")
    assert [mark for mark in ("127.0.0.1", "zebulon") if mark in printed] == []


def test_without_our_logging_it_would_name_the_computer() -> None:
    printed = printed_by("wsgiref.simple_server:demo_app", [GARBLED])

    assert "[WARNING] Invalid request from ip=127.0.0.1" in printed
