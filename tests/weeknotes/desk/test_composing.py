"""Composing: what is given a place, what moves, what is refused."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Event
from tests.factories import ProjectFactory, TeamFactory
from tests.weeknotes.week import (
    DEADLINE,
    THURSDAY,
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    write_note,
)
from weeknotes.desk import composing
from weeknotes.desk.models import Decision, Entry
from weeknotes.desk.refusing import DeskRefused
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest() -> Digest:
    return open_digest()


@pytest.fixture
def three(digest: Digest) -> list[Update]:
    """Three updates in house order, included."""
    updates = [hand_in(digest, TeamFactory(house_order=place)) for place in (1, 2, 3)]
    start(digest)
    return updates


def start(digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)


def decide(digest: Digest, update: Update, decision: Decision) -> None:
    composing.decide(digest=digest, update=update, decision=decision, by=editor(), at=DEADLINE)


def order(digest: Digest) -> list[Update]:
    return [entry.update for entry in digest.entries.included()]


def events() -> list[tuple[str, str]]:
    """What the desk wrote down, oldest first."""
    desk = Event.objects.filter(at=DEADLINE)
    assert {event.by for event in desk} <= {editor()}
    return [(event.verb, event.name) for event in desk]


def test_starting_includes_what_was_handed_in_by_house_order(digest: Digest) -> None:
    second, first = TeamFactory(house_order=20), TeamFactory(house_order=10)
    of_first = ProjectFactory(team=first)
    handed_in = [hand_in(digest, subject) for subject in (second, of_first, first)]

    start(digest)

    assert order(digest) == [handed_in[2], handed_in[1], handed_in[0]]
    entries = digest.entries.included()
    assert [entry.position for entry in entries] == [1, 2, 3]
    assert {(entry.decided_by, entry.decided_at) for entry in entries} == {(editor(), DEADLINE)}
    assert digest.state == "composing"
    assert events() == [("started composing", "Digest of 11 to 15 May 2026")]


def test_starting_takes_neither_drafts_nor_the_note(digest: Digest) -> None:
    team = TeamFactory()
    writing.save_draft(digest=digest, subject=team, document=saying(), version=0, by=editor())
    write_note(digest)

    start(digest)

    assert list(digest.entries.all()) == []


def test_starting_twice_is_one_start(three: list[Update], digest: Digest) -> None:
    start(digest)

    assert order(digest) == three
    assert [verb for verb, _ in events()] == ["started composing"]


def test_published_digest_is_not_composed_again(digest: Digest) -> None:
    write_note(digest)
    put_out(digest)

    with pytest.raises(DeskRefused, match="Di Rector published this digest on"):
        start(digest)


def test_late_update_waits_until_it_is_placed(three: list[Update], digest: Digest) -> None:
    late = hand_in(digest, TeamFactory(house_order=0))

    assert composing.new_not_in_yet(digest) == [late]
    assert order(digest) == three

    decide(digest, late, Decision.INCLUDED)

    assert composing.new_not_in_yet(digest) == []
    assert order(digest) == [*three, late]
    assert events()[-1] == ("included", str(late))


def test_nothing_is_new_while_collecting(digest: Digest) -> None:
    hand_in(digest, TeamFactory())

    assert composing.new_not_in_yet(digest) == []


def test_left_out_is_kept_and_comes_back_last(three: list[Update], digest: Digest) -> None:
    decide(digest, three[0], Decision.LEFT_OUT)

    assert order(digest) == three[1:]
    assert [entry.update for entry in digest.entries.left_out()] == [three[0]]

    decide(digest, three[0], Decision.INCLUDED)

    assert order(digest) == [*three[1:], three[0]]
    assert [verb for verb, _ in events()] == ["started composing", "left out", "included"]


def test_same_decision_twice_is_one(three: list[Update], digest: Digest) -> None:
    decide(digest, three[0], Decision.INCLUDED)

    assert order(digest) == three
    assert [verb for verb, _ in events()] == ["started composing"]


def test_drafts_and_the_note_get_no_place(three: list[Update], digest: Digest) -> None:
    draft = writing.save_draft(
        digest=digest, subject=TeamFactory(), document=saying(), version=0, by=editor()
    )

    for update in (draft, write_note(digest)):
        with pytest.raises(DeskRefused, match="has not been submitted"):
            decide(digest, update, Decision.INCLUDED)


def test_nothing_is_placed_while_collecting(digest: Digest) -> None:
    update = hand_in(digest, TeamFactory())

    with pytest.raises(DeskRefused, match="Start composing first"):
        decide(digest, update, Decision.INCLUDED)

    assert Digest.objects.get().version == digest.version - 1


def test_nothing_is_placed_once_published(digest: Digest) -> None:
    update = hand_in(digest, TeamFactory())
    put_out(digest)

    with pytest.raises(DeskRefused, match="Di Rector published this digest on"):
        decide(digest, update, Decision.LEFT_OUT)


def test_anchor_finds_what_was_handed_in_to_its_own_digest(digest: Digest) -> None:
    team, project = TeamFactory(name="Web"), ProjectFactory(name="Web")
    updates = [hand_in(digest, subject) for subject in (team, project)]
    drafting = TeamFactory(name="Drafting")
    writing.save_draft(digest=digest, subject=drafting, document=saying(), version=0, by=editor())
    write_note(digest)

    found = [composing.handed_in(digest, anchor) for anchor in ("team-web", "project-web")]

    assert found == updates
    for anchor in ("team-drafting", "team-directorate", "note", "web", "person-web", ""):
        assert composing.handed_in(digest, anchor) is None


def test_entry_says_what_it_is(three: list[Update], digest: Digest) -> None:
    entry = digest.entries.included()[0]

    assert str(entry) == f"{three[0]} at 1, include"


def entry_again(update: Update, digest: Digest, **changed: object) -> Entry:
    fields = {
        "digest": digest,
        "update": update,
        "position": 9,
        "decision": Decision.INCLUDED,
        "decided_by": editor(),
        "decided_at": THURSDAY,
    }
    return Entry.objects.create(**{**fields, **changed})


def test_database_keeps_one_entry_an_update(three: list[Update], digest: Digest) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        entry_again(three[0], digest, decision=Decision.LEFT_OUT)


def test_database_keeps_one_included_entry_an_update(three: list[Update], digest: Digest) -> None:
    other = open_digest(weeks=1)

    entry_again(three[0], other, decision=Decision.LEFT_OUT)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry_again(three[1], other)


def test_database_knows_its_decisions(three: list[Update], digest: Digest) -> None:
    with pytest.raises(IntegrityError, match="entry_decision_is_known"), transaction.atomic():
        digest.entries.update(decision="perhaps")
