"""Composing: what goes into a digest, and in which order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from ddat import clock
from people.models import Event, User
from weeknotes.desk.models import Decision
from weeknotes.desk.refusing import ChangedMeanwhile, DeskRefused, changes_of
from weeknotes.digests.models import DetailsRefused, Digest, DigestState
from weeknotes.digests.subjects import in_house_order
from weeknotes.updates.models import Revision, Update, UpdateQuerySet


@transaction.atomic
def start_composing(*, digest: Digest, by: User, at: datetime | None = None) -> bool:
    """Give each update handed in so far an included entry, in house order.

    One that is returned keeps its place too, for when it is submitted again.

    Starting twice is one start; False says that it had begun. Raises DeskRefused when the digest
    is published.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING):
        if digest.is_published:
            raise DeskRefused(digest.closed_words)
        return False
    updates = {u.subject: u for u in digest.updates.seen_by_editors().with_subject()}
    for position, subject in enumerate(in_house_order(updates), start=1):
        _enter(digest, updates[subject], position, Decision.INCLUDED, by=by, at=at)
    Event.objects.record(by=by, verb="started composing", thing=digest, name=str(digest), at=at)
    return True


@transaction.atomic
def decide(
    *,
    digest: Digest,
    update: Update,
    decision: Decision,
    by: User,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Include an update at the end of the digest, or leave it out.

    The same decision twice is one. `seen` is the digest's version on the editor's desk: raises
    ChangedMeanwhile when another decision was made since. Raises DeskRefused when the update was
    not handed in, or the digest is not being composed.
    """
    at = at or clock.now()
    hold(digest)
    if digest.updates.returned().filter(pk=update.pk).exists():
        raise DeskRefused("This update is returned. Decide once it is submitted again.")
    if not digest.updates.reported().filter(pk=update.pk).exists():
        raise DeskRefused("This update has not been submitted, so it cannot be included.")
    entry = digest.entries.filter(update=update).first()
    if entry and entry.decision == decision:
        return
    if entry and seen is not None and entry.decided_in > seen:
        raise ChangedMeanwhile(changes_of(entry, seen))
    if entry is None:
        _enter(digest, update, _last_position(digest) + 1, decision, by=by, at=at)
    else:
        entry.decision, entry.decided_by, entry.decided_at = decision, by, at
        entry.decided_in = digest.version
        entry.position = _last_position(digest) + 1
        entry.save()
    verb = "included" if decision == Decision.INCLUDED else "left out"
    Event.objects.record(by=by, verb=verb, thing=update, name=str(update), at=at)


def new_not_in_yet(digest: Digest) -> list[Update]:
    """What was handed in after composing started and no editor has placed."""
    if digest.is_collecting:
        return []
    placed = digest.entries.values("update_id")
    return list(digest.updates.reported().with_subject().exclude(pk__in=placed).order_by("id"))


def handed_in(digest: Digest, anchor: str) -> Update | None:
    """What was handed in at this anchor, returned or not; None for a draft and for the note."""
    return _at(digest.updates.seen_by_editors(), anchor)


def once_handed_in(digest: Digest, anchor: str) -> Update | None:
    """The same, and also what was taken back again since: of that only that it was."""
    shown = Revision.objects.shown_to_editors().filter(update__digest=digest)
    return _at(digest.updates.filter(pk__in=shown.values("update"), is_note=False), anchor)


def _at(updates: UpdateQuerySet, anchor: str) -> Update | None:
    kind, _, slug = anchor.partition("-")
    found = updates.with_subject().select_related("digest")
    if kind == "project":
        return found.filter(project__slug=slug).first()
    return found.filter(team__slug=slug, is_note=False).first() if kind == "team" else None


def hold(digest: Digest) -> None:
    """Take the digest's row, so that two editors' changes follow one another."""
    try:
        digest.touch()
    except DetailsRefused as error:
        raise DeskRefused(str(error)) from error
    if not digest.is_composing:
        raise DeskRefused("Start composing first: then updates can be placed.")


def _enter(
    digest: Digest, update: Update, position: int, decision: Decision, *, by: User, at: datetime
) -> None:
    digest.entries.create(
        update=update,
        position=position,
        decision=decision,
        decided_by=by,
        decided_at=at,
        decided_in=digest.version,
    )


def _last_position(digest: Digest) -> int:
    return digest.entries.aggregate(last=Max("position"))["last"] or 0
