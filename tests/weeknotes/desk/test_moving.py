"""Moving updates, by one editor and by two: what is done, what is refused, who is told what."""

from datetime import timedelta

import pytest

from people.models import Event, User
from tests.factories import RoleGrantFactory, TeamFactory, UserFactory
from tests.meanwhile import Meanwhile, without_transaction
from tests.weeknotes.week import DEADLINE, editor, hand_in, open_digest, put_out
from weeknotes.desk import composing, moving
from weeknotes.desk.composing import decide
from weeknotes.desk.models import Decision, Entry
from weeknotes.desk.moving import Side
from weeknotes.desk.refusing import DID, Change, ChangedMeanwhile, DeskRefused, changes_since
from weeknotes.desk.telling import AGAIN
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

LATER = DEADLINE + timedelta(minutes=1)
NAMES = "ABCD"


@pytest.fixture
def digest() -> Digest:
    """Four updates, included in the order of the alphabet."""
    digest = open_digest()
    for place, name in enumerate(NAMES, start=1):
        hand_in(digest, TeamFactory(name=name, house_order=place))
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    return digest


@pytest.fixture
def bea() -> User:
    """The other editor."""
    return RoleGrantFactory(
        person=UserFactory(forename="Bea", surname="Long"), role="editor"
    ).person


def named(name: str) -> Update:
    return Update.objects.get(team__name=name)


def order() -> str:
    return "".join(entry.update.team.name for entry in Entry.objects.included().with_update())


def version() -> int:
    return Digest.objects.get().version


def put(what: str, side: Side, other: str, *, by: User | None = None, seen: int | None = None):
    """One editor's move, from a desk of their own."""
    moving.move(
        digest=Digest.objects.get(),
        update=named(what),
        side=side,
        other=named(other),
        by=by or editor(),
        seen=seen,
        at=LATER,
    )


def moves() -> list[tuple[str, str]]:
    """What was moved, and how, oldest first."""
    found = Event.objects.filter(verb__startswith="moved")
    return [(event.name[0], event.verb) for event in found]


@pytest.mark.parametrize(
    ("what", "side", "other", "result", "verb"),
    [
        ("B", "before", "A", "BACD", "moved up"),
        ("B", "after", "C", "ACBD", "moved down"),
        ("D", "before", "A", "DABC", "moved up"),
        ("A", "after", "D", "BCDA", "moved down"),
        ("D", "after", "A", "ADBC", "moved up"),
        ("A", "before", "D", "BCAD", "moved down"),
    ],
)
def test_moving_puts_an_update_beside_another(
    digest: Digest, what: str, side: Side, other: str, result: str, verb: str
) -> None:
    put(what, side, other, seen=version())

    assert order() == result
    assert list(Entry.objects.included().values_list("position", flat=True)) == [1, 2, 3, 4]
    assert moves() == [(what, verb)]


@pytest.mark.parametrize(
    ("what", "side", "other"), [("A", "before", "B"), ("B", "after", "A"), ("B", "after", "B")]
)
def test_moving_to_where_it_stands_is_nothing(
    digest: Digest, what: str, side: Side, other: str
) -> None:
    put(what, side, other, seen=0)

    assert (order(), moves()) == ("ABCD", [])


def test_moving_steps_over_what_is_left_out(digest: Digest) -> None:
    decide(digest=digest, update=named("B"), decision=Decision.LEFT_OUT, by=editor())

    put("C", "before", "A")

    assert order() == "CAD"
    with pytest.raises(DeskRefused, match="not in the digest"):
        put("B", "before", "A")
    with pytest.raises(DeskRefused, match="not in the digest"):
        put("A", "after", "B")


def test_published_digest_says_who_published_it(digest: Digest) -> None:
    put_out(digest)

    with pytest.raises(DeskRefused, match="Di Rector published this digest on Monday 18 May"):
        put("B", "before", "A")


def test_same_move_twice_is_one(digest: Digest, bea: User) -> None:
    seen = version()

    put("B", "before", "A", seen=seen)
    put("B", "before", "A", seen=seen)
    put("B", "before", "A", by=bea, seen=seen)

    assert (order(), moves()) == ("BACD", [("B", "moved up")])


def test_a_move_elsewhere_is_no_hindrance(digest: Digest, bea: User) -> None:
    seen = version()
    put("D", "before", "C", by=bea, seen=seen)

    put("B", "before", "A", seen=seen)

    assert order() == "BADC"
    theirs = [change for change in changes_since(digest, seen) if change.by == bea]
    assert theirs == [Change(by=bea, did="moved", update=named("D"), at=LATER)]


@pytest.mark.parametrize(
    ("theirs", "mine", "result"),
    [
        (("C", "before", "B"), ("D", "before", "B"), "ACDB"),
        (("C", "before", "A"), ("D", "before", "A"), "CDAB"),
        (("A", "after", "B"), ("D", "before", "C"), "BADC"),
    ],
)
def test_a_move_that_undoes_nothing_is_done(
    digest: Digest, bea: User, theirs: tuple, mine: tuple, result: str
) -> None:
    seen = version()
    put(*theirs, by=bea, seen=seen)

    put(*mine, seen=seen)

    assert order() == result


@pytest.mark.parametrize(
    ("theirs", "mine", "told"),
    [
        (("B", "after", "C"), ("B", "before", "A"), "B"),  # the same update
        (("A", "after", "D"), ("C", "before", "A"), "A"),  # the one to stand beside
        (("A", "after", "D"), ("B", "before", "A"), "A"),  # past which it stands already
        (("D", "before", "B"), ("C", "before", "A"), "D"),  # one between them
    ],
)
def test_a_move_that_would_undo_anothers_is_refused(
    digest: Digest, bea: User, theirs: tuple, mine: tuple, told: str
) -> None:
    seen = version()
    put(*theirs, by=bea, seen=seen)
    stands = order()

    with pytest.raises(ChangedMeanwhile) as refusal:
        put(*mine, seen=seen)

    assert refusal.value.changes == [Change(by=bea, did="moved", update=named(told), at=LATER)]
    assert (order(), [name for name, _ in moves()]) == (stands, [theirs[0]])

    put(*mine, seen=version())  # knowingly it is done

    assert order() != stands


def test_a_late_repeat_does_not_undo_what_came_between(digest: Digest, bea: User) -> None:
    seen = version()
    put("B", "before", "A", seen=seen)
    put("B", "after", "A", by=bea, seen=version())

    with pytest.raises(ChangedMeanwhile):
        put("B", "before", "A", seen=seen)

    assert order() == "ABCD"


def test_a_move_beside_what_was_left_out_is_told(digest: Digest, bea: User) -> None:
    seen = version()
    out = named("A")
    decide(digest=digest, update=out, decision=Decision.LEFT_OUT, by=bea, seen=seen, at=LATER)

    for mine in (("B", "before", "A"), ("A", "after", "B")):
        with pytest.raises(ChangedMeanwhile) as refusal:
            put(*mine, seen=seen)

    assert refusal.value.changes == [Change(by=bea, did="left out", update=out, at=LATER)]


@pytest.mark.parametrize("decision", Decision)
def test_opposite_decision_is_told_and_made_knowingly(
    digest: Digest, bea: User, decision: Decision
) -> None:
    other = Decision.LEFT_OUT if decision == Decision.INCLUDED else Decision.INCLUDED
    update = hand_in(digest, TeamFactory(name="Late"))
    digest.refresh_from_db()
    seen = digest.version
    decide(digest=digest, update=update, decision=other, by=bea, seen=seen, at=LATER)

    with pytest.raises(ChangedMeanwhile) as refusal:
        decide(digest=digest, update=update, decision=decision, by=editor(), seen=seen)

    did = "included" if other == Decision.INCLUDED else "left out"
    assert refusal.value.changes == [Change(by=bea, did=did, update=update, at=LATER)]
    assert update.entries.get().decision == other

    decide(digest=digest, update=update, decision=decision, by=editor(), seen=version())

    assert update.entries.get().decision == decision


def test_same_decision_of_two_editors_is_one(digest: Digest, bea: User) -> None:
    seen = version()
    for by in (bea, editor()):
        decide(digest=digest, update=named("A"), decision=Decision.LEFT_OUT, by=by, seen=seen)

    assert Entry.objects.left_out().get().decided_by == bea
    assert Event.objects.filter(verb="left out").count() == 1


def two_at_once(
    monkeypatch: pytest.MonkeyPatch, theirs: tuple, mine: tuple, *, is_held: bool = True
) -> Meanwhile:
    """Two moves from the same desk; theirs begins once mine has read the order."""
    bea = RoleGrantFactory(person=UserFactory(), role="editor").person
    seen = version()
    meanwhile = Meanwhile(lambda: put(*theirs, by=bea, seen=seen), is_held=is_held)
    renumber = moving._renumber

    def begin_then_renumber(order: list[Entry]) -> None:
        meanwhile.begin()
        renumber(order)

    monkeypatch.setattr(moving, "_renumber", begin_then_renumber)
    put(*mine, seen=seen)
    meanwhile.finish()
    return meanwhile


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_the_same_moment_follow_one_another(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile = two_at_once(monkeypatch, ("D", "before", "C"), ("B", "before", "A"))

    assert (meanwhile.errors, order()) == ([], "BADC")


@pytest.mark.django_db(transaction=True)
def test_two_opposite_moves_at_the_same_moment_have_one_winner(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile = two_at_once(monkeypatch, ("B", "after", "C"), ("B", "before", "A"))

    assert [type(error) for error in meanwhile.errors] == [ChangedMeanwhile]
    assert order() == "BACD"


@pytest.mark.django_db(transaction=True)
def test_without_the_row_held_a_move_would_be_lost(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: nothing makes the second wait, so it is overwritten and told nothing."""
    without_transaction(monkeypatch, "weeknotes.desk.moving")
    monkeypatch.setattr(moving, "move", moving.move.__wrapped__)
    monkeypatch.setattr(moving, "hold", lambda digest: None)

    meanwhile = two_at_once(monkeypatch, ("D", "before", "C"), ("B", "before", "A"), is_held=False)

    assert (meanwhile.errors, order()) == ([], "BACD")


def test_without_the_version_seen_a_move_would_be_undone(digest: Digest, bea: User) -> None:
    """The control: who does not say what they saw undoes it, and nobody is told."""
    put("B", "after", "C", by=bea)

    put("B", "before", "A")

    assert order() == "BACD"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_move_and_leaving_out_at_the_same_moment_follow_one_another(
    digest: Digest, bea: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Without the digest's row held, the control, the move brings back an order that was not."""
    seen, other = version(), Digest.objects.get()
    leave_a_out = {"update": named("A"), "decision": Decision.LEFT_OUT, "by": bea, "seen": seen}
    second = Meanwhile(lambda: put("A", "after", "B", seen=seen), is_held=is_guarded)
    last_position = composing._last_position

    def begin_then_read(digest: Digest) -> int:
        second.begin()
        return last_position(digest)

    monkeypatch.setattr(composing, "_last_position", begin_then_read)
    if is_guarded:
        decide(digest=other, **leave_a_out)
    else:
        for module in (composing, moving):
            without_transaction(monkeypatch, module.__name__)
            monkeypatch.setattr(module, "hold", lambda digest: None)
        monkeypatch.setattr(moving, "move", moving.move.__wrapped__)
        composing.decide.__wrapped__(digest=other, **leave_a_out)
    second.finish()

    errors = [type(error) for error in second.errors]
    assert errors == ([ChangedMeanwhile] if is_guarded else [])
    assert (order(), len(moves())) == (("BCD", 0) if is_guarded else ("BCD", 1))


def test_every_decision_has_its_words() -> None:
    assert (set(DID), set(AGAIN)) == (set(Decision), set(Decision))
