"""What the environment must say before anything starts, and what it may not say."""

import ast
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ddat import settings
from ddat.environment import mail_server
from tests.production import PRODUCTION

LOCAL = {**PRODUCTION, "LOOPBACK": "1", "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]"}


@pytest.fixture
def settings_printed(tmp_path: Path) -> Callable[..., str]:
    """Print some settings as a machine without .env has them, with only these variables set."""
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(settings.__file__).parent, tmp_path / "ddat", ignore=left_out)

    def print_(what: str, **variables: str) -> str:
        code = f"from ddat import settings as s; print({what})"
        answer = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.strip() or answer.stderr.strip().splitlines()[-1]

    return print_


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("SECRET_KEY", "Set SECRET_KEY to a long random text, in the environment or in {}/.env. For"
         " example, the line that this prints: python3 -c"),
        ("ALLOWED_HOSTS", "Set ALLOWED_HOSTS to the names that people ask for the portal by, with"
         " commas between, in the environment or in {}/.env. For example, ALLOWED_HOSTS="),
        ("DATABASE_URL", "Set DATABASE_URL to where the data is kept, in the environment or in"
         " {}/.env. For example, DATABASE_URL=postgres://"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("given", [{}, {"empty": " "}], ids=["missing", "empty"])
def test_what_is_needed_stops_with_one_hint(
    settings_printed: Callable[..., str],
    tmp_path: Path,
    name: str,
    hint: str,
    given: dict[str, str],
) -> None:
    others = {key: text for key, text in PRODUCTION.items() if key != name}

    told = settings_printed("1", **others, **dict.fromkeys(given and [name], " "))

    start = f"django.core.exceptions.ImproperlyConfigured: {hint.format(tmp_path)}"
    assert told[: len(start)] == start


@pytest.mark.parametrize("key", ["x", "short" * 9, "ab" * 40], ids=["one", "45", "two letters"])
def test_a_key_that_can_be_guessed_is_refused(
    settings_printed: Callable[..., str], key: str
) -> None:
    told = settings_printed("1", **{**PRODUCTION, "SECRET_KEY": key})

    assert ": SECRET_KEY can be guessed: it needs 50 characters or more." in told


@pytest.mark.parametrize("hosts", ["*", "localhost,*", ","])
def test_any_host_is_no_host(settings_printed: Callable[..., str], hosts: str) -> None:
    told = settings_printed("1", **{**PRODUCTION, "ALLOWED_HOSTS": hosts})

    assert ': ALLOWED_HOSTS cannot be "*": name each host' in told


@pytest.mark.parametrize("url", ["nonsense", "mysql://a:b@c/d", "postgres://a:b@c:x/d"])
def test_a_database_that_cannot_be_read_is_refused(
    settings_printed: Callable[..., str], url: str
) -> None:
    told = settings_printed("1", **{**PRODUCTION, "DATABASE_URL": url})

    assert ": DATABASE_URL cannot be read. For example, DATABASE_URL=postgres://" in told


@pytest.mark.parametrize("name", ["LOOPBACK", "DEBUG", "DEMO"])
def test_what_is_insecure_is_for_this_machine_alone(
    settings_printed: Callable[..., str], name: str
) -> None:
    hosts = "localhost,weeknotes.example.gov.uk"
    told = settings_printed("1", **{**PRODUCTION, name: "1", "ALLOWED_HOSTS": hosts})
    control = settings_printed("1", **{**PRODUCTION, "ALLOWED_HOSTS": hosts})

    assert ": LOOPBACK=1, DEBUG=1 and DEMO=1 are for this machine alone" in told
    assert control == "1"


def test_a_secret_may_stand_in_a_file(settings_printed: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "key").write_text(PRODUCTION["SECRET_KEY"] + "\n")
    others = {key: text for key, text in PRODUCTION.items() if key != "SECRET_KEY"}

    told = settings_printed("s.SECRET_KEY", **others, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert told == PRODUCTION["SECRET_KEY"]


def test_env_file_is_read_and_the_environment_wins(
    settings_printed: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DEMO=1\nDATABASE_URL=sqlite:///of-the-file\n")

    given = {**PRODUCTION, "ALLOWED_HOSTS": "localhost"}
    told = settings_printed("s.DEMO, s.DATABASES['default']['PORT']", **given)

    assert told == "True 5432"


def test_debug_and_demo_and_plain_http_are_off_unless_set(
    settings_printed: Callable[..., str],
) -> None:
    what = "s.DEBUG, s.DEMO, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT"

    assert settings_printed(what, **PRODUCTION) == "False False True True"
    assert settings_printed(what, **LOCAL, DEBUG="1", DEMO="1") == "True True False False"


def test_cookies_are_held_to_this_host_unless_http_is_plain(
    settings_printed: Callable[..., str],
) -> None:
    what = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME"

    assert settings_printed(what, **PRODUCTION) == "__Host-sessionid __Host-csrftoken"
    assert settings_printed(what, **LOCAL) == "sessionid csrftoken"


def test_database_url_picks_the_engine(settings_printed: Callable[..., str]) -> None:
    what = "s.DATABASES['default']['ENGINE'].split('.')[-1]"
    url = "sqlite:///weeknotes.sqlite3"

    assert settings_printed(what, **PRODUCTION) == "postgresql"
    assert settings_printed(what, **{**PRODUCTION, "DATABASE_URL": url}) == "sqlite3"


@pytest.mark.parametrize(
    ("asked", "options"),
    [("", "-c jit=off"), ("?options=-c%20work_mem%3D8MB", "-c jit=off -c work_mem=8MB")],
)
def test_postgresql_compiles_no_question(
    settings_printed: Callable[..., str], asked: str, options: str
) -> None:
    what = "s.DATABASES['default']['OPTIONS']['options']"
    url = f"postgres://weeknotes@127.0.0.1/weeknotes{asked}"

    assert settings_printed(what, **{**PRODUCTION, "DATABASE_URL": url}) == options


def test_sqlite_is_set_up_to_lose_nothing(
    settings_printed: Callable[..., str], tmp_path: Path
) -> None:
    given = {**PRODUCTION, "DATABASE_URL": "sqlite:///weeknotes.sqlite3"}
    options = ast.literal_eval(settings_printed("s.DATABASES['default']['OPTIONS']", **given))
    with contextlib.closing(sqlite3.connect(tmp_path / "test.sqlite3")) as database:
        database.executescript(options["init_command"])
        pragmas = [
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("", ("localhost", 25, None, None)),
        ("smtp://mail:1025", ("mail", 1025, None, None)),
        ("smtp+ssl://[::1]:465", ("::1", 465, None, None)),
        ("smtp+tls://name:p%40s%23s%2Fw%25@mail.example:587",
         ("mail.example", 587, "name", "p@s#s/w%")),
        ("smtp+tls://me@example.org:p@ss+word@mail.example:587",
         ("mail.example", 587, "me@example.org", "p@ss+word")),
    ],
)  # fmt: skip
def test_a_mail_server_is_read_as_it_is_meant(url: str, meant: tuple[object, ...]) -> None:
    read = mail_server(url)

    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")
    assert tuple(read[name] for name in names) == meant


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:587",
        "https://mail.example",
        "smtp://",
        "smtp://mail.example:99999",
        "smtp+tls://name:p@ss#word@mail.example:587",
        "smtp+tls://name:1#word@mail.example:587",
        "smtp+tls://name:1/word@mail.example:587",
        "smtp+tls://name:1?word@mail.example:587",
        "smtp+tls://name:pass word@mail.example:587",
    ],
)
def test_a_mail_server_that_would_be_misread_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_server(url)

    told = str(refused.value)
    assert told.startswith("EMAIL_URL cannot be read. For example, EMAIL_URL=smtp+tls://")
    assert "%40 for @, %23 for #" in told
    assert url.strip("/") not in told
