"""Tries are counted in one place for all processes, for whoever makes them, and waiting is told."""

import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from ddat.clock import LONDON
from ddat.settings import BASE_DIR
from people.adapter import AccountAdapter
from people.models import User
from tests.factories import PASSWORD
from tests.people.mailing import NEW, link_in, sent, set_password, sign_in

pytestmark = pytest.mark.django_db

CHANGE, ASK = "/account/password/", "/account/password/reset/"
NINE = datetime(2026, 5, 18, 9, tzinfo=LONDON)
PROXY = "10.0.0.1"


def waiting(response: Any) -> tuple[int, str, str]:
    """The status, how long to wait for a program, and for a person."""
    last = BeautifulSoup(response.content, "html.parser").select(".trouble p")[1].text
    return response.status_code, response["Retry-After"], " ".join(last.split())


def wrong(client: Client, email: str, **headers: str) -> int:
    data = {"login": email, "password": "wrong"}
    return client.post("/account/sign-in/", data, **headers).status_code


def test_waiting_is_told_and_then_enough(client: Client, contributor: User) -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        for _ in range(5):
            wrong(client, contributor.email)
        clock.shift(timedelta(minutes=1))
        refused = sign_in(client, contributor.email, PASSWORD)
        clock.shift(timedelta(minutes=4, seconds=1))
        welcome = sign_in(client, contributor.email, PASSWORD)

    assert waiting(refused) == (429, "240", "Wait 4 minutes, then try again.")
    assert welcome.status_code == 302


def test_links_asked_for_are_counted_for_each_address(client: Client, contributor: User) -> None:
    for email in (contributor.email, "nobody@council.example"):
        answers = [client.post(ASK, {"email": email}) for _ in range(6)]

        assert [answer.status_code for answer in answers[:5]] == [302] * 5
        assert waiting(answers[5]) == (429, "900", "Wait 15 minutes, then try again.")
    assert len(sent()) == 5


def test_changes_of_a_password_are_counted(client: Client, contributor: User) -> None:
    client.force_login(contributor)
    data = {"old_password": "wrong", "new_password": NEW}

    answers = [client.post(CHANGE, data) for _ in range(6)]

    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    assert waiting(answers[5]) == (429, "300", "Wait 5 minutes, then try again.")


def test_passwords_sent_to_links_are_counted(client: Client) -> None:
    statuses = [client.post(f"{ASK}MQ/nonsense/").status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]


def test_new_password_works_at_once_whatever_was_tried(client: Client, contributor: User) -> None:
    for _ in range(6):
        wrong(client, contributor.email)
    client.post(ASK, {"email": contributor.email})

    set_password(client, link_in(sent()[0]))

    assert sign_in(client, contributor.email).status_code == 302


def test_one_place_is_limited_whatever_addresses_it_tries(client: Client) -> None:
    statuses = [wrong(client, f"person{number}@council.example") for number in range(31)]

    assert statuses == [200] * 30 + [429]


# Whose tries they are


def test_another_port_in_the_host_begins_no_new_count(client: Client, contributor: User) -> None:
    statuses = [
        wrong(client, contributor.email, HTTP_HOST=f"testserver:{8000 + number}")
        for number in range(6)
    ]

    assert statuses == [200] * 5 + [429]


def test_host_would_begin_a_new_count_by_allauths_own_key(
    client: Client, contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(AccountAdapter, "_get_login_attempts_cache_key")
    with pytest.raises(AssertionError):
        test_another_port_in_the_host_begins_no_new_count(client, contributor)


@pytest.mark.parametrize("proxies", [0, 1])
def test_invented_addresses_evade_nothing(client: Client, settings: Any, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    statuses = []
    for number in range(31):
        told = f"203.0.113.{number}" + (", 198.51.100.7" if proxies else "")
        headers = {"HTTP_X_FORWARDED_FOR": told, "REMOTE_ADDR": PROXY}
        statuses.append(wrong(client, f"person{number}@council.example", **headers))

    assert statuses == [200] * 30 + [429]


def test_behind_a_proxy_each_place_is_counted_by_itself(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(31):
        headers = {"HTTP_X_FORWARDED_FOR": "198.51.100.7", "REMOTE_ADDR": PROXY}
        wrong(client, f"person{number}@council.example", **headers)

    other = {"HTTP_X_FORWARDED_FOR": "198.51.100.8", "REMOTE_ADDR": PROXY}
    assert wrong(client, "somebody@council.example", **other) == 200


@pytest.mark.parametrize("told", ["", "nonsense", "\u202e", "1.2.3.4:99", "::1", "x" * 10_000])
@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_odd_headers_break_nothing(client: Client, settings: Any, told: str, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert wrong(client, "a@council.example", HTTP_X_FORWARDED_FOR=told, REMOTE_ADDR="") == 200


# The shared table


@pytest.mark.programs
@pytest.mark.django_db(transaction=True)
def test_another_process_counts_the_same_tries(client: Client, contributor: User) -> None:
    for _ in range(3):
        wrong(client, contributor.email)

    elsewhere = in_another_process("2, sign_in, 'con@council.example'")
    here = wrong(client, contributor.email)

    assert (elsewhere, here) == ("200 200", 429)


@pytest.mark.programs
@pytest.mark.django_db(transaction=True)
def test_processes_would_not_by_themselves(
    client: Client, contributor: User, settings: Any
) -> None:
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {"default": local}
    with pytest.raises(AssertionError):
        test_another_process_counts_the_same_tries(client, contributor)


def in_another_process(asked: str) -> str:
    """The statuses of wrong passwords sent by a process of its own, on the same database."""
    code = f"""
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {str(connection.settings_dict["NAME"])!r}
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()
from django.test import Client
times, sign_in, email = {asked.replace("sign_in", repr("/account/sign-in/"))}
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
data = {{"login": email, "password": "wrong"}}
print(*(Client().post(sign_in, data).status_code for _ in range(times)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_full_table_keeps_what_still_counts(client: Client, contributor: User) -> None:
    """Expired rows go first; the newest of thousands that count are kept until there are 20,000."""
    with time_machine.travel(NINE, tick=False) as clock:
        for _ in range(5):
            wrong(client, contributor.email)
        for number in range(400):  # Django's own limit is 300
            cache.set(f"a{number}", 1, timeout=600)
        clock.shift(timedelta(minutes=1))

        assert wrong(client, contributor.email) == 429


@pytest.mark.programs
@pytest.mark.django_db(transaction=True)
def test_table_comes_and_goes_with_its_migration() -> None:
    def is_there() -> bool:
        return "portal_cache" in connection.introspection.table_names()

    try:
        call_command("migrate", "people", "0006", verbosity=0)
        before = is_there()
    finally:
        call_command("migrate", verbosity=0)

    assert (before, is_there()) == (False, True)
