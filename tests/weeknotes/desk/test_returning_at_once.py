"""Returning and holding over against whoever does something else at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from tests.meanwhile import Meanwhile, without_transaction
from tests.weeknotes.week import DEADLINE, editor, hand_in, open_digest, project_of, write_note
from weeknotes.desk import composing, holding_over
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import AlreadyPublished, ChangedSince, publish
from weeknotes.updates import returning, writing
from weeknotes.updates.models import Update
from weeknotes.updates.questions import Question
from weeknotes.updates.returning import ReturnRefused

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "Which residents?"


@pytest.fixture
def update() -> Update:
    digest = open_digest()
    write_note(digest)
    return hand_in(digest, project_of(editor(), name="Frontline"))


def give_back(update: Update, question: str = ASKED) -> Question:
    return returning.return_to_writers(
        update=update, question=question, version=2, by=editor(), at=DEADLINE
    )


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Callable[[Meanwhile], None]:
    """Let somebody else begin once the first return has read what it is about to change."""
    question_open = returning.question_open

    def let_begin(other: Meanwhile) -> None:
        def begin_then_tell(update: Update) -> Question | None:
            asked = question_open(update)
            other.begin()
            return asked

        monkeypatch.setattr(returning, "question_open", begin_then_tell)

    return let_begin


def without_the_claim(update: Update) -> bool:
    Update.objects.filter(pk=update.pk).update(state="returned")
    update.refresh_from_db()
    return True


@pytest.mark.parametrize("is_guarded", [True, False])
def test_of_two_returns_one_is_told_of_the_other(
    monkeypatch: pytest.MonkeyPatch,
    update: Update,
    begin: Callable[[Meanwhile], None],
    is_guarded: bool,
) -> None:
    """Without the transaction and the claim, the control, one of them meets a fault."""
    second = Meanwhile(
        lambda: give_back(Update.objects.get(pk=update.pk), "And when?"), is_held=is_guarded
    )
    if not is_guarded:
        without_transaction(monkeypatch, "weeknotes.updates.returning")
        unguarded: Any = returning.return_to_writers.__wrapped__
        monkeypatch.setattr(returning, "return_to_writers", unguarded)
        monkeypatch.setattr(returning, "_claim", without_the_claim)
    begin(second)

    if is_guarded:
        give_back(update)
    else:
        with pytest.raises(IntegrityError):
            give_back(update)
    second.finish()

    assert [type(error) for error in second.errors] == ([ReturnRefused] if is_guarded else [])
    asked = Question.objects.get()
    assert asked.question == (ASKED if is_guarded else "And when?")


def test_of_returning_and_taking_back_one_is_told(
    update: Update, begin: Callable[[Meanwhile], None]
) -> None:
    taker = Meanwhile(
        lambda: writing.take_back(update=Update.objects.get(pk=update.pk), by=editor())
    )
    begin(taker)

    give_back(update)
    taker.finish()

    update.refresh_from_db()
    assert [str(error)[:46] for error in taker.errors] == [
        "Di Rector returned this with a question on Fri"
    ]
    assert update.state == "returned"


@pytest.mark.parametrize("returns_first", [True, False])
def test_of_returning_and_publishing_one_is_told(
    monkeypatch: pytest.MonkeyPatch,
    update: Update,
    begin: Callable[[Meanwhile], None],
    returns_first: bool,
) -> None:
    digest = update.digest
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    seen = compose_article(digest)

    def put_out() -> None:
        fresh = Digest.objects.get(pk=digest.pk)
        publish(digest=fresh, article_hash=seen.hash, seen=seen.manifest, by=editor())

    if returns_first:
        other = Meanwhile(put_out)
        begin(other)
        give_back(update)
    else:
        other = Meanwhile(lambda: give_back(Update.objects.get(pk=update.pk)))
        compose = compose_article

        def begin_then_compose(digest: Digest) -> Any:
            other.begin()
            return compose(digest)

        monkeypatch.setattr("weeknotes.publications.publishing.compose_article", begin_then_compose)
        put_out()
    other.finish()

    update.refresh_from_db()
    told = [type(error) for error in other.errors]
    assert told == ([ChangedSince] if returns_first else [ReturnRefused])
    assert update.state == ("returned" if returns_first else "submitted")
    assert Publication.objects.count() == (0 if returns_first else 1)


@pytest.mark.parametrize("is_guarded", [True, False])
def test_what_is_held_over_meets_the_digest_that_starts(
    monkeypatch: pytest.MonkeyPatch, update: Update, is_guarded: bool
) -> None:
    """Without the hold on the digests after, the control, the one that starts misses it."""
    digest = update.digest
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    following = open_digest(weeks=1)

    def start() -> None:
        composing.start_composing(digest=Digest.objects.get(pk=following.pk), by=editor())

    starter = Meanwhile(start, is_held=is_guarded)
    hold_later = holding_over.hold_later

    def hold_then_begin(digest: Digest) -> list[Digest]:
        later = hold_later(digest) if is_guarded else list(Digest.objects.filter(pk__gt=digest.pk))
        starter.begin()
        return later

    monkeypatch.setattr(holding_over, "hold_later", hold_then_begin)
    decide: Any = composing.decide
    if not is_guarded:
        without_transaction(monkeypatch, "weeknotes.desk.composing")
        decide = composing.decide.__wrapped__
    decide(digest=digest, update=update, decision=Decision.HELD, by=editor())
    starter.finish()

    assert starter.errors == []
    assert following.entries.count() == (1 if is_guarded else 0)


@pytest.mark.parametrize("decision", [Decision.INCLUDED, Decision.LEFT_OUT])
def test_of_undoing_and_publishing_the_next_one_is_told(
    monkeypatch: pytest.MonkeyPatch, update: Update, decision: Decision
) -> None:
    digest = update.digest
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    composing.decide(digest=digest, update=update, decision=Decision.HELD, by=editor())
    following = open_digest(weeks=1)
    composing.start_composing(digest=following, by=editor(), at=DEADLINE)
    seen = compose_article(following)

    def put_out() -> None:
        fresh = Digest.objects.get(pk=following.pk)
        publish(digest=fresh, article_hash=seen.hash, seen=seen.manifest, by=editor())

    publisher = Meanwhile(put_out)
    take_out = holding_over.take_out

    def begin_then_take_out(*args: Any) -> None:
        publisher.begin()
        take_out(*args)

    monkeypatch.setattr(holding_over, "take_out", begin_then_take_out)
    composing.decide(digest=digest, update=update, decision=decision, by=editor())
    publisher.finish()

    assert len(publisher.errors) == 1
    assert not isinstance(publisher.errors[0], AlreadyPublished | IntegrityError)
    assert Publication.objects.count() == 0
    assert list(update.entries.values_list("digest", "decision")) == [(digest.pk, decision)]
