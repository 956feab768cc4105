"""Writing: saving a draft, handing in, saying that there is no update."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from people.models import Event, User
from projects.models import Project
from tests.factories import TeamFactory, directorate
from tests.weeknotes.updates.pen import Pen, events, everything
from tests.weeknotes.week import THURSDAY, editor, put_out, saying, write_note
from weeknotes.content.document import Document, NoUpdate
from weeknotes.content.kinds.text import TextSection
from weeknotes.desk import composing
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates import writing
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.writing import SavedSince, WritingRefused

pytestmark = pytest.mark.django_db

FIRST, SECOND = saying("First."), saying("Second.")
NOTHING = Document(no_update=NoUpdate(lines="Waiting for quotes.", returns="June"))
LATER = THURSDAY + timedelta(hours=1)


# Saving


def test_first_save_makes_a_draft(pen: Pen, writer: User, project: Project) -> None:
    update = pen.save(FIRST, version=0)

    revision = update.revisions.get()
    assert (update.state, update.version, update.subject) == ("draft", 1, project)
    assert (revision.number, revision.cause, revision.sealed_at) == (1, "written", None)
    assert (revision.document, revision.made_by, revision.made_at) == (FIRST, writer, THURSDAY)


def test_saving_again_rewrites_the_draft(pen: Pen, colleague: User) -> None:
    pen.save(FIRST, version=0)

    update = pen.save(SECOND, version=1, by=colleague, at=LATER)

    revision = update.revisions.get()
    assert update.version == 2
    assert (revision.number, revision.document) == (1, SECOND)
    assert (revision.made_by, revision.made_at) == (colleague, LATER)


def test_saving_a_draft_is_no_event(pen: Pen) -> None:
    pen.save(FIRST, version=0)

    assert events() == []


@pytest.mark.parametrize("version", [0, 1, 7])
def test_same_words_again_are_a_success(pen: Pen, version: int) -> None:
    pen.save(FIRST, version=0)
    before = everything()

    update = pen.save(FIRST, version=version, at=LATER)

    assert (update.version, everything()) == (1, before)


@pytest.mark.parametrize("version", [0, 1, 7])
def test_save_from_another_version_changes_nothing(pen: Pen, colleague: User, version: int) -> None:
    pen.save(FIRST, version=0)
    pen.save(SECOND, version=1)
    before = everything()

    with pytest.raises(SavedSince) as refusal:
        pen.save(saying("Third."), version=version, by=colleague)

    assert everything() == before
    assert str(refusal.value) == (
        "Wren Writer saved other words on Thursday 14 May at 9:12am, after you opened this page."
    )


def test_two_first_saves_are_one_and_a_refusal(pen: Pen, colleague: User) -> None:
    pen.save(FIRST, version=0)

    with pytest.raises(SavedSince, match="after you opened this page"):
        pen.save(SECOND, version=0, by=colleague)

    assert Update.objects.get().latest.document == FIRST


def test_empty_draft_may_be_saved(pen: Pen) -> None:
    assert pen.save(Document(), version=0).latest.document == Document()


def test_late_draft_may_be_saved_while_composing(pen: Pen, digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor())

    assert pen.save(FIRST, version=0).state == "draft"


def test_after_publication_nothing_is_saved(pen: Pen, digest: Digest, team: Any) -> None:
    pen.save(FIRST, version=0)
    write_note(digest)
    put_out(digest)
    before = everything()

    with pytest.raises(WritingRefused, match=r"published\. Write for the next one"):
        pen.save(SECOND, version=1)
    with pytest.raises(WritingRefused, match=r"published\. Write for the next one"):
        pen.save(FIRST, version=0, subject=team)
    with pytest.raises(WritingRefused, match="copy them, and correct the digest on its desk"):
        pen.save(SECOND, version=1, subject=directorate(), is_note=True)

    assert everything() == before


def test_note_is_apart_from_what_the_directorate_reports(pen: Pen, digest: Digest) -> None:
    note = pen.save(FIRST, version=0, subject=directorate(), is_note=True)
    report = pen.save(SECOND, version=0, subject=directorate())

    found = [
        writing.find_update(digest=digest, subject=directorate(), is_note=is_note)
        for is_note in (True, False)
    ]
    assert found == [note, report]
    assert [update.anchor for update in found] == ["note", "team-directorate"]


def test_nothing_is_found_before_it_is_saved(digest: Digest, project: Project) -> None:
    assert writing.find_update(digest=digest, subject=project) is None


# Handing in


def test_submitting_seals_the_words(pen: Pen, writer: User) -> None:
    update = pen.submit(FIRST, version=0)

    revision = update.revisions.get()
    assert update.state == "submitted"
    assert (revision.document, revision.sealed_at) == (FIRST, THURSDAY)
    assert events() == [
        (writer, "submitted", "PR1 Frontline Services, 11 to 15 May 2026", THURSDAY)
    ]


def test_submitting_a_saved_draft_keeps_one_revision(pen: Pen) -> None:
    draft = pen.save(FIRST, version=0)

    update = pen.submit(SECOND, version=draft.version)

    assert [(r.document, r.sealed_at) for r in update.revisions.all()] == [(SECOND, THURSDAY)]


def test_submitting_the_same_words_twice_is_once(pen: Pen) -> None:
    draft = pen.save(FIRST, version=0)
    pen.submit(FIRST, version=draft.version)
    before = everything()

    update = pen.submit(FIRST, version=draft.version, at=LATER)

    assert (update.state, everything()) == ("submitted", before)


@pytest.mark.parametrize("document", [FIRST, NOTHING])
def test_what_was_handed_in_is_a_success_again_once_it_is_published(
    pen: Pen, digest: Digest, document: Document
) -> None:
    pen.submit(document, version=0)
    put_out(digest)
    before = everything()

    pen.submit(document, version=0)

    assert everything() == before
    with pytest.raises(WritingRefused, match=r"published\. Write for the next one"):
        pen.submit(SECOND, version=0)


def test_submitting_other_words_over_what_was_handed_in_is_refused(
    pen: Pen, colleague: User
) -> None:
    update = pen.submit(FIRST, version=0)
    before = everything()

    for version in (0, update.version):
        with pytest.raises(SavedSince, match="Wren Writer handed in other words on Thursday"):
            pen.submit(SECOND, version=version, by=colleague)
        with pytest.raises(SavedSince, match="handed in other words"):
            pen.save(SECOND, version=version, by=colleague)

    assert everything() == before


def test_submitting_from_another_version_changes_nothing(pen: Pen) -> None:
    pen.save(FIRST, version=0)
    before = everything()

    with pytest.raises(SavedSince):
        pen.submit(SECOND, version=0)

    assert everything() == before


@pytest.mark.parametrize(
    "empty", [Document(), saying(""), saying(" \n"), Document(no_update=NoUpdate(lines=" "))]
)
def test_not_one_line_is_refused(pen: Pen, empty: Document) -> None:
    with pytest.raises(WritingRefused, match="Write at least one line, or choose No update"):
        pen.submit(empty, version=0)

    assert everything() == [[], [], list(Event.objects.values_list())]


def test_late_update_may_be_submitted_while_composing(pen: Pen, digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor())

    update = pen.submit(FIRST, version=0)

    assert update.state == "submitted"
    assert composing.new_not_in_yet(digest) == [update]


def test_after_publication_nothing_is_submitted(pen: Pen, digest: Digest) -> None:
    write_note(digest)
    put_out(digest)
    before = everything()

    with pytest.raises(WritingRefused, match="This digest is published"):
        pen.submit(FIRST, version=0)

    assert everything() == before


# No update


def test_no_update_is_said_with_its_reason(pen: Pen, writer: User) -> None:
    update = pen.submit(NOTHING, version=0)

    assert (update.state, update.latest.document) == ("no_update", NOTHING)
    assert [event[:2] for event in events()] == [(writer, "said no update for")]
    assert list(Update.objects.reported()) == [update]


def test_no_update_keeps_what_was_drafted_beside_it(pen: Pen) -> None:
    draft = pen.save(FIRST, version=0)

    update = pen.submit(replace(FIRST, no_update=NOTHING.no_update), version=draft.version)

    assert update.latest.document.sections == FIRST.sections


def test_no_update_twice_is_once(pen: Pen) -> None:
    pen.submit(NOTHING, version=0)
    before = everything()

    pen.submit(NOTHING, version=0)

    assert everything() == before


# Questions asked of many


def test_kinds_of_updates_are_told_apart(pen: Pen, digest: Digest, project: Project) -> None:
    draft = pen.save(FIRST, version=0)
    submitted = pen.submit(FIRST, version=0, subject=TeamFactory())
    nothing = pen.submit(NOTHING, version=0, subject=TeamFactory())
    note = write_note(digest)

    in_order = Update.objects.order_by("pk")
    assert list(in_order.reported()) == [submitted, nothing]
    assert list(in_order.notes()) == [note]
    assert list(in_order.of(project)) == [draft]
    assert list(in_order.of(directorate())) == []


def test_latest_of_many_is_one_query(
    pen: Pen, writer: User, django_assert_num_queries: Any
) -> None:
    update = pen.submit(FIRST, version=0)
    writing.take_back(update=update, by=writer)
    other = pen.submit(SECOND, version=0, subject=TeamFactory())

    with django_assert_num_queries(1):
        latest = {
            revision.update_id: revision.number
            for revision in Revision.objects.latest_of(Update.objects.all())
        }

    assert latest == {update.pk: 2, other.pk: 1}


def test_states_move_only_while_the_digest_is_open(pen: Pen, digest: Digest) -> None:
    pen.save(FIRST, version=0)
    Digest.objects.filter(pk=digest.pk).update(state=DigestState.PUBLISHED)

    with pytest.raises(WritingRefused, match="This digest is published"):
        pen.submit(FIRST, version=1)

    assert Update.objects.get().state == "draft"


def test_names_of_an_update(pen: Pen, digest: Digest) -> None:
    update, note = pen.save(FIRST, version=0), write_note(digest)

    assert [update.anchor, note.anchor] == ["project-frontline-services", "note"]
    assert [update.house_heading, note.house_heading] == [
        "PR1 Frontline Services",
        "Director’s weeknote",
    ]
    assert str(update.latest) == "Revision 1 of PR1 Frontline Services, 11 to 15 May 2026"
    assert TextSection(text="First.") == update.latest.document.sections[0]
