"""Many people and many tabs react at once: no errors, and the counts are the rows."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.db import Error, connection

from ddat import clock
from people.models import User
from tests.factories import UserFactory
from tests.meanwhile import meeting, without_transaction
from weeknotes.digests.models import Digest
from weeknotes.reactions import reacting
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.reactions.reacting import react, remove_reaction

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 10

Task = Callable[[], None]


@pytest.fixture
def meet(is_guarded: bool) -> Task:
    """Let two threads wait for each other; SQLite has one writer at a time without a guard too."""
    return meeting(is_held=is_guarded or connection.vendor == "sqlite")


def at_once(*tasks: Task) -> list[Exception]:
    """Do every task in a thread of its own; give back what went wrong."""
    errors: list[Exception] = []

    def run(task: Task) -> None:
        try:
            task()
        except (Error, Reaction.DoesNotExist) as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def reacting_with(digest: Digest, person: User, *kinds: str) -> Task:
    def task() -> None:
        for kind in kinds:
            react(target=digest, kind=kind, by=person)

    return task


def assert_counts_are_rows() -> None:
    rows = Counter(Reaction.objects.values_list("digest", "kind"))
    counted = ReactionCount.objects.filter(count__gt=0)
    assert rows == {(row.digest_id, row.kind): row.count for row in counted}


def test_readers_change_in_opposite_directions(digest: Digest) -> None:
    there, back = ["like", "love"] * TIMES, ["love", "like"] * TIMES

    errors = at_once(
        *(reacting_with(digest, UserFactory(), *kinds) for kinds in (there, back, there, back))
    )

    assert errors == []
    assert Reaction.objects.count() == 4
    assert_counts_are_rows()


def test_one_person_reacts_and_removes_in_many_tabs(digest: Digest, reader: User) -> None:
    def removing() -> None:
        for _ in range(TIMES * 2):
            remove_reaction(target=digest, by=reader)

    kinds = ["like", "haha"] * TIMES
    errors = at_once(*[reacting_with(digest, reader, *kinds), removing] * 2)

    assert errors == []
    assert_counts_are_rows()


@pytest.mark.parametrize("is_guarded", [True, False])
def test_counts_are_moved_in_one_order(
    digest: Digest, meet: Task, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Two readers change in opposite directions, each halfway when the other is."""
    one, other = UserFactory(), UserFactory()
    react(target=digest, kind="like", by=one)
    react(target=digest, kind="love", by=other)
    order = reacting._in_order if is_guarded else list

    def halfway(steps: dict[str, int]) -> Iterator[str]:
        for place, kind in enumerate(order(steps)):
            if place:
                meet()
            yield kind

    monkeypatch.setattr(reacting, "_in_order", halfway)
    errors = at_once(reacting_with(digest, one, "love"), reacting_with(digest, other, "like"))

    # SQLite has one writer at a time, so that nothing goes wrong there without the guard either.
    assert (errors == []) is (is_guarded or connection.vendor == "sqlite")
    assert_counts_are_rows()


@pytest.mark.parametrize("is_guarded", [True, False])
def test_tabs_of_one_person_wait_for_each_other(
    digest: Digest, reader: User, meet: Task, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Two tabs react first, each having looked when the other has."""

    def looked() -> object:
        meet()
        return clock.now()

    monkeypatch.setattr(reacting, "clock", SimpleNamespace(now=looked))
    if not is_guarded:
        monkeypatch.setattr(reacting, "_wait_for_own_tabs", lambda _: None)
    errors = at_once(*(reacting_with(digest, reader, kind) for kind in ("like", "love")))

    assert (errors, Reaction.objects.count()) == ([], 1)
    counted = sum(ReactionCount.objects.values_list("count", flat=True))
    # Without the guard both count a first reaction; SQLite has one writer at a time anyway.
    assert counted == (1 if is_guarded or connection.vendor == "sqlite" else 2)


@pytest.mark.parametrize("is_guarded", [True, False])
def test_reaction_and_its_count_are_one(
    digest: Digest, reader: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Something breaks between the row and the count."""

    def fail(steps: dict[str, int]) -> Iterator[str]:
        raise RuntimeError

    monkeypatch.setattr(reacting, "_in_order", fail)
    if not is_guarded:
        without_transaction(monkeypatch, reacting.__name__)
        monkeypatch.setattr(reacting, "_wait_for_own_tabs", lambda _: None)
        monkeypatch.setattr(reacting, "react", reacting.react.__wrapped__)
    with pytest.raises(RuntimeError):
        reacting.react(target=digest, kind="like", by=reader)

    assert Reaction.objects.count() == (0 if is_guarded else 1)
