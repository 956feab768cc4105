"""What a person meets when something goes wrong, asked for as a browser does."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpResponse

from tests.permissions.world import World, standing_world, undone
from weeknotes.publications.models import Publication


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


def ask(world: World, status: int, who: str) -> HttpResponse:
    """Do something that is answered with this status."""
    client = world.client(who, raise_request_exception=False)
    if status == 400:
        return client.get("/", headers={"host": "not-ours.example"})
    if status == 403:
        return client.get("/admin/")
    if status == 404:
        return client.get("/digests/nowhere/" if who != "anonymous" else "/nowhere/")
    if status == 405:
        return client.get("/digests/published/reaction/")
    if status == 409:
        return client.post("/desk/published/publication/", {})
    if status == 413:
        return client.post("/account/sign-in/", "x" * 2_700_000, content_type="text/plain")
    if status == 429:
        for _ in range(31):
            response = client.post("/account/sign-in/", {"login": "a@b.example", "password": "x"})
        return response
    Publication.objects.update(body={})
    return client.get("/digests/published/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "who", "title"),
    [
        (400, "anonymous", "We could not read that"),
        (400, "reader", "We could not read that"),
        (403, "reader", "You cannot do this"),
        (404, "anonymous", "Page not found"),
        (404, "reader", "Page not found"),
        (405, "reader", "This cannot be opened by itself"),
        (409, "director", "Already published"),
        (413, "anonymous", "That was too large"),
        (413, "reader", "That was too large"),
        (429, "anonymous", "Too many tries"),
        (500, "reader", "Something went wrong"),
        (500, "director", "Something went wrong"),
    ],
)
def test_trouble_is_told_in_the_house_style(
    world: World, status: int, who: str, title: str
) -> None:
    with undone():
        response = ask(world, status, who)

    assert response.status_code == status
    assert_house_style(response, title)


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_says_so(world: World) -> None:
    client = world.client("reader", enforce_csrf_checks=True)

    response = client.post("/digests/published/reaction/", {"kind": "love"})

    assert response.status_code == 403
    assert_house_style(response, "Your page was open too long")


@pytest.mark.django_db
def test_what_is_refused_says_what_would_be_allowed(world: World) -> None:
    response = world.client("reader").get("/digests/published/reaction/")

    assert response.headers["Allow"] == "POST"


def assert_house_style(response: HttpResponse, title: str) -> None:
    """One heading, its title, our look, a way home, nothing active, and nothing of our insides."""
    assert not settings.DEBUG
    page = BeautifulSoup(response.content, "html.parser")
    assert [" ".join(h1.text.split()) for h1 in page.select("h1")] == [title]
    assert " ".join(page.title.text.split()) == f"{title} - DDaT Weeknotes"
    assert page.html["lang"] == "en-GB"
    assert page.select("a[href='/']") != [] or page.select("main a") != []
    assert len(page.select("svg.mark")) == 1  # in the bar, or above the words where there is none
    sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
    assert sheets == [
        "/static/vendor/govuk-frontend/govuk-frontend.min.css",
        "/static/css/portal.css",
    ]
    assert page.select("script, style, [style]") == []
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    for inside in ("Traceback", "KeyError", "django", "RuntimeError", "weeknotes/"):
        assert inside not in page.text
