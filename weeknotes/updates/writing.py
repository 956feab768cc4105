"""Writing an update: saving its draft, handing it in, taking it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ddat import clock
from people.holding import hold
from people.models import Event, Team, User
from weeknotes.content.document import Document
from weeknotes.digests.models import Digest, DigestState
from weeknotes.digests.subjects import Subject
from weeknotes.updates.models import REPORTED, RevisionCause, Update, UpdateState
from weeknotes.updates.returning import answer, question_open

TOO_LATE = "This digest is published. Write for the next one."
CORRECT_IT = "Your words are not saved: copy them, and correct the digest on its desk."
OPEN = (UpdateState.DRAFT, UpdateState.RETURNED)
NOT_ONE_LINE = "Write at least one line, or choose No update this week."


class WritingRefused(Exception):
    """The words cannot be saved; the message says why and what to do."""


class SavedSince(WritingRefused):
    """Somebody saved, or handed in, other words since this version was opened."""


def find_update(*, digest: Digest, subject: Subject, is_note: bool = False) -> Update | None:
    """The update of a subject in a digest, or None while nobody has saved one."""
    updates = digest.updates.notes() if is_note else digest.updates.of(subject)
    return updates.select_related("digest").with_subject().first()


@transaction.atomic
def save_draft(
    *,
    digest: Digest,
    subject: Subject,
    document: Document,
    version: int,
    by: User,
    at: datetime | None = None,
    is_note: bool = False,
) -> Update:
    """Save a draft that was begun from `version` (0: nothing was saved yet).

    The same words again are a success and change nothing. Raises SavedSince when other words
    were saved in between, WritingRefused when the digest is published.
    """
    at = at or clock.now()
    content = document.to_json()
    is_open = digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    update = find_update(digest=digest, subject=subject, is_note=is_note)
    if not is_open and not (update and _says(update, content)):
        raise WritingRefused(f"{digest.closed_words} {CORRECT_IT}" if is_note else TOO_LATE)
    if update is None:
        _hold_subject(subject)
        update = _first_save(digest=digest, subject=subject, is_note=is_note)
    elif _says(update, content):
        return update
    elif version != update.version or not _claim(update, version, OPEN):
        raise _refusal(update, by=by)
    _rewrite(update, content, by=by, at=at)
    return update


@transaction.atomic
def submit(
    *,
    digest: Digest,
    subject: Subject,
    document: Document,
    version: int,
    by: User,
    at: datetime | None = None,
    start: Document | None = None,
) -> Update:
    """Submit an update, or, when the document says so, that there is none this week.

    Seals the words. Submitting the same words twice is one submission, published since or not.
    `start` is what the form began with: last time's figures are no line of this week. Raises like
    save_draft, and WritingRefused when there is not one line of words.
    """
    at = at or clock.now()
    is_open = digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    target = UpdateState.NO_UPDATE if document.no_update else UpdateState.SUBMITTED
    update = find_update(digest=digest, subject=subject)
    if update and update.state == target and _handed_in(update, document.to_json()):
        return update
    if not is_open:
        raise WritingRefused(TOO_LATE)
    if not document.has_words or (start and document.adds_nothing_to(start)):
        raise WritingRefused(NOT_ONE_LINE)
    update = save_draft(
        digest=digest, subject=subject, document=document, version=version, by=by, at=at
    )
    if not _claim(update, update.version, OPEN, to=target):
        raise _refusal(update, by=by)
    answer(update=update, by=by, at=at)
    update.revisions.filter(sealed_at__isnull=True).update(sealed_at=at, sealed_by=by)
    verb = "said no update for" if document.no_update else "submitted"
    Event.objects.record(by=by, verb=verb, thing=update, name=str(update), at=at)
    return update


@transaction.atomic
def take_back(*, update: Update, by: User, at: datetime | None = None) -> Update:
    """Make a submitted update a draft again; possible until composing starts.

    Taking back twice is one taking-back. Raises WritingRefused once composing has started, and
    when an editor returned the update first: then it is open already.
    """
    at = at or clock.now()
    is_collecting = update.digest.hold(DigestState.COLLECTING)
    update.refresh_from_db()
    if update.is_draft:
        return update
    asked = question_open(update)
    if asked:
        raise WritingRefused(
            f"{asked.asked_by.name} returned this with a question on "
            f"{clock.moment(asked.asked_at)}. You can change it already."
        )
    if not is_collecting or not _claim(update, update.version, REPORTED, to=UpdateState.DRAFT):
        raise WritingRefused(
            "Composing has started, so this can no longer be taken back. "
            "Ask an editor if something must change."
        )
    latest = update.latest
    words = dataclasses.replace(latest.document, no_update=None)
    update.revise(words.to_json(), cause=RevisionCause.TAKEN_BACK, by=by, at=at)
    Event.objects.record(by=by, verb="took back", thing=update, name=str(update), at=at)
    return update


def _hold_subject(subject: Subject) -> None:
    """Let nobody merge the subject before its first words are kept. Raises WritingRefused if gone.

    Once they are, they are in the way of a merger themselves.
    """
    (held,) = hold(type(subject).objects.filter(pk=subject.pk))
    if held.is_closed:
        gone = f"merged into {held.merged_into}" if held.merged_into else "closed"
        raise WritingRefused(f"{held} was {gone}. Nothing is written for it any more.")


def _first_save(*, digest: Digest, subject: Subject, is_note: bool) -> Update:
    who = {"team": subject} if isinstance(subject, Team) else {"project": subject}
    try:
        with transaction.atomic():
            return Update.objects.create(digest=digest, is_note=is_note, **who)
    except IntegrityError as error:
        raise SavedSince("Somebody else started this update a moment ago.") from error


def _says(update: Update, content: dict[str, Any]) -> bool:
    return bool(update.latest.content == content)


def _handed_in(update: Update, content: dict[str, Any]) -> bool:
    """Whether these are the words it was handed in with, also when an editor changed them since."""
    original = update.original
    return _says(update, content) or (original is not None and original.content == content)


def _claim(
    update: Update,
    version: int,
    states: Sequence[UpdateState],
    *,
    to: UpdateState | None = None,
) -> bool:
    """Move an update one version on, if it still is what the writer began from."""
    claimed = Update.objects.filter(
        pk=update.pk,
        version=version,
        state__in=states,
        digest__in=Digest.objects.open_for_writing(),
    ).update(state=to or F("state"), version=F("version") + 1)
    update.refresh_from_db()
    return bool(claimed)


def _refusal(update: Update, *, by: User) -> WritingRefused:
    update.digest.refresh_from_db()
    if update.digest.is_published:
        return WritingRefused(TOO_LATE)
    latest = update.latest
    done = "saved other words" if update.is_open else "handed in other words"
    if latest.is_edit:
        done = "edited it"
    who = "You" if latest.made_by == by else latest.made_by.name
    asked = question_open(update)
    if asked and latest.made_at == asked.asked_at:
        return SavedSince(
            f"{asked.asked_by.name} returned this update with a question on "
            f"{clock.moment(asked.asked_at)}, after you opened this page."
        )
    return SavedSince(
        f"{who} {done} on {clock.moment(latest.made_at)}, after you opened this page."
    )


def _rewrite(update: Update, content: dict[str, Any], *, by: User, at: datetime) -> None:
    """Put words into the draft revision, or into a new one when the last is sealed."""
    drafts = update.revisions.filter(sealed_at__isnull=True)
    if drafts.update(content=content, made_by=by, made_at=at):
        return
    update.revise(content, cause=RevisionCause.WRITTEN, by=by, at=at)
