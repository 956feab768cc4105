"""Who may enter the admin, and by which door."""

import pytest
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.test import Client

from people.models import User
from tests.factories import RoleGrantFactory

pytestmark = pytest.mark.django_db

IN, OUT = "/account/sign-in/?next=%2Fadmin%2F", "/account/sign-in/"


def test_stranger_comes_through_the_portals_door(client: Client) -> None:
    response = client.get("/admin/people/user/", follow=True)

    assert [address for address, _ in response.redirect_chain] == [
        "/account/sign-in/?next=/admin/people/user/",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_admins_own_sign_in_page_is_closed(client: Client, admin: User, method: str) -> None:
    data = {"username": admin.email, "password": "wrong"}

    response = getattr(client, method)("/admin/login/", data)

    assert (response.status_code, response["Location"]) == (302, IN)


def test_door_leads_nowhere_else(client: Client) -> None:
    response = client.get("/admin/login/?next=https://evil.example/")

    assert response["Location"] == IN


def test_admin_and_superuser_enter(client: Client, admin: User, superuser: User) -> None:
    for person in (admin, superuser):
        client.force_login(person)

        assert client.get("/admin/").status_code == 200
        assert client.get("/admin/login/?next=/admin/people/")["Location"] == "/admin/people/"


@pytest.mark.parametrize("page", ["", "people/user/", "login/", "jsi18n/", "logout/"])
def test_others_are_refused(client: Client, director: User, page: str) -> None:
    client.force_login(director)

    assert client.get(f"/admin/{page}").status_code == 403


def test_signing_out_of_the_admin_is_signing_out(as_admin: Client) -> None:
    page = as_admin.get("/admin/logout/")
    response = as_admin.post("/admin/logout/")

    assert page.status_code == 200
    assert (response.status_code, response["Location"]) == (302, OUT)
    assert SESSION_KEY not in as_admin.session


def test_admin_works_without_any_of_djangos_permissions(client: Client) -> None:
    person = RoleGrantFactory(role="admin").person
    client.force_login(person)
    assert not person.get_all_permissions()

    page = client.get("/admin/").content.decode()

    assert "DDaT Weeknotes administration" in page
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(base).status_code == 200
        assert client.get(f"{base}add/").status_code == 200


def test_groups_and_addresses_are_not_there() -> None:
    names = {model.__name__ for model in admin.site._registry}

    assert names >= {"User", "Team", "TeamPost", "RoleGrant", "Project", "ProjectPost", "Product"}
    assert not names & {"Group", "Permission", "EmailAddress", "Event"}
