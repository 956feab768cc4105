"""Who changed a person, team or project, and how it stood before."""

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ddat.clock import LONDON
from people.models import User
from people.models.history import changing
from tests.factories import ProductFactory, ProjectFactory, TeamFactory, UserFactory, directorate

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 20, 9, 12, tzinfo=LONDON)
MAKERS = pytest.mark.parametrize(
    "make", [UserFactory, TeamFactory, ProjectFactory], ids=["person", "team", "project"]
)


def kept(thing: Any) -> list[tuple[str, Any]]:
    rows = thing.history.order_by("history_id")
    return list(rows.values_list("history_type", "history_user"))


def told(client: Client, address: str) -> list[list[str]]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in page.select("#change-history tbody tr")
    ]


@MAKERS
def test_every_change_is_kept_once(make: Any) -> None:
    thing, by = make(), UserFactory()

    with changing(thing, by=by, at=AT):
        setattr(thing, "forename" if isinstance(thing, User) else "name", "Other")
        thing.save()
        thing.save()

    assert kept(thing) == [("+", None), ("~", by.pk)]
    assert thing.history.order_by("history_id").last().history_date == AT


def test_secrets_and_sign_ins_are_not_kept(client: Client) -> None:
    person = UserFactory()

    person.set_password("another long walk")
    person.save()
    person.save(update_fields=["password"])
    client.force_login(person)
    person.end_sessions()

    fields = {field.name for field in User.history.model._meta.get_fields()}
    assert kept(person) == [("+", None)]
    assert not fields & {"password", "last_login", "session_number"}


def test_signing_in_asks_nothing_of_the_history(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    person = UserFactory()

    with django_assert_max_num_queries(20) as queries:
        client.force_login(person)

    assert [q for q in queries.captured_queries if "historical" in q["sql"]] == []


@pytest.mark.parametrize("make", [TeamFactory, ProjectFactory])
def test_closing_and_reopening_are_kept(make: Any) -> None:
    thing, by = make(), UserFactory()

    thing.close(by=by, at=AT)
    thing.close(by=by, at=AT)
    thing.reopen(by=by)

    assert kept(thing) == [("+", None), ("~", by.pk), ("~", by.pk)]


def test_product_has_no_history() -> None:
    product = ProductFactory()

    product.close(by=UserFactory())

    assert not hasattr(product, "history")


def test_history_says_who_changed_what(as_admin: Client, admin: User, time_machine: Any) -> None:
    time_machine.move_to(AT)
    team = TeamFactory(name="Web <b>", house_order=10)
    data = {
        "name": "Digital & data",
        "parent": directorate().pk,
        "house_order": 20,
        "posts-TOTAL_FORMS": 0,
        "posts-INITIAL_FORMS": 0,
    }
    address = f"/admin/people/team/{team.pk}/"

    assert as_admin.post(f"{address}change/", data).status_code == 302
    team.refresh_from_db()
    team.close(by=admin, at=AT)

    assert told(as_admin, f"{address}history/") == [
        [
            "Ada Min",
            "Closed at: from empty to Wednesday 20 May at 9:12am Closed by: from empty to Ada Min",
        ],
        [
            "Ada Min",
            "Name: from Web <b> to Digital & data Order in the digest: from 10 to 20 "
            "Reports: from yes to no",
        ],
        ["the portal itself", "Here the history begins."],
    ]


def test_history_of_a_person_names_their_teams(as_admin: Client, admin: User) -> None:
    old, new, person = TeamFactory(name="Old"), TeamFactory(name="New"), UserFactory()
    for team in (old, new, None):
        person.team = team
        with changing(person, by=admin):
            person.save()

    rows = told(as_admin, f"/admin/people/user/{person.pk}/history/")

    assert [row[1] for row in rows] == [
        "Team: from New to empty",
        "Team: from Old to New",
        "Team: from empty to Old",
        "Here the history begins.",
    ]


def test_long_history_is_paged_at_the_same_cost(
    as_admin: Client, admin: User, django_assert_max_num_queries: Any
) -> None:
    team = TeamFactory(name="0")
    counts = []
    for first, last in ((1, 3), (3, 61)):
        for number in range(first, last):
            team.rename(to=str(number), by=admin)
        with django_assert_max_num_queries(15) as queries:
            rows = told(as_admin, f"/admin/people/team/{team.pk}/history/")
        counts.append((len(queries), len(rows)))

    older = told(as_admin, f"/admin/people/team/{team.pk}/history/?p=2")
    assert counts[0][0] == counts[1][0]
    assert [number for _, number in counts] == [3, 50]
    assert rows[-1][1] == "Name: from 10 to 11"
    assert [row[1] for row in (older[0], older[-1])] == [
        "Name: from 9 to 10",
        "Here the history begins.",
    ]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "%EF%BF%BD"])
def test_odd_page_numbers_break_nothing(as_admin: Client, page: str) -> None:
    team = TeamFactory()

    response = as_admin.get(f"/admin/people/team/{team.pk}/history/?p={page}")

    assert response.status_code == 200


def test_adding_is_told(as_admin: Client, admin: User) -> None:
    data = {"name": "New", "parent": directorate().pk, "house_order": 1}
    data |= {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}

    as_admin.post("/admin/people/team/add/", data)

    team = directorate().teams.get()
    assert told(as_admin, f"/admin/people/team/{team.pk}/history/") == [["Ada Min", "Added."]]


def test_somebody_deleted_leaves_no_history() -> None:
    person = UserFactory()

    person.delete()

    assert not User.history.exists()
