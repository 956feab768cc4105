"""A digest's state and details: changed by one at a time, and never once it is published."""

import pytest

from people.models import Event
from tests.weeknotes.week import THURSDAY, editor, open_digest, put_out, write_note
from weeknotes.digests.models import DetailsRefused, Digest, DigestState

pytestmark = pytest.mark.django_db

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

    with pytest.raises(DetailsRefused, match="Somebody else changed these details"):
        change(digest, title="Waffles")

    digest.refresh_from_db()
    assert (digest.title, digest.version, len(details_events())) == ("Diaries", 2, 1)


def test_same_change_by_two_editors_is_one(digest: Digest) -> None:
    other = Digest.objects.get()
    change(other, title="Waffles", summary="")

    change(digest, title="Waffles", summary="")

    assert (Digest.objects.get().version, len(details_events())) == (2, 1)


def test_nothing_changed_is_no_change(digest: Digest) -> None:
    change(digest, **SEEN)

    assert (Digest.objects.get().version, details_events()) == (1, [])


def test_details_of_a_published_digest_stay(published: Digest) -> None:
    with pytest.raises(DetailsRefused, match="This digest is published"):
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
