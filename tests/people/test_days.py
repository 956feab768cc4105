"""Days as people type them, wherever a day is asked for."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.admin.leaving import LeavingForm
from people.events.filters import EventFilter
from people.models import TeamPost
from projects.importing import DayWidget
from tests.factories import ProjectFactory, TeamFactory, UserFactory
from weeknotes.records.filters import ProjectFilter
from weeknotes.updates.forms.fields import DayField

DAY = date(2026, 11, 23)
TYPED = ["23/11/2026", "23/11/26", "23 Nov 2026", "23 November 2026", "2026-11-23"]


@pytest.mark.parametrize("typed", TYPED)
def test_day_may_be_typed_in_these_ways(db: None, typed: str) -> None:
    leaving = LeavingForm({"leaves_on": typed}, things=[], person=UserFactory())
    events, projects = EventFilter({"from_day": typed}), ProjectFilter({"since": typed})
    leaving.is_valid()

    assert DayField(label="Day").clean(typed) == DAY
    assert DayWidget("day", 20).clean(typed) == DAY
    assert leaving.cleaned_data["leaves_on"] == DAY
    assert [events.form.errors, events.form.cleaned_data["from_day"]] == [{}, DAY]
    assert [projects.form.errors, projects.form.cleaned_data["since"]] == [{}, DAY]


def appoint(client: Client, typed: str) -> Any:
    team, person = TeamFactory(), UserFactory()
    row = {"team": team.pk, "post": "holder", "person": person.pk, "starts_on": typed}
    return client.post("/admin/people/teampost/add/", row)


@pytest.mark.parametrize("typed", TYPED)
def test_admin_takes_each_of_them(as_admin: Client, typed: str) -> None:
    assert appoint(as_admin, typed).status_code == 302
    assert TeamPost.objects.get().starts_on == DAY


@pytest.mark.parametrize(
    "typed", ["23.11.26", "31/02/2026", "then", "9" * 10_000, "23/11/2026\x00"]
)
def test_admin_says_how_a_day_is_typed(as_admin: Client, typed: str) -> None:
    page = BeautifulSoup(appoint(as_admin, typed).content, "html.parser")

    assert [error.text for error in page.select(".field-starts_on .errorlist li")] == [
        "Enter a day, such as 23/11/2026."
    ]
    assert TeamPost.objects.count() == 0


def test_rows_in_the_admin_say_it_too(as_admin: Client) -> None:
    project = ProjectFactory()
    address = f"/admin/projects/project/{project.pk}/change/"
    form = BeautifulSoup(as_admin.get(address).content, "html.parser").select_one("#project_form")
    sent = {
        one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=submit])")
    }
    names = {"team": project.team_id, "workstreams-0-name": "Roll-out"}

    page = as_admin.post(address, {**sent, **names, "workstreams-0-closed_on": "then"})

    errors = BeautifulSoup(page.content, "html.parser").select(".field-closed_on .errorlist li")
    assert [error.text for error in errors] == ["Enter a day, such as 23/11/2026."]
