"""Setting, changing and removing a reaction; the count moves in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from ddat import clock
from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.updates.models import Update

Target = Digest | Update


@transaction.atomic
def react(*, target: Target, kind: str, by: User, at: datetime | None = None) -> None:
    """Set or change a person's reaction; the same twice is one."""
    at = at or clock.now()
    where = _where(target)
    try:
        with transaction.atomic():
            Reaction.objects.create(person=by, kind=kind, reacted_at=at, **where)
    except IntegrityError:
        _change(where, kind, by=by, at=at)
        return
    _count(where, kind, +1)


@transaction.atomic
def remove_reaction(*, target: Target, by: User) -> None:
    """Take a person's reaction away; taking away nothing is no error."""
    where = _where(target)
    for reaction in Reaction.objects.select_for_update().filter(person=by, **where):
        gone, _ = Reaction.objects.filter(pk=reaction.pk, kind=reaction.kind).delete()
        if gone:
            _count(where, reaction.kind, -1)


def _change(where: dict[str, Target], kind: str, *, by: User, at: datetime) -> None:
    held = Reaction.objects.select_for_update().get(person=by, **where)
    if held.kind == kind:
        return
    changed = Reaction.objects.filter(pk=held.pk, kind=held.kind).update(kind=kind, reacted_at=at)
    if changed:
        _count(where, held.kind, -1)
        _count(where, kind, +1)


def _count(where: dict[str, Target], kind: str, step: int) -> None:
    counted = ReactionCount.objects.filter(kind=kind, **where)
    if counted.update(count=F("count") + step):
        return
    try:
        with transaction.atomic():
            ReactionCount.objects.create(kind=kind, count=step, **where)
    except IntegrityError:
        counted.update(count=F("count") + step)


def _where(target: Target) -> dict[str, Target]:
    return {"digest": target} if isinstance(target, Digest) else {"update": target}
