"""Nobody learns from an answer, or from how long it takes, who works here."""

import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from http.client import HTTPConnection
from statistics import median
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.places import Place, end
from tests.prove.sizes import so_many

TRIES = so_many(200, least=20)
ALIKE = 1.10  # the slowest median of the fastest
GROUPS = ("known", "unknown", "leaver")
PEOPLE = f"""
from datetime import date
from django.contrib.auth.hashers import make_password
from people.models import User
password = make_password("a long walk by the river")
for number in range({TRIES}):
    for group, leaves_on in (("known", None), ("leaver", date(2026, 1, 5))):
        User.objects.create(
            email=f"{{group}}{{number}}@council.example", forename=group.title(),
            surname=str(number), password=password, leaves_on=leaves_on,
        )
"""
ADDRESSES = {"sign-in": "/account/sign-in/", "reset": "/account/password/reset/"}
FIELDS = {"sign-in": "login", "reset": "email"}


@dataclass(frozen=True, kw_only=True)
class Post(Place):
    """A place with a mail server, behind a proxy that says whom it has a request from."""

    mail_port: int

    @property
    def environment(self) -> dict[str, str]:
        """As everywhere, where the mail server is, and what passwords are hashed with."""
        return super().environment | {
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "TRUSTED_PROXY_COUNT": "1",
            "DJANGO_SETTINGS_MODULE": "tests.prove.hashing_settings",
        }


@pytest.fixture
def post(empty_place: NewPlace) -> Iterator[Post]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    bare = empty_place()
    known = {field.name: getattr(bare, field.name) for field in fields(bare)}
    place = Post(**known, mail_port=port)
    place.manage("migrate", "--verbosity=0")
    place.manage("shell", "--verbosity=0", "--command", PEOPLE)
    with mail_server(place):
        yield place


@contextmanager
def mail_server(place: Post) -> Iterator[None]:
    """A real one on this machine, which takes its time and keeps nothing."""
    server = place.start(
        *(sys.executable, "-m", "aiosmtpd", "-n", "-c", "tests.prove.slow_mail.Slow"),
        *("-l", f"127.0.0.1:{place.mail_port}"),
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", place.mail_port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        end(server)


class Stranger:
    """Asks as a browser would that keeps its connection, each time from another computer."""

    def __init__(self, address: str, page: str) -> None:
        self.connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
        self.page, self.asked = page, 0
        self.headers: dict[str, str] = {}
        first = self.ask("GET")
        self.headers["Cookie"] = str(first[1]["Set-Cookie"]).split(";")[0]
        found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', first[2])
        assert found
        self.token = found[1]

    def ask(self, method: str, body: str = "") -> tuple[int, dict[str, str], str]:
        self.asked += 1
        computer = f"10.{self.asked // 65536}.{self.asked // 256 % 256}.{self.asked % 256}"
        own = {"X-Forwarded-For": computer, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, self.page, body, self.headers | own)
        answer = self.connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()

    def send(self, data: dict[str, str]) -> tuple[float, Any]:
        """Seconds until the whole answer was here, and all that it says but for the token."""
        body = urlencode(data | {"csrfmiddlewaretoken": self.token})
        start = time.perf_counter()
        status, headers, page = self.ask("POST", body)
        seconds = time.perf_counter() - start
        said = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
        telling = {
            name: text
            for name, text in headers.items()
            if name not in ("Date", "Expires", "Content-Length", "X-Request-ID", "Set-Cookie")
        }
        return seconds, (status, telling, said)


def tried(address: str, what: str, tries: int) -> dict[str, float]:
    """The median seconds for each group, asked in turn; every answer says the same."""
    stranger = Stranger(address, ADDRESSES[what])
    stranger.send({FIELDS[what]: "first@council.example", "password": "wrong"})
    with closing(stranger.connection):
        return medians_of(stranger, what, tries)


def medians_of(stranger: Stranger, what: str, tries: int) -> dict[str, float]:
    """The same, by one stranger."""
    taken: dict[str, list[float]] = {group: [] for group in GROUPS}
    answers = set()
    order = random.Random(3)  # in turn, what one group leaves behind would always meet the same one
    for number in range(tries):
        for group in order.sample(GROUPS, len(GROUPS)):
            email = f"{group}{number}@council.example"
            seconds, answer = stranger.send({FIELDS[what]: email, "password": "wrong"})
            taken[group].append(seconds)
            answers.add(str(answer).replace(email, "somebody"))
    assert len(answers) == 1, answers
    return {group: median(times) for group, times in taken.items()}


def apart(medians: dict[str, float]) -> float:
    """How many times the fastest the slowest takes."""
    return max(medians.values()) / min(medians.values())


@pytest.mark.parametrize("what", ADDRESSES)
def test_known_and_unknown_addresses_are_answered_alike(post: Post, what: str, db: None) -> None:
    with post.served(workers=1) as address:
        medians = tried(address, what, TRIES)
    with post.served(workers=1, app="tests.prove.telling_wsgi") as address:
        control = tried(address, what, 20)

    rows = [
        (f"{group.capitalize()} address, median of {TRIES} tries", f"{1000 * seconds:.1f} ms")
        for group, seconds in medians.items()
    ]
    rows.append(("Slowest median to fastest", f"{apart(medians):.3f}"))
    control_row = "The same with nothing to make them alike"
    rows.append((control_row, f"{apart(control):.2f}"))
    record(f"Who works here, told by {what}", rows)
    assert apart(medians) < ALIKE, medians
    assert apart(control) > ALIKE, control
