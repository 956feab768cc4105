"""Returning a submitted update to its writers with a question, and its being answered."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ddat import clock
from people.models import Event, User
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates.models import REPORTED, RevisionCause, Update, UpdateState
from weeknotes.updates.questions import Question


class ReturnRefused(Exception):
    """The update cannot be returned; the message says why, and who was first."""


@transaction.atomic
def return_to_writers(
    *, update: Update, question: str, version: int, by: User, at: datetime | None = None
) -> Question:
    """Reopen one submitted update for its writers, with a question; nothing else waits for it.

    `version` is the update's as the editor read it. The same question twice is one. Raises
    ReturnRefused when the update is published, taken back, returned already or changed since.
    """
    at = at or clock.now()
    is_open = update.digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    update.refresh_from_db()
    asked = question_open(update)
    if asked and asked.question == question:
        return asked
    if not is_open or asked or update.version != version or not _claim(update):
        raise ReturnRefused(_refusal(update, asked))
    latest = update.latest
    words = dataclasses.replace(latest.document, no_update=None)
    # The words stay whose they are; the question says who returned it.
    update.revise(words.to_json(), cause=RevisionCause.RETURNED, by=latest.made_by, at=at)
    Event.objects.record(by=by, verb="returned", thing=update, name=str(update), at=at)
    return Question.objects.create(update=update, question=question, asked_by=by, asked_at=at)


def question_open(update: Update) -> Question | None:
    """What its writers are asked now, or None; asks the database for a returned one alone."""
    if not update.is_returned:
        return None
    return Question.objects.open().with_people().filter(update=update).first()


def answer(*, update: Update, by: User, at: datetime) -> None:
    """Close the question of an update that is submitted again."""
    Question.objects.open().filter(update=update).update(answered_by=by, answered_at=at)


def _claim(update: Update) -> bool:
    """Make it returned, if it still is what the editor read."""
    claimed = Update.objects.filter(
        pk=update.pk,
        version=update.version,
        state__in=REPORTED,
        digest__in=Digest.objects.open_for_writing(),
    ).update(state=UpdateState.RETURNED, version=F("version") + 1)
    update.refresh_from_db()
    return bool(claimed)


def _refusal(update: Update, asked: Question | None) -> str:
    if update.digest.is_published:
        return update.digest.closed_words
    if asked:
        return (
            f"{asked.asked_by.name} has returned this update already, on "
            f"{clock.moment(asked.asked_at)}, and asked: “{asked.question}”"
        )
    latest = update.latest
    person, at = latest.last_hand
    if update.is_draft:
        return (
            f"This update was taken back to be changed, last by {person.name} on "
            f"{clock.moment(at)}. Return it once it is submitted again."
        )
    return (
        f"Its words are no longer those you read: they are by {person.name}, "
        f"{clock.moment(at)}. Read them below, and return it if you still need to."
    )
