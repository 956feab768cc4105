"""An edit against another one, against taking back and against publishing, at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F

from tests.meanwhile import Meanwhile, without_transaction
from tests.weeknotes.desk.edits import EDITED, TYPED, edited
from tests.weeknotes.week import DEADLINE, editor, hand_in, open_digest, project_of
from weeknotes.content.document import Document
from weeknotes.desk import composing
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import ChangedSince, publish
from weeknotes.updates import edits, writing
from weeknotes.updates.models import Update
from weeknotes.updates.writing import SavedSince, WritingRefused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def update() -> Update:
    return hand_in(open_digest(), project_of(editor(), name="Frontline"), TYPED)


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Meanwhile], None]:
    """Let somebody else begin once an edit has read what it is about to change."""
    has_words = Document.has_words.fget
    assert has_words

    def let_begin(other: Meanwhile) -> None:
        def begin_then_tell(document: Document) -> bool:
            other.begin()
            return has_words(document)

        monkeypatch.setattr(Document, "has_words", property(begin_then_tell))

    return let_begin


def words_of(update: Update) -> list[Document]:
    return [revision.document for revision in update.revisions.order_by("number")]


def without_the_claim(update: Update, version: int) -> bool:
    Update.objects.filter(pk=update.pk).update(version=F("version") + 1)
    return True


@pytest.mark.parametrize("is_guarded", [True, False])
def test_of_two_edits_one_is_told_of_the_other(
    monkeypatch: pytest.MonkeyPatch,
    update: Update,
    begin: Callable[[Meanwhile], None],
    is_guarded: bool,
) -> None:
    """Without the claim, the control, one edit is put over the other and nobody is told."""
    second = Meanwhile(
        lambda: edited(Update.objects.get(), "Second.", version=2), is_held=is_guarded
    )
    begin(second)
    first: Any = edited
    if not is_guarded:
        without_transaction(monkeypatch, "weeknotes.updates.edits")
        monkeypatch.setattr("tests.weeknotes.desk.edits.edit", edits.edit.__wrapped__)
        monkeypatch.setattr(edits, "_claim", without_the_claim)
    first(update, "First.")
    second.finish()

    errors = [type(error) for error in second.errors]
    assert errors == ([SavedSince] if is_guarded else [])
    assert len(words_of(update)) == (2 if is_guarded else 3)


def test_of_an_edit_and_taking_back_one_is_told(
    update: Update, begin: Callable[[Meanwhile], None]
) -> None:
    taker = Meanwhile(lambda: writing.take_back(update=Update.objects.get(), by=editor()))
    begin(taker)

    edited(update)
    taker.finish()

    update.refresh_from_db()
    assert (taker.errors, update.state) == ([], "draft")
    assert update.latest.document == update.revisions.get(number=2).document
    with pytest.raises(WritingRefused, match="no longer as it was submitted"):
        edited(update, "Too late.", version=update.version)


def test_of_an_edit_and_publishing_the_editor_who_publishes_is_told(
    update: Update, begin: Callable[[Meanwhile], None]
) -> None:
    digest = update.digest
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    seen = compose_article(digest)

    def publish_it() -> None:
        publish(digest=digest, article_hash=seen.hash, seen=seen.manifest, by=editor())

    publisher = Meanwhile(publish_it)
    begin(publisher)

    edited(update)
    publisher.finish()

    assert [type(error) for error in publisher.errors] == [ChangedSince]
    assert Publication.objects.count() == 0
    assert EDITED in str(words_of(update)[-1])
