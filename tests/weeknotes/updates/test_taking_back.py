"""Taking back what was handed in, until composing starts; sealed words stay as they are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from people.models import User
from tests.weeknotes.updates.pen import Pen, events, everything
from tests.weeknotes.week import DEADLINE, THURSDAY, editor, put_out, saying, write_note
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.writing import WritingRefused

pytestmark = pytest.mark.django_db

FIRST, SECOND = saying("First."), saying("Second.")
NOTHING = Document(no_update=NoUpdate(lines="Waiting for quotes.", returns="June"))
LATER = THURSDAY + timedelta(hours=1)


def test_taking_back_makes_a_new_draft_of_the_same_words(pen: Pen, colleague: User) -> None:
    update = pen.submit(FIRST, version=0)
    sealed = update.revisions.values().get()

    writing.take_back(update=update, by=colleague, at=LATER)

    old, new = update.revisions.order_by("number")
    assert update.state == "draft"
    assert update.revisions.values().get(number=1) == sealed
    assert (old.document, new.document) == (FIRST, FIRST)
    assert (new.cause, new.made_by, new.made_at, new.sealed_at) == (
        "taken_back",
        colleague,
        LATER,
        None,
    )
    assert [event[1] for event in events()] == ["submitted", "took back"]


def test_taking_back_twice_is_once(pen: Pen, writer: User) -> None:
    update = pen.submit(FIRST, version=0)
    stale = Update.objects.get()
    writing.take_back(update=update, by=writer)
    before = everything()

    writing.take_back(update=stale, by=writer)

    assert (stale.state, everything()) == ("draft", before)


def test_taken_back_no_update_gives_the_drafted_words_again(pen: Pen, writer: User) -> None:
    pen.save(FIRST, version=0)
    update = pen.submit(replace(FIRST, no_update=NOTHING.no_update), version=1)

    writing.take_back(update=update, by=writer)

    assert update.latest.document == FIRST


def test_taken_back_words_can_be_changed_and_handed_in(pen: Pen, writer: User) -> None:
    update = pen.submit(FIRST, version=0)
    writing.take_back(update=update, by=writer)

    again = pen.submit(SECOND, version=update.version, at=LATER)

    assert [(r.number, r.document, r.sealed_at) for r in again.revisions.order_by("number")] == [
        (1, FIRST, THURSDAY),
        (2, SECOND, LATER),
    ]


def test_once_composing_starts_nothing_is_taken_back(
    pen: Pen, digest: Digest, writer: User
) -> None:
    update = pen.submit(FIRST, version=0)
    composing.start_composing(digest=digest, by=editor())
    before = everything()

    with pytest.raises(WritingRefused, match="Ask an editor if something must change"):
        writing.take_back(update=update, by=writer)

    assert (update.state, everything()) == ("submitted", before)


def test_after_publication_nothing_is_taken_back(pen: Pen, digest: Digest, writer: User) -> None:
    update = pen.submit(FIRST, version=0)
    put_out(digest)
    before = everything()

    with pytest.raises(WritingRefused):
        writing.take_back(update=update, by=writer)

    assert everything() == before


def test_sealed_words_never_change(pen: Pen, digest: Digest, writer: User) -> None:
    update = pen.submit(FIRST, version=0)
    sealed = Revision.objects.values().get()

    writing.take_back(update=update, by=writer)
    pen.save(SECOND, version=update.version)
    pen.submit(SECOND, version=Update.objects.get().version, at=LATER)
    put_out(digest)

    assert Revision.objects.values().get(number=1) == sealed
    assert Revision.objects.filter(sealed_at__isnull=True).count() == 0


def test_publishing_seals_the_note_as_it_stands(digest: Digest) -> None:
    note = write_note(digest, "Waffles.")
    assert note.latest.sealed_at is None

    publication = put_out(digest)

    assert note.latest.sealed_at == publication.published_at
    assert publication.published_at > DEADLINE
