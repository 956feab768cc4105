"""Passwords are changed and set anew by the people they belong to, and by nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings as portal
from django.contrib.messages import get_messages
from django.test import Client

from ddat.clock import now, today
from people.links import LinkTokens, use_link
from people.models import User
from tests.factories import PASSWORD, UserFactory
from tests.people.mailing import NEW, follow, link_in, sent, set_password, sign_in

pytestmark = pytest.mark.django_db

CHANGE, ASK = "/account/password/", "/account/password/reset/"
SENT, DONE = "/account/password/reset/sent/", "/account/password/reset/done/"
ODD = "Enter an email address in the correct format, like name@example.com"
DEAD = "This link no longer works"


@pytest.fixture
def link(client: Client, contributor: User) -> str:
    client.post(ASK, {"email": contributor.email})
    return link_in(sent()[0])


def heading(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.find("h1").get_text().split())


def change(client: Client, old: str = PASSWORD, new: str = NEW) -> Any:
    return client.post(CHANGE, {"old_password": old, "new_password": new})


# Changing


def test_password_is_changed_and_only_this_session_goes_on(
    client: Client, contributor: User
) -> None:
    client.force_login(contributor)
    other = Client()
    other.force_login(contributor)
    key = client.session.session_key

    response = change(client)

    contributor.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/account/preferences/")
    assert contributor.check_password(NEW)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Your password is changed. Other devices are signed out."
    ]
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)
    assert client.session.session_key != key


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        (
            "",
            "",
            {
                "old_password": ["Enter the password you have now"],
                "new_password": ["Enter a new password"],
            },
        ),
        ("wrong", NEW, {"old_password": ["This is not your password now. Try again"]}),
        (
            PASSWORD,
            "short",
            {"new_password": ["Enter a password of at least 10 characters"]},
        ),
        (
            PASSWORD,
            "password1234",
            {"new_password": ["Many people use this password. Enter one that is harder to guess"]},
        ),
        (
            PASSWORD,
            "840275198402",
            {"new_password": ["Enter a password with more than numbers in it"]},
        ),
        (
            PASSWORD,
            "con@council.example",
            {
                "new_password": [
                    "This password is too much like your name or email. Enter another one"
                ]
            },
        ),
        (PASSWORD, f"{NEW}\x00", {"new_password": ["Null characters are not allowed."]}),
    ],
)
def test_what_is_refused_says_what_to_do(
    client: Client, contributor: User, old: str, new: str, errors: dict[str, list[str]]
) -> None:
    client.force_login(contributor)

    response = change(client, old, new)

    contributor.refresh_from_db()
    assert (response.status_code, response.context["form"].errors) == (200, errors)
    assert contributor.check_password(PASSWORD)


def test_passwords_are_never_shown_again(client: Client, contributor: User) -> None:
    client.force_login(contributor)

    page = change(client, "wrong by far", "short").content.decode()

    assert ("wrong by far" in page, "short" in page) == (False, False)


# Asking for a link


def test_link_is_mailed_and_sets_a_password(client: Client, contributor: User) -> None:
    asked = client.post(ASK, {"email": "CON@Council.Example"})
    (message,) = sent()

    done = set_password(client, link_in(message))

    assert (asked.status_code, asked["Location"]) == (302, SENT)
    assert (message.subject, message.to) == (
        "Set a new password for DDaT Weeknotes",
        [contributor.email],
    )
    assert "Somebody, most likely you, asked for a link" in message.body
    assert (done.status_code, done["Location"]) == (302, DONE)
    assert sign_in(client, contributor.email)["Location"] == "/"


def test_whoever_has_no_password_yet_may_ask_too(client: Client) -> None:
    person = UserFactory(password=None)

    client.post(ASK, {"email": person.email})

    assert [message.subject for message in sent()] == ["Set your password for DDaT Weeknotes"]


@pytest.mark.time_machine(now(), tick=False)
def test_nobody_can_tell_who_is_here(contributor: User, leaver: User) -> None:
    demo = UserFactory(email="reader@ddat.example")
    emails = [contributor.email, "nobody@council.example", leaver.email, demo.email]

    answers = []
    for email in emails:
        asking = Client()
        page = asking.get(ASK)
        asked = asking.post(ASK, {"email": email})
        then = asking.get(asked["Location"])
        headers = [told_by(response) for response in (page, asked, then)]
        bodies = [untoken(response.content) for response in (page, asked, then)]
        cookies = [name for name in asking.cookies if name != portal.CSRF_COOKIE_NAME]
        answers.append((asked.status_code, headers, bodies, cookies))

    assert all(answer == answers[0] for answer in answers)
    assert [message.to for message in sent()] == [[contributor.email]]


def told_by(response: Any) -> dict[str, str]:
    """Every header but the request's own number."""
    return {name: text for name, text in response.headers.items() if name != "X-Request-ID"}


def untoken(body: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode())


@pytest.mark.parametrize("who", ["con@council.example", "lea@council.example", "un@known.example"])
def test_wrong_passwords_are_answered_alike(
    client: Client, contributor: User, leaver: User, who: str
) -> None:
    wrong = untoken(sign_in(Client(), who, "wrong").content).replace(who, "")
    other = untoken(sign_in(Client(), "other@council.example", "wrong").content)

    assert wrong == other.replace("other@council.example", "")


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("", "Enter your work email"),
        ("con", ODD),
        ("con@council.example\x00", ODD),
    ],
)
def test_odd_addresses_are_told_so(client: Client, email: str, error: str) -> None:
    response = client.post(ASK, {"email": email})

    errors = response.context["form"].errors["email"]
    assert (response.status_code, errors[0]) == (200, error)
    assert sent() == []


# The link


def test_looking_at_a_link_uses_nothing_up(client: Client, contributor: User, link: str) -> None:
    scanner = Client()
    for _ in range(3):
        scanner.head(link)
        follow(scanner, link)

    contributor.refresh_from_db()
    assert contributor.check_password(PASSWORD)
    assert set_password(Client(), link)["Location"] == DONE


def test_token_leaves_the_address(client: Client, link: str) -> None:
    token = link.split("/")[-2]

    response = follow(client, link)

    ((address, status),) = response.redirect_chain
    assert (status, response.status_code) == (302, 200)
    assert token not in address
    assert token not in response.content.decode()
    assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "no-store" in response["Cache-Control"]


def test_link_works_once(client: Client, contributor: User, link: str) -> None:
    other = Client()
    page = follow(other, link)
    set_password(client, link)

    again = set_password(Client(), link, "another one entirely")
    late = other.post(page.wsgi_request.path, {"new_password": "another one entirely"})

    contributor.refresh_from_db()
    assert [heading(again), heading(late)] == [DEAD, DEAD]
    assert contributor.check_password(NEW)
    assert BeautifulSoup(again.content, "html.parser").select_one("main a")["href"] == ASK


def test_link_used_by_two_at_once_sets_one_password(contributor: User) -> None:
    token = LinkTokens().make_token(contributor)
    both = [User.objects.get(pk=contributor.pk) for _ in range(2)]

    answers = [
        use_link(person=person, token=token, password=f"{NEW} {number}")
        for number, person in enumerate(both)
    ]

    contributor.refresh_from_db()
    assert answers == [True, False]
    assert contributor.check_password(f"{NEW} 0")


def test_old_link_is_dead(client: Client, link: str) -> None:
    with time_machine.travel(now() + timedelta(days=2, hours=23)):
        assert heading(follow(Client(), link)) == "Set your password"
    with time_machine.travel(now() + timedelta(days=3, minutes=1)):
        assert heading(follow(Client(), link)) == DEAD


def test_signing_in_ends_links(client: Client, contributor: User, link: str) -> None:
    sign_in(Client(), contributor.email, PASSWORD)

    assert heading(follow(Client(), link)) == DEAD


@pytest.mark.parametrize("was_open", [False, True])
def test_leavers_link_is_dead(contributor: User, link: str, was_open: bool) -> None:
    browser = Client()
    page = follow(browser, link)
    contributor.leaves_on = today()
    contributor.save(update_fields=["leaves_on"])

    if was_open:
        response = browser.post(page.wsgi_request.path, {"new_password": NEW})
    else:
        response = follow(browser, link)

    contributor.refresh_from_db()
    assert heading(response) == DEAD
    assert contributor.check_password(PASSWORD)


def test_setting_a_password_signs_everybody_out(contributor: User, director: User) -> None:
    theirs, shared = Client(), Client()
    theirs.force_login(contributor)
    shared.force_login(director)
    Client().post(ASK, {"email": contributor.email})

    set_password(shared, link_in(sent()[0]))

    assert (theirs.get("/").status_code, shared.get("/").status_code) == (302, 302)


def test_weak_password_is_refused_and_the_link_still_works(client: Client, link: str) -> None:
    response = set_password(client, link, "short")

    assert response.context["form"].errors == {
        "new_password": ["Enter a password of at least 10 characters"]
    }
    assert set_password(client, link)["Location"] == DONE


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "MQ/nonsense",
        "MQ/set-password",
        "x/y-z",
        "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b",
        "%00/%00",
        f"{'9' * 10_000}/1-1",
        "\u202e/\ud7ff-1",
    ],
    ids=range(7),
)
def test_links_that_never_were_are_dead(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(f"{ASK}{path}/")

    assert response.status_code == 200
    if method != "head":
        assert heading(response) == DEAD


def test_page_behind_a_link_is_the_portals(client: Client, contributor: User) -> None:
    pages = [CHANGE, ASK, SENT, DONE, f"{ASK}MQ/nonsense/"]
    client.force_login(contributor)

    headings = [heading(client.get(page)) for page in pages]

    assert headings == [
        "Change your password",
        "Set a new password",
        "Look at your mail",
        "Your password is set",
        DEAD,
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?first", "You can sign in now, with your work email and this password."),
        ("", "Every device is signed out. Sign in with your new password."),
    ],
)
def test_first_password_signs_nobody_out(client: Client, asked: str, said: str) -> None:
    page = BeautifulSoup(client.get(f"{DONE}{asked}").content, "html.parser")

    assert page.select_one(".standfirst").get_text() == said


@pytest.mark.parametrize("address", [SENT, DONE])
def test_pages_that_only_tell_take_no_post(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
