"""What the database itself refuses of updates and revisions."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from people.models import Team, User
from projects.models import Project
from tests.factories import directorate
from tests.weeknotes.week import THURSDAY, saying
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Revision, Update

pytestmark = pytest.mark.django_db


def refuse(name: str | None = None) -> Any:
    return pytest.raises(IntegrityError, match=name)


def update_of(digest: Digest, **fields: Any) -> Update:
    with transaction.atomic():
        return Update.objects.create(digest=digest, **fields)


@pytest.fixture
def draft(digest: Digest, project: Project, writer: User) -> Update:
    return writing.save_draft(
        digest=digest, subject=project, document=saying(), version=0, by=writer
    )


def revise(draft: Update, **fields: Any) -> Revision:
    writer = draft.latest.made_by
    shared = {"content": {}, "cause": "written", "made_by": writer, "sealed_by": writer}
    with transaction.atomic():
        return Revision.objects.create(
            update=draft, **{**shared, "made_at": THURSDAY, "sealed_at": THURSDAY, **fields}
        )


def test_update_has_one_subject(digest: Digest, team: Team, project: Project) -> None:
    with refuse("update_has_one_subject"):
        update_of(digest)
    with refuse("update_has_one_subject"):
        update_of(digest, team=team, project=project)


def test_note_is_of_a_team(digest: Digest, project: Project) -> None:
    with refuse("note_is_of_a_team"):
        update_of(digest, project=project, is_note=True)


@pytest.mark.parametrize("state", ["submitted", "no_update"])
def test_note_is_never_submitted(digest: Digest, state: str) -> None:
    with refuse("note_is_never_submitted"):
        update_of(digest, team=directorate(), is_note=True, state=state)


def test_state_is_known(digest: Digest, team: Team) -> None:
    with refuse("update_state_is_known"):
        update_of(digest, team=team, state="lost")


def test_digest_has_one_note(digest: Digest, team: Team) -> None:
    update_of(digest, team=directorate(), is_note=True)

    with refuse():
        update_of(digest, team=team, is_note=True)


def test_project_has_one_update_a_digest(digest: Digest, draft: Update, project: Project) -> None:
    with refuse():
        update_of(digest, project=project)


def test_team_has_one_update_a_digest_beside_the_note(digest: Digest) -> None:
    update_of(digest, team=directorate(), is_note=True)
    update_of(digest, team=directorate())

    with refuse():
        update_of(digest, team=directorate())


def test_revision_numbers_are_used_once(draft: Update) -> None:
    with refuse():
        revise(draft, number=1)


def test_update_has_one_draft_revision(draft: Update) -> None:
    revise(draft, number=2)

    with refuse():
        revise(draft, number=3, sealed_at=None, sealed_by=None)


def test_sealed_words_say_by_whom(draft: Update) -> None:
    with refuse("revision_sealed_at_and_by_together"):
        revise(draft, number=2, sealed_by=None)


@pytest.mark.parametrize(
    "said",
    [
        {"cause": "edited"},
        {"cause": "edited", "edit_kind": "typo"},
        {"cause": "edited", "reason": "The date."},
        {"cause": "edited", "edit_kind": "other", "reason": "The date."},
        {"cause": "restored", "edit_kind": "typo"},
        {"cause": "written", "reason": "The date."},
    ],
)
def test_an_edit_and_nothing_else_says_why(draft: Update, said: dict[str, str]) -> None:
    revise(draft, number=2, cause="edited", edit_kind="typo", reason="The date.")

    with refuse("edit_is_sealed_and_says_why"):
        revise(draft, number=3, **said)


def test_an_edit_is_sealed(draft: Update) -> None:
    draft.revisions.update(sealed_at=THURSDAY, sealed_by=draft.latest.made_by)
    said = {"cause": "edited", "edit_kind": "typo", "reason": "The date."}

    with refuse("edit_is_sealed_and_says_why"):
        revise(draft, number=2, sealed_at=None, sealed_by=None, **said)


def test_nothing_written_goes_with_what_it_was_written_for(
    digest: Digest, draft: Update, project: Project, writer: User
) -> None:
    for thing in (draft, digest, project, writer):
        with pytest.raises(ProtectedError):
            thing.delete()
