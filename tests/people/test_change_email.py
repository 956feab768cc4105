"""An admin gives somebody another email address: one verb, after which only the new one works."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from people.links import LinkTokens
from people.models import Event, User
from people.models.events import EventQuerySet
from tests.factories import PASSWORD, UserFactory
from tests.people.mailing import sent, sign_in

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/user/"
NEW = "cornelia@council.example"
TAKEN = "Somebody with this email address is here already."


def form_for(person: User, **changed: Any) -> dict[str, Any]:
    data = {"email": person.email, "forename": person.forename, "surname": person.surname}
    return data | changed


def told(refusal: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return refusal.value.messages


def test_only_the_new_address_works(contributor: User, admin: User) -> None:
    browser = Client()
    browser.force_login(contributor)
    link = LinkTokens().make_token(contributor)
    old = contributor.email

    contributor.change_email(f" {NEW.upper()} ", by=admin)

    contributor.refresh_from_db()
    assert contributor.email == NEW
    assert browser.get("/").status_code == 302
    assert not LinkTokens().check_token(contributor, link)
    assert [sign_in(Client(), email, PASSWORD).status_code for email in (old, NEW)] == [200, 302]
    assert list(Event.objects.values_list("by", "verb", "name")) == [
        (admin.pk, "changed the email of", f"Con Tributor, from {old} to {NEW}")
    ]


def test_allauths_record_follows(contributor: User, admin: User) -> None:
    for email, is_first in ((contributor.email, True), ("older@council.example", False)):
        row = {"email": email, "primary": is_first, "verified": is_first}
        EmailAddress.objects.create(user=contributor, **row)

    contributor.change_email(NEW, by=admin)

    rows = EmailAddress.objects.values_list("user", "email", "primary", "verified")
    assert list(rows) == [(contributor.pk, NEW, True, True)]
    assert sign_in(Client(), "con@council.example", PASSWORD).status_code == 200
    assert sign_in(Client(), NEW, PASSWORD).status_code == 302


def test_the_same_address_changes_nothing(
    contributor: User, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        contributor.change_email("CON@Council.Example", by=admin)

    contributor.refresh_from_db()
    assert (contributor.session_number, Event.objects.count(), sent()) == (0, 0, [])


def test_the_old_address_is_told_once_it_is_kept(
    contributor: User, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    contributor.forename = "Con <b>&"
    contributor.save()
    with django_capture_on_commit_callbacks(execute=True):
        contributor.change_email(NEW, by=admin)
        assert sent() == []

    (message,) = sent()
    assert (message.to, message.subject) == (
        ["con@council.example"],
        "Your email address for DDaT Weeknotes was changed",
    )
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}
    assert message.body.splitlines()[:6] == [
        "Hello Con <b>& Tributor,",
        "",
        "Ada Min has changed your email address for DDaT Weeknotes:",
        "",
        "from con@council.example",
        f"to {NEW}",
    ]
    assert "http" not in message.body


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_what_was_not_kept(contributor: User, admin: User) -> None:
    with transaction.atomic():
        contributor.change_email(NEW, by=admin)
        transaction.set_rollback(True)

    assert sent() == []


@pytest.mark.parametrize("email", ["di@council.example", "DI@Council.Example", "row@else.example"])
def test_taken_address_is_refused(
    contributor: User, admin: User, director: User, email: str
) -> None:
    EmailAddress.objects.create(user=director, email="row@else.example")

    with pytest.raises(ValidationError) as refusal:
        contributor.change_email(email, by=admin)

    assert told(refusal) == [TAKEN]
    contributor.refresh_from_db()
    assert (contributor.email, contributor.session_number) == ("con@council.example", 0)


def test_nobody_changes_their_own(admin: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        admin.change_email(NEW, by=admin)

    assert told(refusal) == [
        "You cannot change your own email address. Ask another admin to do it."
    ]


def test_what_is_no_address_is_refused(contributor: User, admin: User) -> None:
    with pytest.raises(ValidationError):
        contributor.change_email("nobody", by=admin)


def test_all_of_it_happens_or_nothing(
    contributor: User, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(EventQuerySet, "record", fail)
    with pytest.raises(RuntimeError):
        contributor.change_email(NEW, by=admin)

    contributor.refresh_from_db()
    assert (contributor.email, contributor.session_number) == ("con@council.example", 0)
    assert not connection.needs_rollback


# In the admin


def test_admin_changes_an_address_with_the_rest(as_admin: Client, contributor: User) -> None:
    browser = Client()
    browser.force_login(contributor)

    response = as_admin.post(
        f"{PEOPLE}{contributor.pk}/change/",
        form_for(contributor, email=NEW.title(), job_title="Web officer"),
    )

    contributor.refresh_from_db()
    assert response.status_code == 302
    assert (contributor.email, contributor.job_title) == (NEW, "Web officer")
    assert contributor.session_number == 1
    assert browser.get("/").status_code == 302
    assert [event.verb for event in Event.objects.all()] == ["changed the email of", "changed"]


def test_link_sent_with_the_change_goes_to_the_new_address(
    as_admin: Client, contributor: User, django_capture_on_commit_callbacks: Any
) -> None:
    old = contributor.email
    data = form_for(contributor, email=NEW, _send_link="Save")

    with django_capture_on_commit_callbacks(execute=True):
        as_admin.post(f"{PEOPLE}{contributor.pk}/change/", data)

    to = {message.subject: message.to for message in sent()}
    assert to == {
        "Set a new password for DDaT Weeknotes": [NEW],
        "Your email address for DDaT Weeknotes was changed": [old],
    }


def test_other_changes_end_no_session(as_admin: Client, contributor: User) -> None:
    for email in (contributor.email, contributor.email.upper()):
        as_admin.post(f"{PEOPLE}{contributor.pk}/change/", form_for(contributor, email=email))

    contributor.refresh_from_db()
    assert contributor.session_number == 0


@pytest.mark.parametrize("email", ["di@council.example", "DI@COUNCIL.example", "row@else.example"])
def test_twin_is_refused_beside_the_field(
    as_admin: Client, contributor: User, director: User, email: str
) -> None:
    EmailAddress.objects.create(user=director, email="row@else.example")

    response = as_admin.post(
        f"{PEOPLE}{contributor.pk}/change/", form_for(contributor, email=email)
    )

    assert response.context["adminform"].form.errors == {"email": [TAKEN]}


def test_form_warns_and_ones_own_cannot_be_typed(
    as_admin: Client, contributor: User, admin: User
) -> None:
    other = as_admin.get(f"{PEOPLE}{contributor.pk}/change/").content
    own = as_admin.get(f"{PEOPLE}{admin.pk}/change/").context["adminform"].form
    as_admin.post(f"{PEOPLE}{admin.pk}/change/", form_for(admin, email=NEW))

    help_text = BeautifulSoup(other, "html.parser").select_one(".field-email .help")
    admin.refresh_from_db()
    assert " ".join(help_text.text.split()) == (
        "With another address they are signed out everywhere, and have to sign in again with it. "
        "Links mailed to them before stop working, and the old address is told by mail."
    )
    assert ("email" in own.fields, admin.email) == (False, "ada@council.example")


def test_addresses_of_unknown_people_are_free(contributor: User) -> None:
    assert not User.objects.known_by(NEW).exists()
    assert list(User.objects.known_by("CON@council.example")) == [contributor]
    assert UserFactory(email=NEW).email == NEW
