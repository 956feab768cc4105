"""A digest's state and details: changed by one at a time, and never once it is published."""

from datetime import date

import pytest

from people.models import Event
from tests.meanwhile import Meanwhile, without_transaction
from tests.weeknotes.week import THURSDAY, editor, open_digest, put_out, write_note
from weeknotes.digests import models
from weeknotes.digests.models import DetailsClash, DetailsRefused, Digest, DigestState

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 5, 19)
SEEN = {"title": "", "summary": ""}


def change(digest: Digest, *, seen: dict = SEEN, **changed: object) -> None:
    digest.set_details(seen=seen, changed=changed, by=editor(), at=THURSDAY)


def details_events() -> list[tuple]:
    events = Event.objects.filter(verb="changed details of")
    return [(event.by, event.name, event.at) for event in events]


@pytest.fixture
def digest() -> Digest:
    return open_digest()


@pytest.fixture
def published(digest: Digest) -> Digest:
    write_note(digest)
    put_out(digest)
    return digest


def test_details_change_where_they_are_as_seen(digest: Digest) -> None:
    change(digest, title="Waffles", summary="And diaries.")

    assert (digest.title, digest.summary, digest.version) == ("Waffles", "And diaries.", 2)
    assert details_events() == [(editor(), "Digest of 11 to 15 May 2026", THURSDAY)]


def test_same_change_twice_is_one(digest: Digest) -> None:
    change(digest, title="Waffles")
    change(digest, title="Waffles")

    digest.refresh_from_db()
    assert (digest.title, digest.version, len(details_events())) == ("Waffles", 2, 1)


def test_change_of_what_somebody_else_changed_is_refused(digest: Digest) -> None:
    other = Digest.objects.get()
    change(other, title="Diaries")

    with pytest.raises(DetailsClash, match="Somebody else changed the same details") as clash:
        change(digest, title="Waffles", summary="")

    assert (clash.value.names, clash.value.mine) == (["title"], {"title": "Waffles"})

    digest.refresh_from_db()
    assert (digest.title, digest.version, len(details_events())) == ("Diaries", 2, 1)


def test_same_change_by_two_editors_is_one(digest: Digest) -> None:
    other = Digest.objects.get()
    change(other, title="Waffles", summary="")

    change(digest, title="Waffles", summary="")

    assert (Digest.objects.get().version, len(details_events())) == (2, 1)


def test_changes_of_different_details_are_both_made(digest: Digest) -> None:
    """Though each sends all it saw: what one did not change stays as the other changed it."""
    seen = {**SEEN, "due_on": digest.due_on}
    change(Digest.objects.get(), seen=seen, title="Waffles", summary="", due_on=TUESDAY)

    change(digest, seen=seen, title="", summary="And diaries.", due_on=digest.due_on)

    now = Digest.objects.get()
    assert (now.title, now.summary, now.due_on) == ("Waffles", "And diaries.", TUESDAY)
    assert (now.version, len(details_events())) == (3, 2)


def test_days_that_do_not_go_together_clash(digest: Digest) -> None:
    seen = {"covers_from": digest.covers_from, "covers_to": digest.covers_to}
    change(Digest.objects.get(), seen=seen, covers_to=date(2026, 5, 12))

    with pytest.raises(DetailsClash) as clash:
        change(digest, seen=seen, covers_from=date(2026, 5, 13), covers_to=seen["covers_to"])

    assert clash.value.names == ["covers_from", "covers_to"]
    assert Digest.objects.get().covers_from == seen["covers_from"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_two_who_change_the_same_at_one_moment_have_one_winner(
    monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    """Without the digest's row held, the control, the first is overwritten and not told."""
    digest, other = open_digest(), Digest.objects.get()
    second = Meanwhile(lambda: change(other, title="Second", summary=""), is_held=is_guarded)
    clashes_of = models.clashes_of

    def begin_then_compare(*args: object, **values: object) -> list[str]:
        found = clashes_of(*args, **values)
        second.begin()
        return found

    monkeypatch.setattr(models, "clashes_of", begin_then_compare)
    save = Digest.set_details
    if not is_guarded:
        without_transaction(monkeypatch, "weeknotes.digests.models")
        save = Digest.set_details.__wrapped__
        monkeypatch.setattr(Digest, "set_details", save)
    save(digest, seen=SEEN, changed={"title": "First", "summary": ""}, by=editor(), at=THURSDAY)
    second.finish()

    errors = [type(error) for error in second.errors]
    assert (errors, Digest.objects.get().title) == ([DetailsClash] if is_guarded else [], "First")


def test_nothing_changed_is_no_change(digest: Digest) -> None:
    change(digest, **SEEN)

    assert (Digest.objects.get().version, details_events()) == (1, [])


def test_details_of_a_published_digest_stay(published: Digest) -> None:
    with pytest.raises(DetailsRefused, match="published this digest"):
        change(published, title="Waffles")

    assert Digest.objects.get().title == ""


def test_state_moves_from_where_it_is(digest: Digest) -> None:
    moved = digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)

    assert (moved, digest.state, digest.version) == (True, "composing", 2)
    assert (digest.is_collecting, digest.is_composing, digest.is_published) == (False, True, False)


def test_loser_of_a_move_is_told(digest: Digest) -> None:
    other = Digest.objects.get()
    digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)

    moved = other.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)

    assert (moved, other.state, other.version) == (False, "composing", 2)


def test_touching_counts_the_version_up(digest: Digest) -> None:
    digest.touch()

    assert (digest.version, Digest.objects.get().version) == (2, 2)


def test_published_digest_is_not_touched(published: Digest) -> None:
    before = Digest.objects.get().version

    with pytest.raises(DetailsRefused, match="It can no longer be changed"):
        published.touch()

    assert Digest.objects.get().version == before
