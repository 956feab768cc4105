"""An admin sets a first password, and never another: they could sign in as an editor."""

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from people.models import Event, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/user/"
NEW = "rain on the roof"


def send(client: Client, address: str, password: str = NEW, usable: str = "true") -> HttpResponse:
    data = {"password1": password, "password2": password, "usable_password": usable}
    return client.post(address, data)


def test_first_password_is_set_by_its_link_and_written_down(as_admin: Client, admin: User) -> None:
    person = UserFactory(password=None, forename="New", surname="Person")
    page = BeautifulSoup(as_admin.get(f"{PEOPLE}{person.pk}/change/").content, "html.parser")
    link = page.find("a", string="Set a first password")["href"]

    shown, response = as_admin.get(link), send(as_admin, link)

    person.refresh_from_db()
    assert (shown.status_code, response.status_code) == (200, 302)
    assert person.check_password(NEW)
    assert [(str(event), event.by) for event in Event.objects.all()] == [
        ("set a first password for New Person", admin)
    ]


def test_password_that_is_refused_is_not_written_down(as_admin: Client) -> None:
    person = UserFactory(password=None)

    response = send(as_admin, f"{PEOPLE}{person.pk}/password/", "password")

    person.refresh_from_db()
    assert (response.status_code, person.has_usable_password()) == (200, False)
    assert not Event.objects.exists()


@pytest.mark.parametrize("usable", ["true", "false"])
@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_takes_over_an_account(
    client: Client, admin: User, superuser: User, director: User, is_superuser: bool, usable: str
) -> None:
    client.force_login(superuser if is_superuser else admin)
    address = f"{PEOPLE}{director.pk}/password/"

    response = send(client, address, usable=usable)

    director.refresh_from_db()
    assert (response.status_code, client.get(address).status_code) == (403, 403)
    assert (
        "This person has a password already, and an admin sets a first one only."
        in response.content.decode()
    )
    assert director.check_password(PASSWORD)
    assert not Event.objects.exists()


def test_page_says_whether_somebody_has_a_password(as_admin: Client, director: User) -> None:
    texts = []
    for person in (director, UserFactory(password=None)):
        page = as_admin.get(f"{PEOPLE}{person.pk}/change/")
        field = BeautifulSoup(page.content, "html.parser").select_one(".field-password_set")
        texts.append(" ".join(field.select_one(".readonly").get_text().split()))

    assert texts == [
        "They have a password, which nobody else can change here.",
        "They cannot sign in by password. Set a first password",
    ]


@pytest.mark.parametrize("number", ["0", "9" * 30, "abc"])
def test_nobody_has_no_password_page(as_admin: Client, number: str) -> None:
    assert send(as_admin, f"{PEOPLE}{number}/password/").status_code == 404
