"""A team or project is merged only while no update of it waits, and is asked for none after."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import Team, User
from projects.models import Project
from tests.factories import ProjectFactory, TeamFactory
from tests.meanwhile import Meanwhile
from tests.weeknotes.week import editor, hand_in, put_out, saying
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import expected_in
from weeknotes.publications.models import Publication
from weeknotes.updates import writing
from weeknotes.updates.owing import owed_by

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("name", ["project", "team"])


@pytest.fixture
def subject(name: str, project: Project, team: Team) -> Any:
    return {"project": project, "team": team}[name]


def heir_of(subject: Any) -> Any:
    return TeamFactory() if isinstance(subject, Team) else ProjectFactory()


@BOTH
@pytest.mark.parametrize("state", ["draft", "submitted", "composing"])
def test_update_that_waits_is_in_the_way(
    digest: Digest, subject: Any, writer: User, state: str
) -> None:
    if state == "draft":
        writing.save_draft(digest=digest, subject=subject, document=saying(), version=0, by=writer)
    else:
        hand_in(digest, subject)
    if state == "composing":
        composing.start_composing(digest=digest, by=editor())

    with pytest.raises(ValidationError) as refusal:
        subject.merge(into=heir_of(subject), by=editor())

    assert refusal.value.messages == [
        f"{subject} has an update for 11 to 15 May 2026, which is not published yet. "
        "Merge it once that digest is published."
    ]


@BOTH
def test_what_was_published_stays_byte_for_byte(digest: Digest, subject: Any) -> None:
    hand_in(digest, subject)
    before = put_out(digest)

    subject.rename(to="Another name", by=editor())
    subject.merge(into=heir_of(subject), by=editor())

    after = Publication.objects.get()
    assert (after.body, after.content) == (before.body, before.content)


@BOTH
def test_nothing_is_expected_of_what_was_merged(
    client: Client, digest: Digest, subject: Any, writer: User
) -> None:
    was_expected = subject in expected_in(digest)

    subject.merge(into=heir_of(subject), by=editor())

    assert was_expected
    assert subject not in expected_in(digest)
    assert subject not in [one.subject for one in owed_by(writer)]
    kind = "teams" if isinstance(subject, Team) else "projects"
    client.force_login(writer)
    assert client.get(f"/updates/{digest.slug}/{kind}/{subject.slug}/").status_code == 404


def test_closed_team_is_asked_for_nothing(
    as_writer: Client, digest: Digest, team: Team, writer: User
) -> None:
    team.close(by=editor())

    assert team not in expected_in(digest)
    assert owed_by(writer) == []
    assert as_writer.get(f"/updates/{digest.slug}/teams/{team.slug}/").status_code == 404


@BOTH
@pytest.mark.parametrize("gone", ["merged", "closed"])
def test_first_words_for_what_is_gone_are_refused(
    digest: Digest, subject: Any, writer: User, gone: str
) -> None:
    heir, as_it_is = heir_of(subject), type(subject).objects.get(pk=subject.pk)
    if gone == "merged":
        as_it_is.merge(into=heir, by=editor())
    else:
        as_it_is.close(by=editor())

    with pytest.raises(writing.WritingRefused) as refusal:
        writing.save_draft(digest=digest, subject=subject, document=saying(), version=0, by=writer)

    how = f"merged into {heir}" if gone == "merged" else "closed"
    assert str(refusal.value) == f"{subject} was {how}. Nothing is written for it any more."
    assert not digest.updates.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
@BOTH
def test_merging_waits_for_first_words(
    digest: Digest,
    subject: Any,
    writer: User,
    monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
) -> None:
    heir, first_save, save_draft = heir_of(subject), writing._first_save, writing.save_draft
    subject_read_by_admin = type(subject).objects.get(pk=subject.pk)
    by = editor()
    merging = Meanwhile(lambda: subject_read_by_admin.merge(into=heir, by=by), is_held=is_guarded)
    monkeypatch.setattr(
        writing, "_first_save", lambda **said: (merging.begin(), first_save(**said))[1]
    )
    if not is_guarded:
        monkeypatch.setattr(writing, "_hold_subject", lambda subject: None)
        save_draft = save_draft.__wrapped__  # without the transaction that SQLite waits for

    save_draft(digest=digest, subject=subject, document=saying(), version=0, by=writer)
    merging.finish()

    subject.refresh_from_db()
    assert digest.updates.count() == 1
    assert subject.merged_into == (None if is_guarded else heir)
    assert [type(error) for error in merging.errors] == ([ValidationError] if is_guarded else [])
