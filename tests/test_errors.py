"""The pages for what went wrong: in the house style, saying what to do, asking no database."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client, RequestFactory

from ddat import errors

REQUEST = RequestFactory().get("/nowhere/")


def heading(response: HttpResponse) -> tuple[int, str]:
    """The status and the words of the only h1."""
    page = BeautifulSoup(response.content, "html.parser")
    (title,) = page.select("h1")
    return response.status_code, " ".join(title.text.split())


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (lambda: errors.bad_request(REQUEST, Exception()), (400, "We could not read that")),
        (lambda: errors.forbidden(REQUEST, Exception()), (403, "You cannot do this")),
        (lambda: errors.csrf_failure(REQUEST), (403, "Your page was open too long")),
        (lambda: errors.not_found(REQUEST, Exception()), (404, "Page not found")),
        (lambda: errors.conflict(REQUEST), (409, "Somebody changed this first")),
        (lambda: errors.server_error(REQUEST), (500, "Something went wrong")),
    ],
)
def test_each_error_has_its_page(response: Any, expected: tuple[int, str]) -> None:
    # None of these tests may touch the database: they have no fixture for it.
    answer = response()
    assert heading(answer) == expected
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Go to the home page" in [link.get_text(strip=True) for link in page.select("main a")]


def test_an_unknown_address_answers_in_the_house_style(client: Client) -> None:
    assert heading(client.get("/nowhere/at/all/")) == (404, "Page not found")


def test_a_stale_form_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/account/sign-in/", {"login": "x"})
    assert heading(answer) == (403, "Your page was open too long")


def stale(**headers: str) -> list[str]:
    """The words handed back from a form whose token is not the browser's."""
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.cookies["csrftoken"] = "a" * 32
    sent = {
        "csrfmiddlewaretoken": "b " * 16,
        "s0-text": "- We met <b>the residents</b>\n- at last",
        "version": "3",
        "new_password1": "four words or so",
        "seen": "what the page showed",
    }
    answer = client.post("/updates/2026-05-18/teams/web/", sent)
    assert heading(answer) == (403, "Your page was open too long")
    page = BeautifulSoup(answer.content, "html.parser")
    return [area.text.strip() for area in page.select("textarea[readonly]")]


@pytest.mark.parametrize("headers", [{}, {"origin": "http://testserver"}])
def test_words_of_a_stale_form_are_handed_back_without_password_and_token(
    headers: dict[str, str],
) -> None:
    assert stale(**headers) == ["- We met <b>the residents</b>\n- at last"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_words_that_another_site_made_the_browser_send_are_not_shown(origin: str) -> None:
    assert stale(origin=origin) == []


def test_the_server_error_page_stands_without_collected_files(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    answer = errors.server_error(REQUEST)
    assert heading(answer) == (500, "Something went wrong")
    assert BeautifulSoup(answer.content, "html.parser").select("link") == []


def test_too_many_tries_are_told_in_the_house_style(client: Client, db: None) -> None:
    for _ in range(31):  # allauth lets one address try 30 times a minute
        answer = client.post("/account/sign-in/", {"login": "a@b.example", "password": "x"})
    assert heading(answer) == (429, "Too many tries")
