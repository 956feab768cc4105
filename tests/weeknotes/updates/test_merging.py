"""A team or project is merged only while no update of it waits, and is asked for none after."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import Team, User
from projects.models import Project
from tests.factories import ProjectFactory, TeamFactory
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
