"""The admin's forms offer the teams and projects that are open, and the one chosen already."""

from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.factories import ProductFactory, ProjectFactory, TeamFactory, UserFactory, directorate

pytestmark = pytest.mark.django_db


def offered(client: Client, address: str, field: str) -> set[str]:
    form = client.get(f"/admin/{address}").context["adminform"].form
    return {str(thing) for thing in form.fields[field].queryset}


@pytest.fixture
def house(admin: User) -> dict[str, Any]:
    closed, merged, heir = (TeamFactory(name=name) for name in ("Closed", "Merged", "Heir"))
    closed.close(by=admin)
    merged.merge(into=heir, by=admin)
    return {"closed": closed, "open": {str(directorate()), "Heir"}}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("people/user/add/", "team"),
        ("people/team/add/", "parent"),
        ("people/teampost/add/", "team"),
        ("projects/project/add/", "team"),
        ("projects/product/add/", "team"),
    ],
)
def test_closed_and_merged_teams_are_not_offered(
    as_admin: Client, house: dict[str, Any], address: str, field: str
) -> None:
    assert offered(as_admin, address, field) == house["open"]


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (UserFactory, "people/user"),
        (ProjectFactory, "projects/project"),
        (ProductFactory, "projects/product"),
    ],
)
def test_team_that_was_closed_since_stays_chosen(
    as_admin: Client, house: dict[str, Any], make: Any, address: str
) -> None:
    thing = make(team=house["closed"])

    choices = offered(as_admin, f"{address}/{thing.pk}/change/", "team")

    assert choices == house["open"] | {"Closed"}


def test_closed_project_is_not_offered(as_admin: Client, admin: User) -> None:
    project, closed = (ProjectFactory(name=name, code="") for name in ("Open", "Closed"))
    closed.close(by=admin)

    assert offered(as_admin, "projects/projectpost/add/", "project") == {str(project)}


def test_closed_team_is_refused_though_it_is_sent(as_admin: Client, house: dict[str, Any]) -> None:
    form = {"email": "a@b.example", "forename": "Ana", "team": house["closed"].pk}

    page = as_admin.post("/admin/people/user/add/", form)

    assert page.status_code == 200
    assert list(page.context["adminform"].form.errors) == ["team"]
