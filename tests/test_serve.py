"""`make run`, from nothing and again: a copy of the project is served as a person would."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from ddat.settings import BASE_DIR

FIRST_SECONDS = 240
LONG_ENOUGH = 120  # seconds for any other step, on the slowest machine
MADE, WRITTEN, GIVEN = (word * 10 for word in ("made-", "written-", "given-"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as it is cloned: nothing installed, no database, no key."""
    copy = tmp_path_factory.mktemp("project") / "a b+c"
    left_out = shutil.ignore_patterns(".*", "var", "tests", "__pycache__", "docs")
    shutil.copytree(BASE_DIR, copy, ignore=left_out)
    return copy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(project: Path, port: int | str) -> subprocess.Popen[str]:
    """Start `make run`'s program, printing to a file of its own."""
    with (project / "printed").open("w") as printed:
        return subprocess.Popen(
            [sys.executable, "scripts/serve.py"],
            cwd=project,
            env={"PATH": os.environ["PATH"], "PORT": str(port)},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )


def printed_by(project: Path) -> str:
    return (project / "printed").read_text()


def get(url: str) -> str:
    with urlopen(url, timeout=LONG_ENOUGH) as answer:  # noqa: S310 (our own address)
        return answer.read().decode()


@contextmanager
def served(project: Path, seconds: int) -> Iterator[str]:
    """Serve the project until the block ends; give its address."""
    port = free_port()
    server = start(project, port)
    try:
        until = time.monotonic() + seconds
        while True:
            assert server.poll() is None, printed_by(project)
            assert time.monotonic() < until, f"No answer in time: {printed_by(project)}"
            with (
                contextlib.suppress(ConnectionError),
                socket.create_connection(("127.0.0.1", port)),
            ):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=LONG_ENOUGH)
    assert server.returncode == 0, printed_by(project)


@pytest.mark.programs
def test_first_run_brings_everything_and_the_second_nothing(project: Path) -> None:
    with served(project, FIRST_SECONDS) as url:
        page = get(url + "/account/sign-in/")
        sheet = get(url + re.search(r'href="(/static/css/portal\.[0-9a-f]{12}\.css)"', page)[1])
        with pytest.raises(HTTPError) as missing:
            get(url + "/static/missing")
    first = printed_by(project).splitlines()
    with served(project, LONG_ENOUGH):
        pass
    second = printed_by(project).splitlines()

    assert sheet != ""
    assert "URLconf" not in missing.value.read().decode()
    assert first[:3] == [
        "Preparing the database",
        "Loading the demonstration",
        "Collecting the static files",
    ]
    assert first[4].startswith("DDaT Weeknotes is at http://127.0.0.1:")
    assert second[1].startswith("DDaT Weeknotes is at http://127.0.0.1:")
    assert second[2:] == first[5:]
    assert "  director@ddat.example     composes and publishes the digest" in second
    for name in ("secret-key", "weeknotes.sqlite3"):
        assert (project / "var" / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.programs
def test_taken_port_is_a_clear_message(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code = start(project, port).wait(timeout=LONG_ENOUGH)

    assert code == 1
    assert printed_by(project) == (
        f"Port {port} is taken by another program. Try: make run PORT={port + 1}\n"
    )


@pytest.mark.programs
@pytest.mark.parametrize(
    ("written", "given", "expected"),
    [
        ("", {}, (MADE, "True")),
        (f"DEMO=0\nSECRET_KEY={WRITTEN}\n", {}, (WRITTEN, "False")),
        (
            f"DEMO=0\nSECRET_KEY={WRITTEN}\n",
            {"SECRET_KEY": GIVEN, "DEMO": "1"},
            (GIVEN, "True"),
        ),
        ((BASE_DIR / ".env.example").read_text(), {}, (MADE, "True")),
    ],
)
def test_environment_wins_over_env_file_and_that_over_the_demonstration(
    tmp_path: Path, written: str, given: dict[str, str], expected: tuple[str, str]
) -> None:
    for folder in ("scripts", "ddat"):
        shutil.copytree(BASE_DIR / folder, tmp_path / folder)
    (tmp_path / ".env").write_text(written)
    (tmp_path / "var").mkdir()
    (tmp_path / "var/secret-key").write_text(MADE)
    code = "from scripts.serve import prepare_environment; prepare_environment()\n"
    code += "from ddat.settings import DEMO, SECRET_KEY; print(SECRET_KEY, DEMO)"

    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
    )

    assert tuple(told.stdout.split()) == expected


@pytest.mark.programs
@pytest.mark.parametrize("port", ["none", "0", "65536", "-1", "²"])
def test_port_that_is_none_is_a_clear_message(project: Path, port: str) -> None:
    code = start(project, port).wait(timeout=LONG_ENOUGH)

    assert code == 1
    assert printed_by(project).startswith(f"PORT is {port!r}: give a number from 1 to 65535")
