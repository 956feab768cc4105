"""A digest's page is answered by 304 as long as nothing that shapes it changed, and no longer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from ddat import clock
from ddat.release import release
from people.models import RoleGrant, User
from tests.factories import ProjectFactory, UserFactory
from tests.weeknotes.browse import read
from tests.weeknotes.week import editor, hand_in, open_digest, put_out, write_note
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction
from weeknotes.reactions.reacting import react, remove_reaction
from weeknotes.reading import views
from weeknotes.reading.freshness import etag_of

pytestmark = pytest.mark.django_db

PAGE = "/digests/2026-05-18/"


@pytest.fixture
def digest(db: None) -> Digest:
    digest = open_digest()
    write_note(digest)
    hand_in(digest, ProjectFactory(name="Web"))
    put_out(digest)
    return digest


def reader(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def asked_again(client: Client, page: Any, method: str = "get") -> Any:
    return getattr(client, method)(PAGE, headers={"If-None-Match": page.headers["ETag"]})


@pytest.mark.parametrize("method", ["get", "head"])
def test_same_page_is_answered_before_it_is_assembled(
    as_reader: Client, digest: Digest, method: str, django_assert_num_queries: Any
) -> None:
    page = as_reader.get(PAGE)

    with django_assert_num_queries(4):
        again = asked_again(as_reader, page, method)

    assert (again.status_code, again.content) == (304, b"")
    kept = ("ETag", "Cache-Control", "Vary")
    assert [again.headers[name] for name in kept] == [page.headers[name] for name in kept]


def another_reacts(client: Client, digest: Digest) -> None:
    react(target=digest, kind="like", by=editor())


def another_reacts_to_an_update(client: Client, digest: Digest) -> None:
    react(target=digest.updates.get(project__name="Web"), kind="haha", by=editor())


def another_takes_it_back(client: Client, digest: Digest) -> None:
    remove_reaction(target=digest, by=UserFactory(email="liker@council.example"))
    remove_reaction(target=digest, by=User.objects.get(email="first@council.example"))


def two_change_places(client: Client, digest: Digest) -> None:
    """The counts stay, and whose reactions they are does not."""
    remove_reaction(target=digest, by=User.objects.get(email="first@council.example"))
    react(target=digest, kind="like", by=reader(client))


def role_is_given(client: Client, digest: Digest) -> None:
    RoleGrant.objects.grant(person=reader(client), role="editor", by=editor())


def name_changes(client: Client, digest: Digest) -> None:
    User.objects.filter(pk=reader(client).pk).update(forename="Ria")


def message_waits(client: Client, digest: Digest) -> None:
    session = client.session
    session["_messages"] = '[["__json_message",0,25,"Done.",""]]'
    session.save()


def secret_changes(client: Client, digest: Digest) -> None:
    client.cookies["csrftoken"] = "b" * 32


def new_session(client: Client, digest: Digest) -> None:
    person = reader(client)
    client.logout()
    client.force_login(person)


def somebody_else_signs_in(client: Client, digest: Digest) -> None:
    client.force_login(UserFactory(forename="Somebody", surname="Else"))


def digest_moves_on(client: Client, digest: Digest) -> None:
    Digest.objects.filter(pk=digest.pk).update(version=99)


def published_anew(client: Client, digest: Digest) -> None:
    publication = digest.publications.get()
    publication.pk, publication.number = None, 2
    publication.change_kind, publication.change_note = "typo", "A comma."
    publication.save(force_insert=True)


CHANGES: list[Callable[[Client, Digest], None]] = [
    another_reacts,
    another_reacts_to_an_update,
    another_takes_it_back,
    two_change_places,
    role_is_given,
    name_changes,
    message_waits,
    secret_changes,
    new_session,
    somebody_else_signs_in,
    digest_moves_on,
    published_anew,
]


def status_after(change: Callable[[Client, Digest], None], client: Client, digest: Digest) -> int:
    react(target=digest, kind="like", by=UserFactory(email="first@council.example"))
    page = client.get(PAGE)
    assert asked_again(client, page).status_code == 304
    change(client, digest)
    status: int = asked_again(client, page).status_code
    return status


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_shapes_the_page_makes_it_new(
    as_reader: Client, digest: Digest, change: Callable[[Client, Digest], None]
) -> None:
    assert status_after(change, as_reader, digest) == 200


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_control_a_tag_of_the_address_alone_takes_the_old_page_for_new(
    as_reader: Client,
    digest: Digest,
    change: Callable[[Client, Digest], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "etag_of", lambda request, *_: f'W/"{request.path}"')

    assert status_after(change, as_reader, digest) == 304


def test_another_year_makes_it_new(as_reader: Client, digest: Digest) -> None:
    """It says "Monday 18 May at 9am" in its own year, and which year in the next."""
    person = reader(as_reader)
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=clock.LONDON), tick=False) as at:
        as_reader.force_login(person)
        page = as_reader.get(PAGE)
        again = asked_again(as_reader, page)
        at.shift(timedelta(hours=1))
        then = asked_again(as_reader, page)

    assert (again.status_code, then.status_code) == (304, 200)


def test_release_is_told_by_the_files(
    as_reader: Client, digest: Digest, tmp_path: Path, settings: Any
) -> None:
    page = as_reader.get(PAGE)
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    told = []
    for words in ("<p>One</p>", "<p>Two</p>", "<p>One</p>"):
        (tmp_path / "templates" / "base.html").write_text(words)
        told.append(release.__wrapped__())
    assert (told[0] == told[1], told[0] == told[2]) == (False, True)

    release.cache_clear()
    try:
        assert asked_again(as_reader, page).status_code == 200
    finally:
        release.cache_clear()


def test_whoever_is_signed_out_meanwhile_is_asked_to_sign_in(
    as_reader: Client, digest: Digest
) -> None:
    page = as_reader.get(PAGE)
    reader(as_reader).end_sessions()

    answer = asked_again(as_reader, page)

    assert (answer.status_code, answer.url) == (302, f"/account/sign-in/?next={PAGE}")
    assert isinstance(answer.wsgi_request.user, AnonymousUser)


def test_reaction_from_a_page_answered_by_304_is_accepted(digest: Digest) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(UserFactory())
    page = browser.get(PAGE)
    token = read(page).select_one('form.react [name="csrfmiddlewaretoken"]')["value"]
    again = asked_again(browser, page)
    assert again.status_code == 304

    answers = [
        browser.post(f"{PAGE}reaction/", {"kind": "love", "csrfmiddlewaretoken": sent}).status_code
        for sent in (token, "a" * 64)
    ]

    assert answers == [302, 403]
    assert Reaction.objects.get().kind == "love"


def test_tag_is_keyed(as_reader: Client, digest: Digest, settings: Any) -> None:
    """Without the portal's key nobody can try out what a tag is made of."""
    request = as_reader.get(PAGE).wsgi_request
    same, again = (etag_of(request, (1, "published", 1), {}) for _ in range(2))
    settings.SECRET_KEY = "another key, and long enough not to be taken for a weak one"

    assert same == again
    assert etag_of(request, (1, "published", 1), {}) != same
