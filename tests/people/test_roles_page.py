"""Everybody who composes or manages may see who has which role."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.leaving import leave
from people.models import Role, User
from tests.factories import MORNING, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

ROLES = "/roles/"


def told(client: Client, address: str = ROLES) -> dict[str, list[str]]:
    """The rows of each part of the page."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        part.h2.get_text(): [
            " ".join(row.get_text().split()).replace(" ,", ",") for row in part.select("li")
        ]
        for part in page.select("main section")
    }


def test_page_tells_who_has_and_had_which_role(as_admin: Client, admin: User) -> None:
    giver = UserFactory(forename="Gi", surname="Ver")
    RoleGrantFactory(person__forename="Di", person__surname="Rector", granted_by=giver)
    RoleGrantFactory(
        person__forename="<b>Old</b>",
        person__surname="خدمات",
        granted_by=giver,
        ended_by=admin,
        ended_at=MORNING.replace(day=20),
    )
    admin.role_grants.update(granted_by=giver)

    assert told(as_admin) == {
        "Editors": ["Di Rector Since 11 May 2026, given by Gi Ver."],
        "Admins": ["Ada Min Since 11 May 2026, given by Gi Ver."],
        "Ended": [
            "<b>Old</b> خدمات, editor 11 May 2026 to 20 May 2026, given by Gi Ver,"
            " ended by Ada Min."
        ],
    }


def test_role_that_ends_on_a_coming_day_says_so(as_admin: Client, admin: User) -> None:
    RoleGrantFactory(granted_by=admin)
    grant = RoleGrantFactory(person__forename="Zo", person__surname="Zz", granted_by=admin)
    leave(person=grant.person, by=admin, on=date(2100, 1, 2))

    assert told(as_admin)["Editors"][-1] == (
        "Zo Zz Since 11 May 2026, given by Ada Min, ended from 2 January 2100 by Ada Min."
    )


def test_nobody_having_a_role_is_said(as_admin: Client) -> None:
    page = BeautifulSoup(as_admin.get(ROLES).content, "html.parser")

    assert "Nobody has this role." in page.select_one("main section").get_text()


def test_ended_ones_are_paged(as_admin: Client, admin: User) -> None:
    person = UserFactory()
    for _ in range(51):
        RoleGrantFactory(person=person, ended_by=admin, ended_at=MORNING)

    counts = [
        len(told(as_admin, f"{ROLES}?page={page}")["Ended"]) for page in (1, 2, "x", "9" * 30)
    ]
    assert counts == [50, 1, 50, 1]


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_page_asks_as_much_for_many_rows_as_for_one(
    as_admin: Client, admin: User, rows: int, django_assert_num_queries: Any
) -> None:
    for role in Role.values:
        for _ in range(rows):
            RoleGrantFactory(role=role)
            RoleGrantFactory(role=role, ended_by=admin, ended_at=MORNING)

    with django_assert_num_queries(5):  # session, person, those who have one, the others twice
        as_admin.get(ROLES)


@pytest.mark.parametrize("address", ["/desk/", "/admin/", "/admin/people/rolegrant/"])
def test_page_is_found(client: Client, address: str) -> None:
    person = RoleGrantFactory(role=Role.ADMIN).person
    RoleGrantFactory(person=person)
    client.force_login(person)

    page = BeautifulSoup(client.get(address).content, "html.parser")

    assert page.select_one(f'a[href="{ROLES}"]')
