"""The image and the compose file, read; and what they run, run outside a container."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddat import settings
from ddat.environment import LOOPBACK_HOSTS, allowed_hosts
from tests.production import HOST, PRODUCTION

TOP = settings.BASE_DIR
COMPOSE: dict[str, Any] = yaml.safe_load((TOP / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LOOPBACK_PORT = re.compile(r"127\.0\.0\.1:(?:\d+|\$\{[A-Z_]+:-\d+\}):\d+")
LONGEST_STOP = 15  # seconds; what hangs is given 20
LIFE = "240"  # seconds


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its words, comments and line ends taken out."""
    lines = (TOP / "Dockerfile").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    parted = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [(name, words.strip()) for name, _, words in parted]


DOCKERFILE = instructions()


def told(name: str) -> list[str]:
    return [words for instruction, words in DOCKERFILE if instruction == name]


def ignored() -> list[str]:
    lines = (TOP / ".dockerignore").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_image_is_slim_and_its_packages_are_checked_by_hash() -> None:
    assert told("FROM") == ["python:3.11-slim AS packages", "python:3.11-slim"]
    install = next(json.loads(words) for words in told("RUN") if "pip" in words)
    assert {"--require-hashes", "requirements.txt"} <= set(install)


def test_the_image_runs_as_nobody_special() -> None:
    names = [name for name, _ in DOCKERFILE]

    assert told("USER") == ["weeknotes"]
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in ("RUN", "COPY"))


def test_what_the_image_starts_gets_its_signals() -> None:
    assert json.loads(told("CMD")[0])[0] == "gunicorn"
    assert told("STOPSIGNAL") == ["SIGTERM"]
    assert told("ENTRYPOINT") == []


def test_no_secret_is_in_the_image() -> None:
    kept = " ".join(told("ENV") + told("ARG") + told("COPY"))

    assert re.findall(r"SECRET|PASSWORD|DATABASE_URL|\.env", kept) == []
    for name in (".env", ".git", ".venv", "var", "tests"):
        assert any(fnmatch.fnmatch(name, pattern) for pattern in ignored()), name


def test_compose_brings_up_the_portal_its_database_and_a_mailbox() -> None:
    assert list(SERVICES) == ["db", "prepare", "web", "mail"]
    assert SERVICES["db"]["image"].startswith("postgres:")
    assert SERVICES["db"]["volumes"] == ["db:/var/lib/postgresql/data"]
    assert set(COMPOSE["volumes"]) == {"db", "keys"}
    assert SERVICES["web"]["build"] == SERVICES["prepare"]["build"] == "."


def test_compose_is_reached_from_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert len(ports) == 3
    assert [port for port in ports if not LOOPBACK_PORT.fullmatch(port)] == []


def test_compose_lets_another_port_be_the_databases() -> None:
    assert SERVICES["db"]["ports"] == ["127.0.0.1:${DB_PORT:-5432}:5432"]
    assert "\n# DB_PORT=5432\n" in (TOP / ".env.example").read_text()


def test_compose_waits_for_what_it_needs() -> None:
    assert "pg_isready" in SERVICES["db"]["healthcheck"]["test"][1]
    assert SERVICES["prepare"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert SERVICES["web"]["depends_on"]["prepare"] == {
        "condition": "service_completed_successfully"
    }


@pytest.mark.parametrize("service", ["prepare", "web"])
def test_compose_sets_only_what_the_settings_read(service: str) -> None:
    example = (TOP / ".env.example").read_text()
    known = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    given = {name.removesuffix("_FILE") for name in SERVICES[service]["environment"]}

    assert given - known == set()
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"} <= given
    assert "SECRET_KEY" not in SERVICES[service]["environment"]  # but in a file, made anew
    image = {part.split("=")[0] for words in told("ENV") for part in words.split()}
    assert image - known == {"PATH", "PYTHONUNBUFFERED"}


def test_compose_shows_the_demonstration_to_this_machine_alone() -> None:
    given = SERVICES["web"]["environment"]

    assert (given["DEMO"], given["LOOPBACK"]) == ("1", "1")
    hosts = allowed_hosts(given["ALLOWED_HOSTS"], is_loopback=True)
    assert set(hosts) - LOOPBACK_HOSTS == set()


def test_compose_names_its_own_services() -> None:
    given = SERVICES["web"]["environment"]
    database = SERVICES["db"]["environment"]

    user, password = database["POSTGRES_USER"], database["POSTGRES_PASSWORD"]
    url = f"postgres://{user}:{password}@db:5432/{database['POSTGRES_DB']}"
    assert given["DATABASE_URL"] == url
    assert given["EMAIL_URL"] == "smtp://mail:1025"
    keys = SERVICES["web"]["volumes"][0].split(":")[1]
    assert Path(given["SECRET_KEY_FILE"]).parent == Path(keys)
    assert f"{told('WORKDIR')[0]}/var/keys" == keys


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image holds, with its static files collected as it collects them."""
    app = tmp_path_factory.mktemp("image") / "app"
    patterns = [pattern.removeprefix("**/") for pattern in ignored()]
    shutil.copytree(TOP, app, ignore=shutil.ignore_patterns(*patterns))
    collect = next(words for words in told("RUN") if "collectstatic" in words)
    run(app, collect.split("&&")[0], {})
    return app


def run(app: Path, command: str, given: dict[str, str]) -> str:
    """Run a shell command as the image does."""
    answer = subprocess.run(
        ["sh", "-c", command],
        cwd=app,
        env={"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **given},
        capture_output=True,
        text=True,
        timeout=int(LIFE),
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def started(image: Path) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    """The image's command, serving an empty SQLite database as production: its port."""
    given = {**PRODUCTION, "DATABASE_URL": f"sqlite:///{image.parent}/data.sqlite3"}
    run(image, "python manage.py migrate --verbosity=0", given)
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
    command = shlex.join(json.loads(told("CMD")[0])).replace("0.0.0.0:8000", f"127.0.0.1:{port}")
    printed = image.parent / "printed"
    with printed.open("w") as log:
        server = subprocess.Popen(
            ["timeout", LIFE, *shlex.split(command)],
            cwd=image,
            env={
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "WEB_CONCURRENCY": "2",
                **given,
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + int(LIFE)
    while time.monotonic() < until and server.poll() is None:
        # The first answer waits until Django is loaded.
        with suppress(ConnectionError):
            ask(port, "GET", "/health/")
            break
        time.sleep(0.1)
    yield port, server, printed
    server.kill()
    server.wait()


def ask(
    port: int, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Ask the server as the proxy does, or as a probe if other headers are given."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        passed = headers or {"Host": HOST, "X-Forwarded-Proto": "https"}
        connection.request(method, path, body, passed)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


def test_static_files_are_collected_and_compressed(image: Path) -> None:
    sheets = list((image / "var/static/css").glob("portal.*.css*"))

    assert sorted(path.suffix for path in sheets) == [".br", ".css", ".gz"]
    assert not (image / "var/weeknotes.sqlite3").exists()
    assert not (image / "tests").exists()


def test_the_health_check_is_answered_and_so_is_readiness(started: Any, image: Path) -> None:
    port, _, _ = started
    check = json.loads(told("HEALTHCHECK")[0].partition("CMD ")[2])

    run(image, shlex.join(check).replace(":8000/", f":{port}/"), {})
    assert ask(port, "GET", "/health/ready/", Host="10.0.0.7")[::2] == (200, b"ready\n")


def test_the_server_tells_no_version(started: Any) -> None:
    port, _, _ = started

    status, headers, page = ask(port, "GET", "/account/sign-in/")

    assert (status, b"<h1>DDaT Weeknotes</h1>" in page) == (200, True)
    assert headers["Server"] == "gunicorn"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def pieces(size: int) -> Iterator[bytes]:
    """A body without a length: it is sent in chunks."""
    for _ in range(size // 1000):
        yield b"x" * 1000


@pytest.mark.parametrize("megabytes", [3, 40])
@pytest.mark.parametrize("is_chunked", [False, True], ids=["whole", "chunks"])
def test_what_is_too_large_is_told_by_the_real_server(
    started: Any, megabytes: int, is_chunked: bool
) -> None:
    port, _, _ = started
    size = megabytes * 1_000_000

    body = pieces(size) if is_chunked else b"x" * size
    status, _, page = ask(port, "POST", "/account/sign-in/", body)

    assert (status, b"That was too large" in page) == (413, True)


def test_a_content_type_that_cannot_be_read_is_no_error(started: Any) -> None:
    port, _, printed = started
    passed = {"Host": HOST, "X-Forwarded-Proto": "https"}

    for kind in ("text/plain; charset*=utf-8''%00", "text/plain; charset*=nonsense''%41"):
        headers = {**passed, "Content-Type": kind}
        assert ask(port, "POST", "/account/sign-in/", b"x", **headers)[0] == 400
    assert "Traceback" not in printed.read_text()


def test_it_logs_data_and_ends_when_asked(started: Any) -> None:
    port, server, printed = started
    ask(port, "GET", "/account/sign-in/?next=/desk/")

    began = time.monotonic()
    server.terminate()
    server.wait(timeout=int(LIFE))

    assert time.monotonic() - began < LONGEST_STOP
    lines = [json.loads(line) for line in printed.read_text().splitlines()]
    assert {line["event"] for line in lines} == {"answered"}
    assert "desk" not in printed.read_text()


def test_prepare_makes_a_key_and_loads_the_demonstration(image: Path) -> None:
    key = image.parent / "keys" / "secret-key"
    key.parent.mkdir()
    command = shlex.join(SERVICES["prepare"]["command"])
    given = {
        **SERVICES["prepare"]["environment"],
        "SECRET_KEY_FILE": str(key),
        "DATABASE_URL": f"sqlite:///{image.parent}/prepared.sqlite3",
    }

    first, again = (run(image, command, given) for _ in range(2))

    assert first.splitlines() == ["Preparing the database", "Loading the demonstration"]
    assert again == ""
    assert len(key.read_text().strip()) > 50
    assert key.stat().st_mode & 0o777 == 0o600
