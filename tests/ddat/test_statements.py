"""The statements: open to strangers, linked from every page, true of the settings."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as live_settings
from django.contrib.staticfiles.finders import find
from django.test import Client

from people.models import User
from tests.factories import UserFactory

PAGES = {
    "/accessibility/": "Accessibility statement for DDaT Weeknotes",
    "/privacy/": "Privacy notice",
    "/cookies/": "Cookies",
}


def page_at(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.main.text.split())


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_a_stranger_may_read_it_without_the_database(client: Client, path: str, title: str) -> None:
    assert page_at(client, path).h1.get_text(strip=True) == title


@pytest.mark.django_db
def test_every_page_links_to_them(client: Client) -> None:
    for path in ("/account/sign-in/", "/nowhere/", *PAGES):
        answer = BeautifulSoup(client.get(path).content, "html.parser")
        assert [link["href"] for link in answer.select("footer a")] == list(PAGES)


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/"])
def test_they_name_the_organisation_and_where_to_write(
    client: Client, settings: Any, path: str
) -> None:
    settings.ORGANISATION = "Example <b>Council</b>"
    settings.CONTACT_EMAIL = "weeknotes@example.gov.uk"
    settings.DATA_PROTECTION_EMAIL = "dpo@example.gov.uk"

    page = page_at(client, path)

    written = {"/accessibility/": "weeknotes@example.gov.uk", "/privacy/": "dpo@example.gov.uk"}
    assert "run by Example <b>Council</b>" in words(page)
    assert [a.text for a in page.select("a[href^=mailto]")] == [written[path]]


@pytest.mark.parametrize(
    ("path", "whom"),
    [
        ("/accessibility/", "contact your council's digital team and say which page it is about."),
        ("/privacy/", "Ask the data protection officer of your council about any of these."),
    ],
)
def test_they_can_be_read_before_anything_is_set(client: Client, path: str, whom: str) -> None:
    page = page_at(client, path)

    assert "run by your council" in words(page)
    assert whom in words(page)
    assert "the organisation that runs it" not in words(page)
    assert page.select("a[href^=mailto]") == []


def test_the_statement_says_when_it_was_tested(client: Client) -> None:
    assert "last tested on 22 November 2026" in words(page_at(client, "/accessibility/"))


# Where the privacy notice tells of each thing that is kept about a person.
TOLD = {
    "your name, work email address, job title and team, and when you were added": {
        *("id", "slug", "forename", "surname", "email", "job_title", "team", "date_joined"),
    },
    "those you had before, with who changed them and when": set(),
    "your password, in a form that nobody can read, and when you last signed in": {
        *("password", "last_login", "session_number"),
    },
    "the posts and roles you hold or have held, with their dates": {
        *("is_superuser", "groups", "user_permissions"),
    },
    "the day you leave, once it is known": {"leaves_on"},
    "what you chose among your preferences": {"start_page", "shows_email"},
    "what you write, with earlier versions of it, and your name beside what is published": set(),
    "that you have the form of an update open, while you have: whoever else may write there sees "
    "it, and it is told for 15 minutes at most after you were last heard of": set(),
    "your reactions: no page says whose they are, but the database does, so that you have only one "
    "and can take it back": set(),
    "a record of what you did, such as submitting or publishing, and of what others did that names "
    "you, such as appointing you or changing your email address, and when": set(),
}


def test_the_privacy_notice_tells_all_that_is_kept_of_a_person(client: Client) -> None:
    items = page_at(client, "/privacy/").select_one("main ul").select("li")

    assert [" ".join(item.text.split()) for item in items] == list(TOLD)
    kept = User._meta
    fields = {field.name for field in [*kept.fields, *kept.many_to_many]}
    assert fields - set().union(*TOLD.values()) == set()


@pytest.mark.django_db
def test_the_cookies_told_are_those_that_are_set(client: Client) -> None:
    page = page_at(client, "/cookies/")
    told = [heading.text for heading in page.select("main h2")][:-1]  # the last is of no cookie
    hours = live_settings.SESSION_COOKIE_AGE // 3600

    person = UserFactory(email="a@b.example")
    person.set_password("long enough a password")
    person.save()
    client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"login": person.email, "password": "long enough a password"})
    client.get("/")

    assert set(told) == set(client.cookies)
    assert f"Keeps you signed in. It stays until you sign out, at most {hours} hours." in words(
        page
    )
    assert client.cookies["csrftoken"]["max-age"] == 364 * 24 * 3600


NOT_USED = {"htmx-history-cache"}  # the page's settings keep none
ADMINS = [f"admin/js/{name}.js" for name in ("filters", "nav_sidebar", "theme")]


def test_the_notes_told_are_those_that_scripts_leave(client: Client) -> None:
    root = live_settings.BASE_DIR
    told = [name.text for name in page_at(client, "/cookies/").select("main li b")]
    scripts = [Path(str(find(name))) for name in ("django_htmx/htmx-2.js", *ADMINS)]
    scripts += (root / "static/js").glob("*.js")
    left = {
        name
        for script in scripts
        for name in re.findall(r"Storage\.setItem\([\"']([^\"']+)", script.read_text())
    }

    assert set(told) == left - NOT_USED
    page = BeautifulSoup((root / "templates/components/htmx.html").read_text(), "html.parser")
    assert json.loads(page.meta["content"])["historyCacheSize"] == 0
