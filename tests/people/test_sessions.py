"""Sessions and links: what ends them, and that nothing brings them back."""

import pytest
from django.test import Client

from ddat import clock
from people.links import LinkTokens
from people.models import User

pytestmark = pytest.mark.django_db


def test_ending_sessions_ends_every_cookie(client: Client, contributor: User) -> None:
    client.force_login(contributor)
    other = Client()
    other.force_login(contributor)
    before = client.get("/").status_code

    contributor.end_sessions()

    assert [before, client.get("/").status_code, other.get("/").status_code] == [200, 302, 302]


def test_ending_sessions_ends_every_link(contributor: User) -> None:
    tokens = LinkTokens()
    link = tokens.make_token(contributor)
    before = tokens.check_token(contributor, link)

    contributor.end_sessions()

    assert (before, tokens.check_token(contributor, link)) == (True, False)


def test_reactivation_revives_nothing(client: Client, contributor: User) -> None:
    client.force_login(contributor)
    cookie, link = client.cookies["sessionid"].value, LinkTokens().make_token(contributor)
    contributor.leaves_on = clock.today()
    contributor.save()
    contributor.end_sessions()

    contributor.leaves_on = None
    contributor.save()

    client.cookies["sessionid"] = cookie
    assert client.get("/").status_code == 302
    assert not LinkTokens().check_token(contributor, link)


def test_an_older_copy_of_a_person_does_not_turn_the_number_back(
    client: Client, contributor: User
) -> None:
    client.force_login(contributor)
    older = User.objects.get(pk=contributor.pk)
    contributor.end_sessions()

    older.job_title = "Web officer"
    older.save()

    contributor.refresh_from_db()
    assert (contributor.session_number, contributor.job_title) == (1, "Web officer")
    assert client.get("/").status_code == 302


def test_part_of_a_person_is_saved_as_it_was_read(contributor: User) -> None:
    part = User.objects.only("forename").get(pk=contributor.pk)
    User.objects.filter(pk=contributor.pk).update(surname="Other")

    part.forename = "Connie"
    part.save()

    contributor.refresh_from_db()
    assert contributor.name == "Connie Other"
