"""A starter is mailed a link and sets their own password; no admin sees either."""

import re
import socket
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import NoReverseMatch, reverse

from people.models import Event, User
from tests.factories import UserFactory
from tests.people.mailing import NEW, follow, link_in, sent, set_password, sign_in

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/user/"
STARTER = {"email": "Nia.Hughes@council.example", "forename": "Nia", "surname": "Hughes & Co"}
ON_ITS_WAY = "A link to set a password is on its way to nia.hughes@council.example. It works once."

Post = Callable[..., Any]


@pytest.fixture
def post(as_admin: Client, django_capture_on_commit_callbacks: Any) -> Post:
    """Send a form as the admin, to the end of its transaction and what comes after."""

    def post_(address: str, data: dict[str, Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return as_admin.post(address, data)

    return post_


def free_port() -> int:
    """A port at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def told(response: Any) -> list[str]:
    texts = [str(message) for message in get_messages(response.wsgi_request)]
    return [text for text in texts if "successfully" not in text]


def test_starter_sets_their_own_password_and_signs_in(post: Post, admin: User) -> None:
    added = post(f"{PEOPLE}add/", STARTER)
    (message,) = sent()
    starter = Client()
    sign_in_before = sign_in(starter, "nia.hughes@council.example")

    done = set_password(starter, link_in(message))
    inside = sign_in(starter, "nia.hughes@council.example")

    person = User.objects.get(email="nia.hughes@council.example")
    assert (added.status_code, told(added)) == (302, [ON_ITS_WAY])
    assert sign_in_before.status_code == 200
    assert (done.status_code, done["Location"]) == (302, "/account/password/reset/done/?first")
    assert (inside.status_code, inside["Location"]) == (302, "/")
    assert starter.get("/").wsgi_request.user == person
    assert [(str(event), event.by) for event in Event.objects.all()] == [
        ("added Nia Hughes & Co", admin),
        ("sent a link to Nia Hughes & Co", admin),
    ]


def test_mail_says_who_why_and_how_long(post: Post) -> None:
    post(f"{PEOPLE}add/", STARTER)

    (message,) = sent()

    assert (message.subject, message.to) == (
        "Set your password for DDaT Weeknotes",
        ["nia.hughes@council.example"],
    )
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert message.content_subtype == "plain"
    lines = [line for line in message.body.splitlines() if line]
    assert lines[:2] == [
        "Hello Nia Hughes & Co,",
        "Ada Min has added you to DDaT Weeknotes, where Digital, Data and Technology",
    ]
    assert "The link works once, within 3 days." in message.body
    assert re.search(r"\n\n\n", message.body) is None


def test_link_is_sent_again_with_what_was_changed(post: Post, admin: User) -> None:
    person = UserFactory(password=None, email="nia.hughes@council.example")
    address = f"{PEOPLE}{person.pk}/change/"
    data = STARTER | {"job_title": "Web officer", "_send_link": "Save"}

    response = post(address, data)

    person.refresh_from_db()
    assert (response["Location"], told(response)) == (address, [ON_ITS_WAY])
    assert person.job_title == "Web officer"
    assert len(sent()) == 1


def test_whoever_has_a_password_is_sent_a_link_for_a_new_one(post: Post, contributor: User) -> None:
    response = post(PEOPLE, {"action": "send_links", "_selected_action": contributor.pk})

    (message,) = sent()
    assert response.status_code == 302
    assert message.subject == "Set a new password for DDaT Weeknotes"
    assert "Ada Min has sent you this link" in message.body


def test_links_are_sent_to_many_and_never_to_leavers(
    post: Post, contributor: User, director: User, leaver: User
) -> None:
    demo = UserFactory(email="reader@ddat.example")
    chosen = [person.pk for person in (contributor, director, leaver, demo)]

    response = post(PEOPLE, {"action": "send_links", "_selected_action": chosen})

    assert sorted(message.to for message in sent()) == [[contributor.email], [director.email]]
    assert sorted(told(response)) == sorted(
        [
            f"{demo} cannot sign in any more, so no link was sent to them.",
            "Lea Ver cannot sign in any more, so no link was sent to them.",
            "A link to set a password is on its way to con@council.example. It works once.",
            "A link to set a password is on its way to di@council.example. It works once.",
        ]
    )


@pytest.mark.parametrize("number", [50, 51])
def test_at_most_fifty_are_sent_at_a_time(post: Post, admin: User, number: int) -> None:
    chosen = [admin, *UserFactory.create_batch(number - 1)]
    data = {"action": "send_links", "_selected_action": [person.pk for person in chosen]}

    said = told(post(PEOPLE, data))

    if number == 50:
        assert (len(sent()), len(said)) == (50, 50)
    else:
        refusal = "Choose at most 50 people at a time. You chose 51, and nobody was sent a link."
        assert (sent(), said, Event.objects.count()) == ([], [refusal], 0)


def test_page_of_a_leaver_offers_no_link(as_admin: Client, contributor: User, leaver: User) -> None:
    offers = []
    for person in (contributor, leaver):
        page = as_admin.get(f"{PEOPLE}{person.pk}/change/")
        offers.append(len(BeautifulSoup(page.content, "html.parser").select("[name=_send_link]")))

    assert offers == [1, 0]


@pytest.mark.parametrize("way", ["add", "change", "action"])
def test_mail_server_that_is_down_loses_nobody(post: Post, settings: Any, way: str) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    other = UserFactory(password=None, email="nia.hughes@council.example", forename="Nia")
    addresses = {
        "add": (f"{PEOPLE}add/", STARTER | {"email": "other@council.example"}),
        "change": (
            f"{PEOPLE}{other.pk}/change/",
            STARTER | {"_send_link": "Save"},
        ),
        "action": (PEOPLE, {"action": "send_links", "_selected_action": other.pk}),
    }

    response = post(*addresses[way])

    (said,) = told(response)
    assert response.status_code == 302
    assert said.endswith(
        " is kept, but the mail to them could not be sent. Ask whoever runs the portal to look "
        "at its mail settings, then send the link again."
    )
    assert User.objects.filter(forename="Nia").count() == (2 if way == "add" else 1)
    assert not Event.objects.filter(verb="sent a link to").exists()


def test_sending_is_limited_for_each_person(post: Post, contributor: User) -> None:
    data = {"action": "send_links", "_selected_action": contributor.pk}

    answers = [told(post(PEOPLE, data)) for _ in range(6)]

    assert len(sent()) == 5
    assert answers[-1][-1] == (
        "Several links were sent to Con Tributor just now. "
        "Wait 15 minutes before you send another one."
    )


def test_page_says_whether_somebody_has_a_password(as_admin: Client, director: User) -> None:
    texts = []
    left = UserFactory(password=None, leaves_on=date(2026, 5, 1))
    for person in (director, UserFactory(password=None), left):
        page = as_admin.get(f"{PEOPLE}{person.pk}/change/")
        field = BeautifulSoup(page.content, "html.parser").select_one(".field-password_set")
        texts.append(" ".join(field.select_one(".readonly").get_text().split()))

    assert texts == [
        "They have a password, which only they can change.",
        "They have none yet. They set one with the link that is mailed to them.",
        "They have left and cannot sign in.",
    ]


def test_admin_has_no_page_for_anybodys_password(as_admin: Client, director: User) -> None:
    assert as_admin.get(f"{PEOPLE}{director.pk}/password/").status_code == 302
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[director.pk])
    for page in ("", "done/"):
        response = as_admin.get(f"/admin/password_change/{page}")
        assert response["Location"] == "/account/password/"


def test_no_question_about_passwords_is_answered(as_admin: Client, director: User) -> None:
    response = as_admin.get(f"{PEOPLE}?password={director.password}")

    assert response.status_code == 400


def test_added_person_cannot_sign_in_before_they_have_set_one(post: Post) -> None:
    post(f"{PEOPLE}add/", STARTER | {"password": NEW, "first_password": NEW})

    person = User.objects.get(email="nia.hughes@council.example")
    assert not person.has_usable_password()
    assert follow(Client(), link_in(sent()[0])).status_code == 200
