"""What a probe is told: that the portal lives, and whether it is ready."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from tests.factories import UserFactory
from tests.production import production_settings

LIVE, READY = "/health/", "/health/ready/"


def told(response: HttpResponse) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.cookies == {}
    return response.status_code, response.content.decode()


def test_live_asks_nothing_of_the_database() -> None:
    # The test has no database: a question to it would fail.
    client = Client(headers={"cookie": "sessionid=abc"})

    assert told(client.get(LIVE)) == (200, "live\n")


def test_a_head_is_answered_without_words(client: Client) -> None:
    assert told(client.head(LIVE)) == (200, "")


@pytest.mark.django_db
def test_ready_once_every_migration_is_there(client: Client) -> None:
    assert told(client.get(READY)) == (200, "ready\n")
    assert told(client.head(READY)) == (200, "")


@pytest.mark.django_db
def test_ready_costs_two_queries(client: Client, django_assert_num_queries: Any) -> None:
    client.get(READY)
    with django_assert_num_queries(2):
        client.get(READY)


@pytest.mark.django_db
def test_not_ready_while_the_database_is_gone(client: Client) -> None:
    def gone(*args: Any) -> None:
        raise OperationalError('connection to "db.example.gov.uk" failed: password "secret"')

    with connection.execute_wrapper(gone):
        assert told(client.get(READY)) == (503, "The database does not answer.\n")
        assert told(client.get(LIVE)) == (200, "live\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people' AND name LIKE '0001%'")

    words = "The database misses migrations: run manage.py migrate.\n"
    assert told(client.get(READY)) == (503, words)


@pytest.mark.django_db
def test_a_probe_may_ask_production_by_any_name_and_over_http() -> None:
    with production_settings():
        probe = Client(headers={"host": "10.1.2.3:8000"})

        assert told(probe.get(LIVE)) == (200, "live\n")
        assert told(probe.get(READY)) == (200, "ready\n")
        assert probe.get("/").status_code == 400


@pytest.mark.django_db
def test_a_probe_leaves_no_session(client: Client) -> None:
    client.force_login(UserFactory())
    before = client.session.session_key

    assert told(client.get(LIVE)) == (200, "live\n")
    assert client.session.session_key == before


def test_the_migrations_are_those_that_django_would_run(db: None) -> None:
    call_command("migrate", check_unapplied=True, verbosity=0)
