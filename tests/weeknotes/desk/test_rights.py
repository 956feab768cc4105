"""The desk is there for editors alone."""

import re

import pytest
from django.test import Client

from people.models import Role, User
from tests.factories import RoleGrantFactory, TeamFactory, TeamPostFactory, UserFactory
from tests.weeknotes.week import editor, hand_in, open_digest

pytestmark = pytest.mark.django_db

ONE = "/desk/2026-05-18/"
PAGES = [
    "/desk/",
    "/desk/new/",
    ONE,
    f"{ONE}details/",
    f"{ONE}note/",
    f"{ONE}updates/team-web/",
    f"{ONE}preview/",
]
ACTIONS = [
    "/desk/new/",
    f"{ONE}details/",
    f"{ONE}composing/",
    f"{ONE}note/",
    f"{ONE}updates/team-web/position/",
    f"{ONE}updates/team-web/decision/",
    f"{ONE}publication/",
]


@pytest.fixture(autouse=True)
def _week() -> None:
    team = TeamFactory(name="Web")
    TeamPostFactory(team=team, person=UserFactory(email="lead@council.example"))
    RoleGrantFactory(person=UserFactory(email="admin@council.example"), role=Role.ADMIN)
    UserFactory(email="root@council.example", is_superuser=True)
    UserFactory(email="reader@council.example")
    hand_in(open_digest(), team)


@pytest.fixture(params=["reader", "lead", "admin", "root"])
def as_other(request: pytest.FixtureRequest, client: Client) -> Client:
    client.force_login(User.objects.get(email=f"{request.param}@council.example"))
    return client


def test_editor_has_every_page(as_editor: Client) -> None:
    assert [as_editor.get(page).status_code for page in PAGES] == [200] * len(PAGES)


def test_nobody_else_has_any(as_other: Client) -> None:
    assert {as_other.get(page).status_code for page in [*PAGES, *ACTIONS]} == {404}
    assert {as_other.post(page).status_code for page in [*PAGES, *ACTIONS]} == {404}


def test_others_are_told_what_they_would_be_of_a_page_that_is_not(as_other: Client) -> None:
    there, nowhere = as_other.get(ONE), as_other.get("/desk/2001-01-01/")

    pages = [re.sub(rb'csrf\w+" value="\w+"', b"", page.content) for page in (there, nowhere)]
    assert there.status_code == nowhere.status_code == 404
    assert pages[0] == pages[1]


def test_editor_no_more_has_none(client: Client) -> None:
    person = editor()
    RoleGrantFactory()  # somebody has to be one
    person.role_grants.get().end(by=UserFactory())
    client.force_login(person)

    assert {client.get(page).status_code for page in PAGES} == {404}


def test_stranger_is_asked_to_sign_in(client: Client) -> None:
    for page in [*PAGES, *ACTIONS]:
        assert client.get(page).url.startswith("/account/sign-in/")
        assert client.post(page).url.startswith("/account/sign-in/")


@pytest.mark.parametrize("page", ["", "details/", "preview/", "updates/team-web/"])
def test_digest_that_is_not_has_no_desk(as_editor: Client, page: str) -> None:
    assert as_editor.get(f"/desk/2001-01-01/{page}").status_code == 404
    assert as_editor.get(f"/desk/draft/{page}").status_code == 404
