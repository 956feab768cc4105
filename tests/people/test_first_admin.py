"""An empty portal is brought to life as docs/operations.md says, under "The first admin"."""

import pytest
from django.test import Client

from people.models import RoleGrant, Team, User
from weeknotes.digests.models import Digest

pytestmark = pytest.mark.django_db

PEOPLE, GRANTS, TEAMS = (f"/admin/people/{model}/add/" for model in ("user", "rolegrant", "team"))
NO_POSTS = {"posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}
WEEK = {
    "covers_from": "2026-11-23",
    "covers_to": "2026-11-27",
    "deadline_on": "2026-11-26",
    "deadline_time": "12:00",
    "due_on": "2026-11-27",
}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def added(client: Client, name: str) -> User:
    email = f"{name}@council.example".lower()
    answer = client.post(PEOPLE, {"email": email, "forename": name, "surname": "New"})
    assert answer.status_code == 302
    return User.objects.get(email=email)


def test_the_first_people_teams_and_digest_come_to_be(superuser: User) -> None:
    root = signed_in(superuser)
    on_the_portal = root.get("/").content.decode()
    first = added(root, "Ada")
    granted = root.post(GRANTS, {"person": first.pk, "role": "admin"})
    admin = signed_in(first)
    with_link = admin.get("/").content.decode()
    house = [
        admin.post(TEAMS, {"name": "Directorate", "house_order": 1} | NO_POSTS),
        admin.post(TEAMS, {"name": "Web", "house_order": 2} | NO_POSTS),
    ]
    director = added(admin, "Di")
    own = admin.post(GRANTS, {"person": first.pk, "role": "editor"})
    given = admin.post(GRANTS, {"person": director.pk, "role": "editor"})
    opened = signed_in(director).post("/desk/new/", WEEK)

    assert ('href="/admin/"' in on_the_portal, 'href="/admin/"' in with_link) == (False, True)
    assert (granted.status_code, own.status_code, given.status_code) == (302, 200, 302)
    assert [answer.status_code for answer in house] == [302, 200]
    assert [team.name for team in Team.objects.all()] == ["Directorate"]
    assert sorted(RoleGrant.objects.values_list("person__forename", "role")) == [
        ("Ada", "admin"),
        ("Di", "editor"),
    ]
    assert (opened.status_code, Digest.objects.count()) == (302, 1)
