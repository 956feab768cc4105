"""The files that bring the portal up say what they should."""

import ast
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from ddat import settings

TOP = settings.BASE_DIR
TARGETS = ["help", "run", "check", "test", "prove", "fix", "screenshots", "lock"]


@pytest.fixture
def settings_printed(tmp_path: Path) -> Callable[..., str]:
    """Print some settings as a machine without .env has them, with only these variables set."""
    (tmp_path / "ddat").mkdir()
    shutil.copy(settings.__file__, tmp_path / "ddat")

    def print_(what: str, **variables: str) -> str:
        code = f"from ddat import settings as s; print({what})"
        answer = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.strip() or answer.stderr.strip().splitlines()[-1]

    return print_


def test_compose_file_brings_up_postgresql_alone_on_loopback() -> None:
    compose = yaml.safe_load((TOP / "docker-compose.yml").read_text())

    assert list(compose["services"]) == ["db"]
    assert compose["services"]["db"]["image"].startswith("postgres:")
    assert compose["services"]["db"]["ports"] == ["127.0.0.1:5432:5432"]


def test_example_address_is_the_one_of_the_compose_file() -> None:
    compose = yaml.safe_load((TOP / "docker-compose.yml").read_text())
    names = compose["services"]["db"]["environment"]
    url = (
        f"postgres://{names['POSTGRES_USER']}:{names['POSTGRES_PASSWORD']}"
        f"@127.0.0.1:5432/{names['POSTGRES_DB']}"
    )

    assert f"# DATABASE_URL={url}\n" in (TOP / ".env.example").read_text()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_holds_hashes_and_no_address(name: str) -> None:
    text = (TOP / name).read_text()

    assert re.findall(r"://|^--index.*|file:", text, re.MULTILINE) == []
    pinned = re.findall(
        r"^[a-z0-9-]+(?:\[.*\])?==[^ ]+.*\\\n    --hash=sha256:", text, re.MULTILINE
    )
    assert len(pinned) == len(re.findall(r"^[a-z]", text, re.MULTILINE))


def test_locks_agree() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9-]+==[^ ]+", (TOP / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert run - dev == set()


def test_each_dependency_has_its_reason() -> None:
    lines = (TOP / "pyproject.toml").read_text().split("[tool.", 1)[0].splitlines()
    dependencies = [line for line in lines if line.startswith('    "')]

    assert [line for line in dependencies if "  # " not in line and " # " not in line] == []


def test_bare_make_lists_every_target() -> None:
    listing = subprocess.run(["make"], cwd=TOP, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^  make (\S+) +\S", listing, re.MULTILINE) == TARGETS


def test_example_names_each_variable_of_the_settings_once() -> None:
    text = Path(settings.__file__).read_text()
    asked = Counter(set(re.findall(r'env\.\w+\(\s*"(\w+)"', text)))
    example = (TOP / ".env.example").read_text()
    named = Counter(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert named == asked


def test_missing_secret_key_stops_with_a_hint(settings_printed: Callable[..., str]) -> None:
    assert ": Set SECRET_KEY to a long random text" in settings_printed("s.SECRET_KEY")


def test_debug_and_demo_are_off_unless_set(settings_printed: Callable[..., str]) -> None:
    what = "s.DEBUG, s.DEMO"

    assert settings_printed(what, SECRET_KEY="x") == "False False"
    assert settings_printed(what, SECRET_KEY="x", DEBUG="1", DEMO="1") == "True True"


def test_database_url_picks_the_engine(settings_printed: Callable[..., str]) -> None:
    what = "s.DATABASES['default']['ENGINE'].split('.')[-1]"
    url = "postgres://weeknotes:weeknotes@127.0.0.1:5432/weeknotes"

    assert settings_printed(what, SECRET_KEY="x", DATABASE_URL=url) == "postgresql"
    assert settings_printed(what, SECRET_KEY="x", DATABASE_URL="") == "sqlite3"


def test_sqlite_is_set_up_to_lose_nothing(
    settings_printed: Callable[..., str], tmp_path: Path
) -> None:
    options = settings_printed("s.DATABASES['default']['OPTIONS']", SECRET_KEY="x")
    options = ast.literal_eval(options)
    with contextlib.closing(sqlite3.connect(tmp_path / "test.sqlite3")) as database:
        database.executescript(options["init_command"])
        pragmas = [
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
