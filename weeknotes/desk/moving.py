"""Moving an update in a digest: before or after another, as the editor saw them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction

from ddat import clock
from people.models import Event, User
from weeknotes.desk.composing import hold
from weeknotes.desk.models import Entry
from weeknotes.desk.refusing import ChangedMeanwhile, DeskRefused, changes_of
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

Side = Literal["before", "after"]


@transaction.atomic
def move(
    *,
    digest: Digest,
    update: Update,
    side: Side,
    other: Update,
    by: User,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Put an included update directly before or after another one.

    Where it stands there already nothing happens: the same move twice is one. `seen` is the
    digest's version on the editor's desk. Raises ChangedMeanwhile when one of the two, or one
    between them, was moved or decided on since; DeskRefused when one of the two is not included, or
    the digest is not being composed.
    """
    at = at or clock.now()
    hold(digest)
    order = list(digest.entries.included().with_update().select_related("moved_by", "decided_by"))
    places = {entry.update_id: place for place, entry in enumerate(order)}
    if update.pk not in places or other.pk not in places:
        raise _refusal(digest, update if update.pk not in places else other, seen)
    old, beside = places[update.pk], places[other.pk]
    new = _place_at(side, beside, old)
    if old == new:
        return
    between = order[min(old, beside) : max(old, beside) + 1]
    changes = [c for entry in between for c in changes_of(entry, _version(seen, digest))]
    if changes:
        raise ChangedMeanwhile(changes)
    entry = order.pop(old)
    order.insert(new, entry)
    _renumber(order)
    entry.moved_by, entry.moved_at, entry.moved_in = by, at, digest.version
    entry.save(update_fields=["moved_by", "moved_at", "moved_in"])
    verb = "moved up" if new < old else "moved down"
    Event.objects.record(by=by, verb=verb, thing=update, name=str(update), at=at)


def _place_at(side: Side, beside: int, old: int) -> int:
    """Where an update comes to stand beside that place, once it is taken out of the order."""
    gap = beside if side == "before" else beside + 1
    return gap - (old < gap)


def _version(seen: int | None, digest: Digest) -> int:
    """What was seen; whoever says nothing has seen everything."""
    return digest.version if seen is None else seen


def _refusal(digest: Digest, missing: Update, seen: int | None) -> DeskRefused:
    entry = digest.entries.changed_since(_version(seen, digest)).filter(update=missing).first()
    if entry:
        return ChangedMeanwhile(changes_of(entry, _version(seen, digest)))
    return DeskRefused("This update is not in the digest, so it cannot be moved.")


def _renumber(order: list[Entry]) -> None:
    for position, entry in enumerate(order, start=1):
        entry.position = position
    Entry.objects.bulk_update(order, ["position"])
