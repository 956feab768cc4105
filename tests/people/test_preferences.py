"""The page on which everybody sets a few things for themselves."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.models import User
from tests.factories import TeamFactory
from tests.people.mailing import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/account/preferences/"


def page_of(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(ADDRESS).content, "html.parser")


def test_name_in_the_bar_leads_there(client: Client, contributor: User) -> None:
    client.force_login(contributor)

    link = BeautifulSoup(client.get("/").content, "html.parser").select_one(".bar .me")
    here = page_of(client).select_one(".bar .me")

    assert (link.text, link["href"], link.get("aria-current")) == ("Con Tributor", ADDRESS, None)
    assert here["aria-current"] == "page"


def test_page_shows_who_one_is(client: Client, contributor: User) -> None:
    contributor.forename, contributor.team = "Con <b>", TeamFactory(name="R&D")
    contributor.save()
    client.force_login(contributor)

    facts = page_of(client).select_one("dl.facts")

    assert [" ".join(fact.text.split()) for fact in facts.select("dd")] == [
        "Con <b> Tributor",
        "con@council.example",
        "None yet",
        "R&D",
    ]
    assert page_of(client).select_one(".rail a")["href"] == "/account/password/"


def test_preferences_are_saved(client: Client, contributor: User) -> None:
    client.force_login(contributor)

    response = client.post(ADDRESS, {"start_page": "mine", "email": "other@council.example"})

    contributor.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    assert (contributor.start_page, contributor.shows_email) == ("mine", False)
    assert contributor.email == "con@council.example"


@pytest.mark.parametrize("sent", ["", "nowhere", "\x00", "\u202e", "9" * 10_000])
def test_what_cannot_be_chosen_is_told(client: Client, contributor: User, sent: str) -> None:
    client.force_login(contributor)

    response = client.post(ADDRESS, {"start_page": sent, "shows_email": "on"})

    contributor.refresh_from_db()
    assert response.status_code == 200
    assert response.context["form"].errors == {"start_page": ["Choose where to begin"]}
    assert contributor.start_page == "home"


@pytest.mark.parametrize(
    ("start_page", "going", "arrives"),
    [
        ("home", "", "/"),
        ("mine", "", "/updates/"),
        ("mine", "/", "/updates/"),
        ("mine", "/digests/", "/digests/"),
    ],
)
def test_signing_in_leads_to_the_page_they_begin_at(
    contributor: User, start_page: str, going: str, arrives: str
) -> None:
    contributor.start_page = start_page
    contributor.save()
    data = {"login": contributor.email, "password": "a long walk by the river", "next": going}

    response = Client().post("/account/sign-in/", data)

    assert response["Location"] == arrives
    assert sign_in(Client(), contributor.email, "a long walk by the river").status_code == 302
