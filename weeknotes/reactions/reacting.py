"""Setting, changing and removing a reaction; the count moves in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import BigAutoField, CharField, DateTimeField, F, IntegerField

from ddat import clock
from ddat.prepared import Asked, Prepared, PreparedChange, updating, upserting
from people.models import User
from weeknotes.digests.models import Digest, DigestState
from weeknotes.reactions.models import Reaction, ReactionCount, ReactionKind
from weeknotes.updates.models import Update

Target = Digest | Update

PERSON, TARGET = Asked("person", BigAutoField()), Asked("target", BigAutoField())
KIND, AT = Asked("kind", CharField()), Asked("at", DateTimeField())
STEP = Asked("step", IntegerField())


def _held_as(name: str) -> Prepared:
    """The question of the kind that somebody chose for a digest, or for an update."""
    return Prepared(lambda: Reaction.objects.held(PERSON, **{name: TARGET}))


def _chosen_for(name: str) -> PreparedChange:
    """Somebody's reaction to a digest, or to an update: a new row, or their other one changed."""
    return PreparedChange(
        lambda: upserting(
            Reaction(person_id=PERSON, kind=KIND, reacted_at=AT, **{f"{name}_id": TARGET}),
            unique=["person", name],
            changed=["kind", "reacted_at"],
        )
    )


def _counted_for(name: str) -> PreparedChange:
    """One of a target's counts, moved by a step."""
    return PreparedChange(
        lambda: updating(
            ReactionCount.objects.filter(kind=KIND, **{name: TARGET}), count=F("count") + STEP
        )
    )


TARGETS = ("digest", "update")
_chosen = {name: _held_as(name) for name in TARGETS}
_choose = {name: _chosen_for(name) for name in TARGETS}
_move = {name: _counted_for(name) for name in TARGETS}


class NotReadable(Exception):
    """Nobody reads the digest any more, so that nobody reacts to it."""


@transaction.atomic
def react(
    *,
    target: Target,
    kind: str,
    by: User,
    at: datetime | None = None,
    read_in: Digest | None = None,
) -> None:
    """Set or change a person's reaction; the same twice is one.

    `read_in` is the digest that an update was read in, where that is not its own. Raises
    ValueError when there is no such kind, NotReadable when the digest is withdrawn.
    """
    _keep_readable(target, read_in)
    chosen = ReactionKind(kind).value
    _wait_for_own_tabs(by)
    held = _held(by, target)
    if held == chosen:
        return
    choose = _choose[_name_of(target)]
    choose(person=by.pk, target=target.pk, kind=chosen, at=at or clock.now())
    _count(target, {chosen: +1} | ({held: -1} if held else {}))


@transaction.atomic
def remove_reaction(*, target: Target, by: User, read_in: Digest | None = None) -> None:
    """Take a person's reaction away; taking away nothing is no error. Raises like react."""
    _keep_readable(target, read_in)
    _wait_for_own_tabs(by)
    held = _held(by, target)
    mine = Reaction.objects.filter(person=by, kind=held, **{_name_of(target): target})
    if held and mine.delete()[0]:
        _count(target, {held: -1})


def _keep_readable(target: Target, read_in: Digest | None) -> None:
    """Let nobody withdraw the digest before the reaction to it is kept and counted."""
    digest = read_in or (target if isinstance(target, Digest) else target.digest)
    if not digest.stays(DigestState.PUBLISHED):
        raise NotReadable("This digest was withdrawn.")


def _wait_for_own_tabs(person: User) -> None:
    """One change at a time for a person; rows that merely name the person need not wait.

    On SQLite the transaction is the only one that writes already.
    """
    if connection.features.has_select_for_update:
        list(User.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk"))


def _count(target: Target, steps: dict[str, int]) -> None:
    """Move a target's counts, always in one order: two readers can then not block each other."""
    name = _name_of(target)
    for kind in _in_order(steps):
        moved = {"target": target.pk, "kind": kind, "step": steps[kind]}
        if not _move[name](**moved):
            first = ReactionCount(kind=kind, count=0, **{name: target})
            ReactionCount.objects.bulk_create([first], ignore_conflicts=True)
            _move[name](**moved)


def _held(person: User, target: Target) -> str | None:
    found = _chosen[_name_of(target)](person=person.pk, target=target.pk)
    return found[0] if found else None


def _in_order(steps: dict[str, int]) -> list[str]:
    return sorted(steps)


def _name_of(target: Target) -> str:
    return "digest" if isinstance(target, Digest) else "update"
