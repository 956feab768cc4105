"""Returning an update with a question: it reopens for its writers, and nothing waits for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from people.models import Event, User
from tests.factories import UserFactory
from tests.weeknotes.updates.pen import Pen, events, everything
from tests.weeknotes.week import THURSDAY, editor, put_out, saying, write_note
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.questions import Question
from weeknotes.updates.restoring import restore
from weeknotes.updates.returning import ReturnRefused, question_open, return_to_writers

pytestmark = pytest.mark.django_db

FIRST, SECOND = saying("First."), saying("Second.")
ASKED = "Which residents?"
LATER = THURSDAY + timedelta(hours=1)
LAST = THURSDAY + timedelta(hours=2)


@pytest.fixture
def update(pen: Pen) -> Update:
    return pen.submit(FIRST, version=0)


def give_back(update: Update, question: str = ASKED, *, by: User | None = None) -> Question:
    return return_to_writers(
        update=update, question=question, version=update.version, by=by or editor(), at=LATER
    )


def kept() -> tuple:
    """Everything that returning could change."""
    return everything(), list(Question.objects.values()), Event.objects.count()


@pytest.mark.parametrize("is_composing", [False, True])
def test_returned_update_is_open_for_its_writers(
    pen: Pen, update: Update, digest: Digest, is_composing: bool
) -> None:
    if is_composing:
        composing.start_composing(digest=digest, by=editor())
    sealed = update.revisions.values().get()

    asked = give_back(update)

    old, new = update.revisions.order_by("number")
    assert (update.state, update.is_open, update.is_draft) == ("returned", True, False)
    assert update.revisions.values().get(number=1) == sealed
    assert (new.document, new.cause, new.made_by, new.sealed_at) == (
        FIRST,
        "returned",
        old.made_by,
        None,
    )
    assert update.shown_to_editors == old
    assert (asked.question, asked.asked_by, asked.asked_at) == (ASKED, editor(), LATER)
    assert question_open(update) == asked
    assert ("returned", str(update)) in [event[1:3] for event in events()]

    saved = pen.save(SECOND, version=update.version)
    assert (saved.state, saved.latest.document) == ("returned", SECOND)
    assert question_open(saved) == asked


@pytest.mark.parametrize("words", [FIRST, SECOND])
def test_submitting_again_answers_the_question(pen: Pen, update: Update, words: Document) -> None:
    give_back(update)

    again = pen.submit(words, version=update.version, at=LAST)

    asked = update.questions.get()
    assert (again.state, again.latest.document) == ("submitted", words)
    assert (asked.answered_by, asked.answered_at) == (pen.words["by"], LAST)
    assert question_open(again) is None
    assert again.latest.sealed_at == LAST


def test_no_update_answers_it_too(pen: Pen, update: Update) -> None:
    give_back(update)

    again = pen.submit(
        Document(no_update=NoUpdate(lines="On leave.")), version=update.version, at=LAST
    )

    assert (again.state, update.questions.open().count()) == ("no_update", 0)


def test_no_update_can_be_returned_and_written_after_all(pen: Pen) -> None:
    pen.save(FIRST, version=0)
    update = pen.submit(replace(FIRST, no_update=NoUpdate(lines="Away.")), version=1)

    give_back(update)

    assert update.latest.document == FIRST


def test_returning_twice_is_one(update: Update) -> None:
    stale = Update.objects.get()
    asked = give_back(update)
    before = kept()

    assert give_back(stale, by=UserFactory()) == asked
    assert kept() == before


def test_another_question_is_told_who_asked_first(update: Update) -> None:
    stale = Update.objects.get()
    give_back(update)
    before = kept()

    with pytest.raises(ReturnRefused) as refusal:
        give_back(stale, "And when?", by=UserFactory())

    assert str(refusal.value) == (
        "Di Rector has returned this update already, on Thursday 14 May at 10:12am, and asked: "
        "“Which residents?”"
    )
    assert kept() == before


def test_it_can_be_returned_again_once_it_is_answered(pen: Pen, update: Update) -> None:
    give_back(update)
    pen.submit(SECOND, version=update.version, at=LAST)
    update.refresh_from_db()

    give_back(update, "And when?")

    assert [q.question for q in update.questions.all()] == [ASKED, "And when?"]
    assert question_open(update).question == "And when?"


def test_what_was_changed_since_is_read_first(pen: Pen, update: Update) -> None:
    stale = Update.objects.get()
    give_back(update)
    pen.submit(SECOND, version=update.version, at=LAST)
    before = kept()

    with pytest.raises(ReturnRefused, match="no longer those you read: they are by Wren Writer"):
        give_back(stale)

    assert kept() == before


def test_taken_back_first_is_not_returned(update: Update, writer: User) -> None:
    stale = Update.objects.get()
    writing.take_back(update=update, by=writer, at=LATER)
    before = kept()

    with pytest.raises(ReturnRefused, match="taken back to be changed, last by Wren Writer on"):
        give_back(stale)

    assert kept() == before


def test_returned_first_is_not_taken_back(update: Update, writer: User) -> None:
    stale = Update.objects.get()
    give_back(update)
    before = kept()

    with pytest.raises(writing.WritingRefused) as refusal:
        writing.take_back(update=stale, by=writer)

    assert str(refusal.value) == (
        "Di Rector returned this with a question on Thursday 14 May at 10:12am. "
        "You can change it already."
    )
    assert kept() == before


def test_drafts_and_the_note_are_not_returned(pen: Pen, digest: Digest) -> None:
    for update in (pen.save(FIRST, version=0), write_note(digest)):
        with pytest.raises(ReturnRefused):
            give_back(update)

    assert Question.objects.count() == 0


def test_nothing_is_returned_once_published(update: Update, digest: Digest) -> None:
    put_out(digest)
    before = kept()

    with pytest.raises(ReturnRefused, match="Di Rector published this digest on Monday 18 May"):
        give_back(update)

    assert kept() == before


def test_nothing_is_answered_once_published(pen: Pen, update: Update, digest: Digest) -> None:
    give_back(update)
    write_note(digest)
    put_out(digest)
    before = kept()

    with pytest.raises(writing.WritingRefused, match="This digest is published"):
        pen.submit(SECOND, version=update.version)

    assert kept() == before


def test_whoever_had_the_form_open_is_told_of_the_return(pen: Pen) -> None:
    draft = pen.save(FIRST, version=0)
    update = pen.submit(FIRST, version=draft.version)
    give_back(update)

    with pytest.raises(writing.SavedSince) as refusal:
        pen.save(SECOND, version=1)

    assert str(refusal.value) == (
        "Di Rector returned this update with a question on Thursday 14 May at 10:12am, "
        "after you opened this page."
    )


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({}, "one_open_question_an_update"),
        ({"question": "", "answered_at": LATER, "answered_by": True}, "question_has_words"),
        ({"answered_at": LATER}, "question_answered_at_and_by_together"),
    ],
)
def test_database_keeps_the_rules(update: Update, changed: dict, name: str) -> None:
    give_back(update)
    fields = {"update": update, "question": "Why?", "asked_by": editor(), "asked_at": LATER}
    if "answered_by" in changed:
        changed = {**changed, "answered_by": editor()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(**{**fields, **changed})

    assert name in {constraint.name for constraint in Question._meta.constraints}


def test_earlier_words_are_restored_into_it_and_editors_never_see_what_was_set_aside(
    pen: Pen, update: Update
) -> None:
    give_back(update)
    pen.save(SECOND, version=update.version)
    update.refresh_from_db()

    restore(update=update, number=1, version=update.version, by=pen.words["by"], at=LAST)

    assert (update.state, update.latest.document) == ("returned", FIRST)
    assert [r.cause for r in update.revisions.order_by("number")] == [
        "written",
        "set_aside",
        "restored",
    ]
    assert update.shown_to_editors.number == 1
    updates = Update.objects.filter(pk=update.pk)
    assert [r.number for r in Revision.objects.shown_of(updates)] == [1]
