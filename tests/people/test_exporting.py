"""The list of people is taken out as a file, and that is written down."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.models import Event, User
from tests.factories import TeamFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/people/user/"
ALL = {"action": "export_selected", "select_across": "1", "index": "0", "_selected_action": "0"}


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_all_people_are_taken_as_they_are_filtered(as_admin: Client, director: User) -> None:
    User.objects.filter(pk=director.pk).update(
        team=TeamFactory(name="Web"), job_title="=HYPERLINK(1)"
    )

    response = as_admin.post(f"{LIST}?q=rector", ALL)

    row = rows(response)[0]
    assert len(rows(response)) == 1
    assert [row[name] for name in ("email", "forename", "surname", "job_title", "team")] == [
        "di@council.example",
        "Di",
        "Rector",
        "'=HYPERLINK(1)",
        "Web",
    ]
    assert (row["roles"], row["active"]) == ("Editor", "yes")
    assert Event.objects.latest("id").name == "people, 1 row (q: rector)"


def test_the_selected_people_are_taken(as_admin: Client, admin: User, director: User) -> None:
    response = as_admin.post(
        LIST, {"action": "export_selected", "_selected_action": [director.pk], "index": "0"}
    )

    assert [row["email"] for row in rows(response)] == ["di@council.example"]
    event = Event.objects.latest("id")
    assert (event.by, event.name) == (admin, "people, 1 row (selected one by one)")


def test_list_has_a_button_for_all(as_admin: Client, director: User) -> None:
    page = BeautifulSoup(as_admin.get(f"{LIST}?q=council").content, "html.parser")

    form = page.select_one("form.take")
    sent = {field["name"]: field["value"] for field in form.select("input")}
    total = User.objects.count()
    assert form.button.get_text(strip=True).split() == f"Download all {total} as CSV".split()
    assert len(rows(as_admin.post(f"{LIST}?q=council", sent))) == total


def test_a_look_at_the_list_takes_nothing(as_admin: Client) -> None:
    as_admin.get(f"{LIST}?action=export_selected&select_across=1")

    assert not Event.objects.filter(verb="exported").exists()


def test_somebody_added_after_midnight_in_summer_was_added_that_day(
    as_admin: Client, director: User
) -> None:
    late = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)  # half past midnight on the 6th in London
    User.objects.filter(pk=director.pk).update(date_joined=late)

    (row,) = rows(as_admin.post(f"{LIST}?q=rector", ALL))

    assert row["added"] == "2026-07-06"
