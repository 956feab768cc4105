"""What `manage.py check --deploy` finds in production."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from ddat.settings import BASE_DIR
from people.checks import check_demo_accounts
from tests.factories import UserFactory
from tests.production import PRODUCTION


def checked(database: Path, **variables: str) -> tuple[int, list[str]]:
    """Check a production on that database: the exit code, and what was found."""
    url = f"sqlite:///{database}"
    environment = {"PATH": os.environ["PATH"], **PRODUCTION, "DATABASE_URL": url, **variables}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy"]
    answer = subprocess.run(
        [*command, "--fail-level", "WARNING"],
        cwd=BASE_DIR,
        env={name: text for name, text in environment.items() if text},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (answer.stdout + answer.stderr).splitlines()
    return answer.returncode, [line.split(")")[0][3:] for line in lines if line[:3] == "?: "]


@pytest.mark.programs
def test_production_has_nothing_to_complain_of(tmp_path: Path) -> None:
    assert checked(tmp_path / "empty.sqlite3") == (0, [])


@pytest.mark.programs
@pytest.mark.parametrize(
    ("variables", "found"),
    [
        ({"DEMO": "1", "ALLOWED_HOSTS": "localhost"}, ["people.W001"]),
        ({"ORGANISATION": ""}, ["people.W003"]),
        ({"TRUSTED_PROXY_COUNT": ""}, ["people.W004"]),
        ({"DATABASE_URL": "postgres://a:b@127.0.0.1:1/c"}, ["people.W002"]),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "localhost"}, ["security.W018"]),
        (
            {"LOOPBACK": "1", "ALLOWED_HOSTS": "localhost"},
            ["security.W004", "security.W008", "security.W012", "security.W016"],
        ),
    ],
)
def test_what_does_not_belong_in_production_is_found(
    tmp_path: Path, variables: dict[str, str], found: list[str]
) -> None:
    code, told = checked(tmp_path / "empty.sqlite3", **variables)

    assert (code, sorted(f"{line[1:]}" for line in told)) == (1, found)


@pytest.mark.django_db
def test_a_demo_account_outside_the_demonstration_is_an_error(settings: Any) -> None:
    assert check_demo_accounts() == []

    UserFactory(email="director@ddat.example")

    assert [message.id for message in check_demo_accounts()] == ["people.E001"]
    assert check_demo_accounts()[0].is_serious()
    settings.DEMO = True
    assert [message.id for message in check_demo_accounts()] == ["people.W001"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said() -> None:
    def gone(*args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(gone):
        assert [message.id for message in check_demo_accounts()] == ["people.W002"]
