"""Composing: what goes into a digest, and in which order."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import Max

from ddat import clock
from people.models import Event, User
from weeknotes.desk.models import Decision, Entry
from weeknotes.digests.models import DetailsRefused, Digest, DigestState
from weeknotes.digests.subjects import in_house_order
from weeknotes.updates.models import Update

Direction = Literal["up", "down"]
DIRECTIONS: dict[str, Direction] = {"up": "up", "down": "down"}


class DeskRefused(Exception):
    """The desk cannot do that; the message says why and what to do."""


@transaction.atomic
def start_composing(*, digest: Digest, by: User, at: datetime | None = None) -> None:
    """Give each update handed in so far an included entry, in house order.

    Starting twice is one start. Raises DeskRefused when the digest is published.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING):
        if digest.is_published:
            raise DeskRefused("This digest is published. It can no longer be changed.")
        return
    updates = {u.subject: u for u in digest.updates.reported().with_subject()}
    for position, subject in enumerate(in_house_order(updates), start=1):
        _enter(digest, updates[subject], position, Decision.INCLUDED, by=by, at=at)
    Event.objects.record(by=by, verb="started composing", thing=digest, name=str(digest), at=at)


@transaction.atomic
def decide(
    *, digest: Digest, update: Update, decision: Decision, by: User, at: datetime | None = None
) -> None:
    """Include an update at the end of the digest, or leave it out.

    The same decision twice is one. Raises DeskRefused when the update was not handed in, or the
    digest is not being composed.
    """
    at = at or clock.now()
    _hold(digest)
    if not digest.updates.reported().filter(pk=update.pk).exists():
        raise DeskRefused("This update has not been submitted, so it cannot be included.")
    entry = digest.entries.filter(update=update).first()
    if entry and entry.decision == decision:
        return
    if entry is None:
        _enter(digest, update, _last_position(digest) + 1, decision, by=by, at=at)
    else:
        entry.decision, entry.decided_by, entry.decided_at = decision, by, at
        entry.position = _last_position(digest) + 1
        entry.save()
    verb = "included" if decision == Decision.INCLUDED else "left out"
    Event.objects.record(by=by, verb=verb, thing=update, name=str(update), at=at)


@transaction.atomic
def move(
    *, digest: Digest, update: Update, direction: Direction, by: User, at: datetime | None = None
) -> tuple[int, int]:
    """Swap an included update with its neighbour; gives its new place and how many there are.

    At the top or the bottom nothing happens. Raises DeskRefused when the update is not included,
    or the digest is not being composed.
    """
    at = at or clock.now()
    _hold(digest)
    order = list(digest.entries.included())
    place = next((i for i, entry in enumerate(order) if entry.update_id == update.pk), None)
    if place is None:
        raise DeskRefused("This update is not in the digest, so it cannot be moved.")
    other = place + (1 if direction == "down" else -1)
    if not 0 <= other < len(order):
        return place + 1, len(order)
    order[place], order[other] = order[other], order[place]
    for position, entry in enumerate(order, start=1):
        entry.position = position
    Entry.objects.bulk_update(order, ["position"])
    Event.objects.record(by=by, verb=f"moved {direction}", thing=update, name=str(update), at=at)
    return other + 1, len(order)


def new_not_in_yet(digest: Digest) -> list[Update]:
    """What was handed in after composing started and no editor has placed."""
    if digest.is_collecting:
        return []
    placed = digest.entries.values("update_id")
    return list(digest.updates.reported().with_subject().exclude(pk__in=placed).order_by("id"))


def handed_in(digest: Digest, anchor: str) -> Update | None:
    """What was handed in and stands at this anchor; None for a draft and for the note."""
    kind, _, slug = anchor.partition("-")
    updates = digest.updates.reported().with_subject().select_related("digest")
    if kind == "project":
        return updates.filter(project__slug=slug).first()
    return updates.filter(team__slug=slug, is_note=False).first() if kind == "team" else None


def _hold(digest: Digest) -> None:
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
        update=update, position=position, decision=decision, decided_by=by, decided_at=at
    )


def _last_position(digest: Digest) -> int:
    return digest.entries.aggregate(last=Max("position"))["last"] or 0
