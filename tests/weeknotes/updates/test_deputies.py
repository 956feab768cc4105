"""What a deputy does for a subject while they stand in."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ddat.clock import LONDON
from people.models import Team, User
from projects.models import Project
from tests.factories import ProjectPostFactory, TeamPostFactory, UserFactory
from tests.weeknotes.browse import read
from tests.weeknotes.updates.start import following, started
from tests.weeknotes.week import saying
from weeknotes.content.document import Byline
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.owing import owed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(project: Project) -> User:
    post = ProjectPostFactory(
        project=project, post="deputy", person=UserFactory(forename="Dee", surname="Puty")
    )
    return post.person


def named(person: User) -> Byline:
    return Byline(name=person.name, job_title=person.job_title, person_id=person.pk)


def test_owner_and_deputy_are_told_of_each_other(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    assert [one.standing_in for one in owed_by(writer)] == ["Dee Puty stands in"]
    assert [one.standing_in for one in owed_by(deputy)] == [f"you stand in for {writer.name}"]


def test_owner_alone_is_told_of_nobody(digest: Digest, project: Project, writer: User) -> None:
    assert [one.standing_in for one in owed_by(writer)] == [""]


def test_deputy_of_a_vacant_post_is_told_so(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    project.posts.holders().get().end(by=writer)

    assert [one.standing_in for one in owed_by(deputy)] == ["you stand in"]


def test_page_says_who_stands_in(
    client: Client, digest: Digest, writer: User, deputy: User
) -> None:
    client.force_login(deputy)

    told = read(client.get("/updates/")).select(".mine .was bdi")

    assert [words.get_text() for words in told] == [f"You stand in for {writer.name}"]


def test_form_begins_with_the_owners_byline(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    assert started(digest, project, deputy).byline == (named(writer),)


def test_form_begins_with_the_deputys_byline_while_the_post_is_vacant(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    project.posts.holders().get().end(by=writer)

    assert started(digest, project, deputy).byline == (named(deputy),)


def test_form_of_both_begins_with_the_byline_the_owner_told_last(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    shared = (named(writer), Byline(name="Somebody else"))
    writing.submit(
        digest=digest, subject=project, document=saying(byline=shared), version=0, by=writer
    )
    after = following(digest)

    assert [started(after, project, one).byline for one in (writer, deputy)] == [shared, shared]


def test_deputys_own_byline_is_not_carried_on(
    digest: Digest, project: Project, writer: User, deputy: User
) -> None:
    own = (named(deputy),)
    update = writing.submit(
        digest=digest, subject=project, document=saying(byline=own), version=0, by=deputy
    )
    after = following(digest)

    assert update.latest.made_by == deputy
    assert [started(after, project, one).byline for one in (writer, deputy)] == [
        (named(writer),),
        (named(writer),),
    ]


def test_draft_of_a_former_deputy_belongs_to_the_subject(
    client: Client, digest: Digest, team: Team, writer: User, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 5, 14, 9, tzinfo=LONDON))
    post = TeamPostFactory(team=team, post="deputy")
    draft = writing.save_draft(
        digest=digest, subject=team, document=saying("Begun."), version=0, by=post.person
    )
    address = draft.address
    post.end(by=writer)

    answers = []
    for person in (post.person, writer):
        client.force_login(person)
        answers.append(client.get(address).status_code)

    assert answers == [404, 200]
    assert draft.latest.made_by == post.person
