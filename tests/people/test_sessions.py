"""Sessions and links: what ends them, and that nothing brings them back."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.account.forms import LoginForm
from django.conf import settings
from django.test import Client
from django.utils.http import urlsafe_base64_encode

from ddat import clock
from ddat.clock import LONDON
from people.forms import SignInForm
from people.links import LinkTokens
from people.models import User
from tests.factories import PASSWORD
from tests.people.mailing import NEW, follow, sign_in

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 18, 9, tzinfo=LONDON)
LINK = "/account/password/reset/{}/{}/"


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
    cookie, link = (
        client.cookies[settings.SESSION_COOKIE_NAME].value,
        LinkTokens().make_token(contributor),
    )
    contributor.leaves_on = clock.today()
    contributor.save(update_fields=["leaves_on"])
    contributor.end_sessions()

    contributor.leaves_on = None
    contributor.save(update_fields=["leaves_on"])

    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
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


def test_session_ends_twelve_hours_after_signing_in(client: Client, contributor: User) -> None:
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, contributor.email, PASSWORD)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        assert cookie["max-age"] == 12 * 60 * 60

        time.move_to(NINE + timedelta(hours=11, minutes=59))
        change_password(client)
        assert client.get("/").status_code == 200

        time.move_to(NINE + timedelta(hours=12, seconds=1))
        assert client.get("/").status_code == 302


def test_a_cookie_kept_longer_opens_nothing(client: Client, contributor: User) -> None:
    with time_machine.travel(NINE, tick=False) as time:
        sign_in(client, contributor.email, PASSWORD)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        time.move_to(NINE + timedelta(hours=12, seconds=1))

        kept = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={key}"})

        assert kept.get("/").status_code == 302


def test_end_would_move_if_only_the_age_were_set(
    client: Client, contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignInForm, "login", LoginForm.login)
    with pytest.raises(AssertionError):
        test_session_ends_twelve_hours_after_signing_in(client, contributor)


def test_session_key_changes_at_sign_in(client: Client, contributor: User) -> None:
    follow(client, LINK.format(*uid_and_token(contributor)))
    before = client.session.session_key

    sign_in(client, contributor.email, PASSWORD)

    planted = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={before}"})
    assert before is not None
    assert client.session.session_key != before
    assert planted.get("/").status_code == 302


def change_password(client: Client) -> None:
    data = {"old_password": PASSWORD, "new_password": NEW}
    assert client.post("/account/password/", data).status_code == 302


def uid_and_token(person: User) -> tuple[str, str]:
    return urlsafe_base64_encode(str(person.pk).encode()), LinkTokens().make_token(person)


@pytest.mark.parametrize("key", ["\\000abcdefghijkl", "\\377abcdefghijkl", "' OR 1=1 --", "", "x"])
def test_a_cookie_that_no_session_has_leads_to_signing_in(client: Client, key: str) -> None:
    response = client.get("/", headers={"cookie": f'sessionid="{key}"'})
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/?next=/")
