"""The door: who comes in, who does not, and what each is told."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ddat import clock
from people.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN, SIGN_OUT = "/account/sign-in/", "/account/sign-out/"
WRONG = ["Your email address or password is wrong. Try again."]


def sign_in(client: Client, email: str, password: str = PASSWORD, **data: str):
    return client.post(SIGN_IN, {"login": email, "password": password, **data})


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_right_password_leads_home(client: Client, contributor: User) -> None:
    response = sign_in(client, "Con@Council.Example")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(contributor.pk)
    assert not contributor.emailaddress_set.exists()


def test_sign_in_leads_where_one_was_going(client: Client, contributor: User) -> None:
    page = client.get(SIGN_IN, {"next": "/digests/"})
    hidden = BeautifulSoup(page.content, "html.parser").find("input", {"name": "next"})

    response = sign_in(client, contributor.email, next=hidden["value"])

    assert response["Location"] == "/digests/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:a"])
def test_sign_in_leads_nowhere_else(client: Client, contributor: User, elsewhere: str) -> None:
    response = sign_in(client, contributor.email, next=elsewhere)

    assert response["Location"] == "/"


def test_page_asks_for_two_things(client: Client) -> None:
    response = client.get(SIGN_IN)

    form = response.context["form"]
    assert response.status_code == 200
    assert [(field.name, field.label) for field in form] == [
        ("login", "Work email"),
        ("password", "Password"),
    ]
    assert "placeholder" not in str(form["login"]) + str(form["password"])


@pytest.mark.parametrize(
    ("email", "password", "errors"),
    [
        ("", "", {"login": ["Enter your work email"], "password": ["Enter your password"]}),
        (
            "somebody",
            "x",
            {"login": ["Enter an email address in the correct format, like name@example.com"]},
        ),
    ],
)
def test_missing_or_odd_answers_say_what_to_do(
    client: Client, email: str, password: str, errors: dict[str, list[str]]
) -> None:
    response = sign_in(client, email, password)

    assert response.context["form"].errors == errors


@pytest.mark.parametrize("who", ["nobody@council.example", "con@council.example"])
def test_wrong_password_and_unknown_person_are_told_the_same(
    client: Client, contributor: User, who: str
) -> None:
    response = sign_in(client, who, "wrong")

    field = BeautifulSoup(response.content, "html.parser").find("input", {"name": "login"})
    assert response.context["form"].errors == {"__all__": WRONG}
    assert field["value"] == who
    assert not is_signed_in(client)


def test_leaver_is_told_what_a_stranger_is_told(client: Client, leaver: User) -> None:
    response = sign_in(client, leaver.email)

    assert response.context["form"].errors == {"__all__": WRONG}
    assert not is_signed_in(client)


def test_person_without_a_password_cannot_sign_in_by_one(client: Client) -> None:
    person = UserFactory(password=None)

    response = sign_in(client, person.email, "!")

    assert response.context["form"].errors == {"__all__": WRONG}


def test_leaving_ends_what_is_open(client: Client, contributor: User) -> None:
    sign_in(client, contributor.email)
    assert client.get("/").status_code == 200

    contributor.leaves_on = clock.today()
    contributor.save(update_fields=["leaves_on"])

    assert client.get("/").status_code == 302


def test_demo_account_works_in_the_demonstration_only(client: Client, settings) -> None:
    person = UserFactory(email="reader@ddat.example")

    refused = sign_in(client, person.email)
    settings.DEMO = True
    welcomed = sign_in(client, person.email)
    inside = client.get("/")
    settings.DEMO = False
    outside = client.get("/")

    assert refused.context["form"].errors == {"__all__": WRONG}
    assert [welcomed.status_code, inside.status_code, outside.status_code] == [302, 200, 302]


def test_too_many_wrong_passwords_meet_the_429_page(client: Client, contributor: User) -> None:
    answers = [sign_in(client, contributor.email, "wrong").status_code for _ in range(6)]
    right = sign_in(client, contributor.email)

    assert answers == [200] * 5 + [429]
    assert right.status_code == 429
    assert "Too many tries" in right.content.decode()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("con@council.example", "p" * 1024 * 1024),
        ("e" * 1024 * 1024 + "@council.example", "p"),
        ("con\x00@council.example", "p"),
        ("con@council.example", "p\x00"),
        ("\ud800@council.example", "\u202e"),
        ("con@council.example\n", "['"),
    ],
)
def test_hostile_answers_are_only_wrong(
    client: Client, contributor: User, email: str, password: str
) -> None:
    body = f"login={email}&password={password}".encode("utf-8", "surrogatepass")

    response = client.post(SIGN_IN, body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert not is_signed_in(client)


def test_signed_in_person_is_sent_on(client: Client, contributor: User) -> None:
    client.force_login(contributor)

    response = client.get(SIGN_IN, {"next": "/digests/"})

    assert (response.status_code, response["Location"]) == (302, "/digests/")


def test_signing_out_takes_a_post(client: Client, contributor: User) -> None:
    client.force_login(contributor)

    page = client.get(SIGN_OUT)
    assert page.status_code == 200
    assert is_signed_in(client)

    response = client.post(SIGN_OUT)
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    assert not is_signed_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_out_twice_leads_to_the_door(client: Client, method: str) -> None:
    response = getattr(client, method)(SIGN_OUT)

    assert (response.status_code, response["Location"]) == (302, SIGN_IN)


def test_signing_in_and_out_leaves_no_message(client: Client, contributor: User) -> None:
    sign_in(client, contributor.email)
    client.post(SIGN_OUT)

    page = client.get(SIGN_IN)

    assert list(page.context["messages"]) == []


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password"])
def test_nothing_else_of_allauth_has_an_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_themselves_up(rf) -> None:
    from allauth.account.adapter import get_adapter

    assert not get_adapter().is_open_for_signup(rf.get("/"))
