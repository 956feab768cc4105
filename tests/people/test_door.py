"""What was sent after the session ended is handed back, and nothing else is."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESS = "/updates/2026-05-18/teams/web/"


def test_words_sent_by_a_stranger_are_shown_for_copying(client: Client) -> None:
    words = "- Met <b>residents</b> & others\n- Wrote it up"

    response = client.post(ADDRESS, {"s0-lines": words, "version": "3", "do": "save"})

    page = BeautifulSoup(response.content, "html.parser")
    shown = [area.text.removeprefix("\n") for area in page.select("textarea[readonly]")]
    assert (response.status_code, shown) == (403, [words])
    assert page.select_one("main a")["href"] == f"/account/sign-in/?next={ADDRESS}"
    assert response["Cache-Control"] == "private, no-store"


def test_passwords_and_an_imports_table_are_never_shown_again(client: Client) -> None:
    secret = "three secret words"
    names = ["password", "password1", "password2", "oldpassword", "new_Password", "rows"]

    response = client.post("/account/password/", dict.fromkeys(names, secret))
    beside_words = client.post(ADDRESS, {**dict.fromkeys(names, secret), "s0-lines": "- A line"})

    assert (response.status_code, response["Location"]) == (
        302,
        "/account/sign-in/?next=/account/password/",
    )
    page = BeautifulSoup(beside_words.content, "html.parser")
    assert [area.text.strip() for area in page.select("textarea[readonly]")] == ["- A line"]
    assert secret not in beside_words.text


@pytest.mark.parametrize(
    "sent", [{}, {"move": "up"}, {"csrfmiddlewaretoken": "x" * 64}, {"seen": '{"a": "b"}'}]
)
def test_without_words_a_stranger_is_sent_to_sign_in(client: Client, sent: dict[str, str]) -> None:
    response = client.post(ADDRESS, sent)

    assert (response.status_code, response["Location"]) == (
        302,
        f"/account/sign-in/?next={ADDRESS}",
    )
