"""What the machine says: variables of the environment, of `.env`, or of a file (NAME_FILE)."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
SHORTEST_KEY = 50  # characters, as Django's own check wants it
FEWEST_LETTERS = 5  # that differ
ENGINE = re.compile("(sqlite|postgres|postgresql):")
HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)"
# What stands before the last @ is who signs in; a / or # there would begin something else.
MAIL_SERVER = re.compile(
    rf"smtp(?:s|\+tls|\+ssl)?://(?:[^\s/?#]+@)?{HOST}(?::\d+)?/?(?:\?[^\s#@]*)?"
)
NO_SERVER = re.compile("(consolemail|dummymail|filemail|memorymail)://")


class Need(NamedTuple):
    """What a needed variable is, and one that would do."""

    what: str
    example: str


NEEDS = {
    "SECRET_KEY": Need(
        "a long random text",
        'the line that this prints: python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
    ),
    "ALLOWED_HOSTS": Need(
        "the names that people ask for the portal by, with commas between",
        "ALLOWED_HOSTS=weeknotes.example.gov.uk",
    ),
    "DATABASE_URL": Need(
        "where the data is kept",
        "DATABASE_URL=postgres://weeknotes:password@127.0.0.1:5432/weeknotes",
    ),
}


class Environment(environ.FileAwareEnv):  # type: ignore[misc]  # environ has no types
    """The environment; then what `.env` says that the environment does not."""

    def __init__(self, env_file: Path) -> None:
        super().__init__()
        self.env_file = env_file
        if env_file.is_file():
            self.read_env(env_file)

    def needed(self, name: str) -> str:
        """A variable that there must be; without it, what to set, an example, and where."""
        value: str = self.str(name, default="").strip()
        if not value:
            need = NEEDS[name]
            raise ImproperlyConfigured(
                f"Set {name} to {need.what}, in the environment or in {self.env_file}. "
                f"For example, {need.example}. `make run` makes its own."
            )
        return value


def secret_key(text: str) -> str:
    """The key that signs the sessions; refused when it could be guessed."""
    if len(text) < SHORTEST_KEY or len(set(text)) < FEWEST_LETTERS:
        raise ImproperlyConfigured(
            f"SECRET_KEY can be guessed: it needs {SHORTEST_KEY} characters or more. "
            f"Set it to {NEEDS['SECRET_KEY'].example}"
        )
    return text


def allowed_hosts(text: str, *, is_loopback: bool) -> list[str]:
    """The names the portal is asked for by; every name there is, is none.

    Plain http, a developer's error pages and the demonstration, whose password is published, are
    for the machine itself, by its own names alone.
    """
    hosts = [host.strip() for host in text.split(",") if host.strip()]
    if "*" in hosts or not hosts:
        raise ImproperlyConfigured(
            'ALLOWED_HOSTS cannot be "*": name each host, '
            f"for example {NEEDS['ALLOWED_HOSTS'].example}."
        )
    if is_loopback and not LOOPBACK_HOSTS.issuperset(hosts):
        raise ImproperlyConfigured(
            "LOOPBACK=1, DEBUG=1 and DEMO=1 are for this machine alone: take them away, or set "
            f"ALLOWED_HOSTS={','.join(sorted(LOOPBACK_HOSTS))}"
        )
    return hosts


def database(text: str) -> dict[str, Any]:
    """Where the data is kept, and how each engine is used so that nothing is lost."""
    try:
        config: dict[str, Any] = Environment.db_url_config(text) if ENGINE.match(text) else {}
    except ValueError:
        config = {}
    if not config.get("NAME"):
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read. For example, {NEEDS['DATABASE_URL'].example}"
        )
    config["CONN_MAX_AGE"] = 60  # seconds; opening anew each time costs as much as a small page
    if config["ENGINE"] == "django.db.backends.postgresql":
        given = config.get("OPTIONS", {})
        # Compiling a question (JIT) takes longer than any of ours takes to answer.
        without_jit = f"-c jit=off {given.get('options', '')}".strip()
        options = {"connect_timeout": 5, **given, "options": without_jit}  # seconds
        return {**config, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    options = {
        # A transaction takes its write lock at its start, so that it can wait instead of failing.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds to wait for another's write
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
    return {**config, "ENGINE": "ddat.sqlite3", "OPTIONS": options}


def mail_server(text: str) -> dict[str, Any]:
    """How mail goes out: the settings of Django that an EMAIL_URL stands for."""
    url = text.strip() or "smtp://localhost:25"
    if NO_SERVER.match(url) or MAIL_SERVER.fullmatch(url):
        with suppress(ValueError):  # no such port
            config: dict[str, Any] = Environment.email_url_config(url)
            return config
    raise ImproperlyConfigured(
        "EMAIL_URL cannot be read. For example, "
        "EMAIL_URL=smtp+tls://name:password@mail.example.gov.uk:587, and in the name and password "
        "%40 for @, %23 for #, %2F for /, %3A for :, %3F for ? and %25 for %"
    )


def sqlite_url(path: Path) -> str:
    """The DATABASE_URL of a SQLite file."""
    return f"sqlite:///{quote(str(path))}"
