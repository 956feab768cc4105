"""Reacting: one answer a person and target, and counts that are always the rows."""

from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.models import User
from tests.factories import UserFactory
from tests.weeknotes.week import PUBLISHED_AT
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.reactions.reacting import react, remove_reaction
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

Target = Digest | Update


@pytest.fixture(params=["digest", "note", "update"])
def target(request: pytest.FixtureRequest, digest: Digest) -> Target:
    updates = {update.is_note: update for update in digest.updates.all()}
    return {"digest": digest, "note": updates[True], "update": updates[False]}[request.param]


def rows(target: Target) -> list[tuple[User, str]]:
    return [(row.person, row.kind) for row in target.reactions.order_by("person_id")]


def counts(target: Target) -> dict[str, int]:
    """The counts of a target, which are always those of its rows."""
    counted = {row.kind: row.count for row in target.reaction_counts.all() if row.count}
    assert counted == Counter(kind for _, kind in rows(target))
    return counted


def test_reaction_is_a_row_and_a_count(target: Target, reader: User) -> None:
    react(target=target, kind="love", by=reader, at=PUBLISHED_AT)

    reaction = Reaction.objects.get()
    assert (rows(target), counts(target)) == ([(reader, "love")], {"love": 1})
    assert reaction.reacted_at == PUBLISHED_AT


def test_same_twice_is_one(target: Target, reader: User) -> None:
    for _ in range(2):
        react(target=target, kind="love", by=reader)

    assert (rows(target), counts(target)) == ([(reader, "love")], {"love": 1})


def test_reaction_may_change(target: Target, reader: User) -> None:
    react(target=target, kind="love", by=reader)

    react(target=target, kind="haha", by=reader, at=PUBLISHED_AT)

    assert (rows(target), counts(target)) == ([(reader, "haha")], {"haha": 1})
    assert Reaction.objects.get().reacted_at == PUBLISHED_AT


def test_reaction_may_be_removed(target: Target, reader: User) -> None:
    react(target=target, kind="love", by=reader)

    for _ in range(2):
        remove_reaction(target=target, by=reader)

    assert (rows(target), counts(target)) == ([], {})


def test_removing_nothing_is_nothing(target: Target, reader: User) -> None:
    other = UserFactory()
    react(target=target, kind="love", by=other)

    remove_reaction(target=target, by=reader)

    assert (rows(target), counts(target)) == ([(other, "love")], {"love": 1})


def test_removed_reaction_may_come_back(target: Target, reader: User) -> None:
    react(target=target, kind="love", by=reader)
    remove_reaction(target=target, by=reader)

    react(target=target, kind="like", by=reader)

    assert (rows(target), counts(target)) == ([(reader, "like")], {"like": 1})


def test_people_are_counted_together(target: Target) -> None:
    people = [UserFactory() for _ in range(5)]
    for person, kind in zip(people, ("like", "love", "like", "haha", "like"), strict=True):
        react(target=target, kind=kind, by=person)
    react(target=target, kind="love", by=people[0])
    remove_reaction(target=target, by=people[3])

    assert counts(target) == {"love": 2, "like": 2}


def test_targets_are_counted_apart(digest: Digest, reader: User) -> None:
    note, update = digest.updates.order_by("-is_note")
    for target, kind in ((digest, "like"), (note, "love"), (update, "haha")):
        react(target=target, kind=kind, by=reader)

    assert [counts(target) for target in (digest, note, update)] == [
        {"like": 1},
        {"love": 1},
        {"haha": 1},
    ]


def refuse(model: type, **fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(**fields)


def test_database_keeps_one_reaction_a_person_and_target(target: Target, reader: User) -> None:
    react(target=target, kind="love", by=reader)
    where = {"digest" if isinstance(target, Digest) else "update": target}

    refuse(Reaction, person=reader, kind="like", reacted_at=PUBLISHED_AT, **where)
    refuse(ReactionCount, kind="love", count=1, **where)


def test_database_keeps_reactions_in_shape(digest: Digest, reader: User) -> None:
    update = digest.updates.first()
    shared = {"person": reader, "reacted_at": PUBLISHED_AT}

    refuse(Reaction, kind="like", **shared)
    refuse(Reaction, kind="like", digest=digest, update=update, **shared)
    refuse(Reaction, kind="hate", digest=digest, **shared)
    refuse(ReactionCount, kind="like", count=1)
    refuse(ReactionCount, kind="like", count=1, digest=digest, update=update)
    refuse(ReactionCount, kind="like", count=-1, digest=digest)


def test_reaction_says_what_it_is(digest: Digest, reader: User) -> None:
    react(target=digest, kind="love", by=reader)

    assert [str(row) for row in (Reaction.objects.get(), ReactionCount.objects.get())] == [
        f"Love by {reader.pk}",
        "Love, 1",
    ]
