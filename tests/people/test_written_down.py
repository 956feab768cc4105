"""What an admin does by hand is written down once, as what a file does is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import Event, User
from tests.factories import (
    ProductFactory,
    ProjectFactory,
    TeamFactory,
    UserFactory,
    directorate,
)

pytestmark = pytest.mark.django_db

FORMSETS = ("posts", "workstreams", "metrics")
NO_ROWS = {f"{rows}-{count}_FORMS": 0 for rows in FORMSETS for count in ("TOTAL", "INITIAL")}
PERSON = {"email": "ana@council.example", "forename": "Ana", "surname": "Diaz"}
PLACE: dict[str, Callable[[], dict[str, Any]]] = {
    "people/user": dict,
    "people/team": lambda: {"parent": directorate().pk, "house_order": 7},
    "projects/project": lambda: {"team": TeamFactory().pk},
    "projects/product": lambda: {"team": TeamFactory().pk},
}


def written() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("id").values_list("verb", "kind", "name"))


@pytest.mark.parametrize(
    ("path", "form", "name"),
    [
        ("people/user", PERSON, "Ana Diaz"),
        ("people/team", {"name": "Web"}, "Web"),
        ("projects/project", {"name": "Intune", "code": "PR1"}, "PR1 Intune"),
        ("projects/product", {"name": "Website"}, "Website"),
    ],
)
def test_adding_is_written_down(
    as_admin: Client, path: str, form: dict[str, str], name: str
) -> None:
    answer = as_admin.post(f"/admin/{path}/add/", NO_ROWS | PLACE[path]() | form)

    first = written()[0]
    assert (answer.status_code, first) == (302, ("added", path.split("/")[1], name))
    assert [verb for verb, *_ in written()].count("added") == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"job_title": "Head of web"}, [("changed", "user", "Ana Diaz")]),
        ({"forename": "Anna"}, [("changed", "user", "Anna Diaz")]),
        (
            {"email": "anna@council.example"},
            [
                (
                    "changed the email of",
                    "user",
                    "Ana Diaz, from ana@council.example to anna@council.example",
                )
            ],
        ),
    ],
)
def test_changing_a_person_is_written_down_once(
    as_admin: Client, change: dict[str, str], told: list[tuple[str, str, str]]
) -> None:
    person = UserFactory(**PERSON)
    form = PERSON | {"job_title": person.job_title} | change

    as_admin.post(f"/admin/people/user/{person.pk}/change/", form)

    assert written() == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"paused_until": "29/05/2026"}, [("changed", "project", "Intune")]),
        ({"name": "Devices"}, [("renamed", "project", "Intune to Devices")]),
        (
            {
                "workstreams-TOTAL_FORMS": 1,
                "workstreams-0-name": "Rollout",
                "workstreams-0-position": 1,
            },
            [("changed", "project", "Intune, workstreams")],
        ),
    ],
)
def test_changing_a_project_is_written_down_once(
    as_admin: Client, change: dict[str, Any], told: list[tuple[str, str, str]]
) -> None:
    project = ProjectFactory(name="Intune", code="")
    form = NO_ROWS | {"name": "Intune", "team": project.team.pk}

    as_admin.post(f"/admin/projects/project/{project.pk}/change/", form | change)

    assert written() == told


def test_changing_a_team_and_a_product_is_written_down(as_admin: Client, admin: User) -> None:
    team, product = TeamFactory(name="Web"), ProductFactory(name="Website")
    form = {"name": "Web", "parent": directorate().pk, "house_order": 7}

    as_admin.post(f"/admin/people/team/{team.pk}/change/", NO_ROWS | form)
    product_form = {"name": "Site", "team": product.team.pk}
    as_admin.post(f"/admin/projects/product/{product.pk}/change/", product_form)

    assert written() == [("changed", "team", "Web"), ("changed", "product", "Site")]
    assert set(Event.objects.values_list("by", flat=True)) == {admin.pk}
