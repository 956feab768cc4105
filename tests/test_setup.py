"""The files that bring the portal up say what they should."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import yaml

from ddat import settings

TOP = settings.BASE_DIR
TARGETS = [
    "help",
    "run",
    "check",
    "test",
    "coverage",
    "prove",
    "bench",
    "fix",
    "screenshots",
    "lock",
]


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

    assert named == asked + Counter(["WEB_CONCURRENCY", "DB_PORT"])  # gunicorn's and Docker's own


def test_what_holds_secrets_is_left_out_of_commits_and_images() -> None:
    ignored = (TOP / ".gitignore").read_text().splitlines()
    left_out = (TOP / ".dockerignore").read_text().splitlines()

    assert {".env", "var/"} - set(ignored) == set()
    assert {".*", "var"} - set(left_out) == set()
