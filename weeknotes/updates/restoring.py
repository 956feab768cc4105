"""Restoring: earlier words of an update become its draft again, and no draft is lost by it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ddat import clock
from people.models import Event, User
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates.models import Revision, RevisionCause, Update
from weeknotes.updates.writing import TOO_LATE, SavedSince, WritingRefused, take_back


@transaction.atomic
def restore(
    *, update: Update, number: int, version: int, by: User, at: datetime | None = None
) -> Update:
    """Make a draft of the words of a sealed revision, as somebody saw the update at `version`.

    A submitted update is taken back first, by the rules of taking back. The draft that stood
    there is kept as a revision, set aside, unless its words are kept already. Restoring twice is
    one restoring. Raises SavedSince when other words were saved in between, WritingRefused when
    the digest is published or being composed.
    """
    at = at or clock.now()
    is_open = update.digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    update.refresh_from_db()
    content = _words_of(update.revisions.sealed().get(number=number))
    if update.is_open and update.latest.content == content:
        return update
    if not is_open:
        raise WritingRefused(TOO_LATE)
    if version != update.version:
        raise _refusal(update, by=by)
    if not update.is_open:
        take_back(update=update, by=by, at=at)
    _claim(update)
    _put_in_draft(update, content, by=by, at=at)
    Event.objects.record(by=by, verb="restored", thing=update, name=str(update), at=at)
    return update


def can_restore(update: Update) -> bool:
    """Whether its words may become others: its writers have it, or may still take it back."""
    digest = update.digest
    return not digest.is_published and (update.is_open or digest.is_collecting)


def _words_of(revision: Revision) -> dict[str, Any]:
    """What a draft says after it; that there is no update is said when it is handed in."""
    return dataclasses.replace(revision.document, no_update=None).to_json()


def _claim(update: Update) -> None:
    """Move it one version on, if nobody else did since it was read."""
    unpublished = Digest.objects.open_for_writing()
    same = Update.objects.filter(pk=update.pk, version=update.version, digest__in=unpublished)
    if not same.update(version=F("version") + 1):
        raise SavedSince("Somebody else saved other words a moment ago.")
    update.refresh_from_db()


def _put_in_draft(update: Update, content: dict[str, Any], *, by: User, at: datetime) -> None:
    draft = update.revisions.filter(sealed_at__isnull=True)
    latest = update.latest
    if latest.content in map(_words_of, update.revisions.sealed()):
        draft.update(content=content, cause=RevisionCause.RESTORED, made_by=by, made_at=at)
        return
    draft.update(cause=RevisionCause.SET_ASIDE, sealed_at=at, sealed_by=by)
    update.revise(content, cause=RevisionCause.RESTORED, by=by, at=at)


def _refusal(update: Update, *, by: User) -> SavedSince:
    latest = update.latest
    who = "You" if latest.made_by == by else latest.made_by.name
    done = "saved other words" if update.is_open else "handed in other words"
    if latest.is_edit:
        done = "edited it"
    return SavedSince(
        f"{who} {done} on {clock.moment(latest.last_hand[1])}, after you opened this "
        "page. They are kept. Compare again, and restore if you still want to."
    )
