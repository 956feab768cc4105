"""The order of a digest, as the desk reads it."""

import pytest

from tests.factories import ProjectFactory, TeamFactory
from tests.weeknotes.week import editor, hand_in, open_digest, saying, write_note
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.desk.order import Row, minutes_to_read, order_of
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest() -> Digest:
    return open_digest()


def start(digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor())


def numbers(rows: list[Row]) -> list[tuple[int, Update, str, str]]:
    return [(row.number, row.update, row.above, row.below) for row in rows]


def test_updates_are_numbered_after_the_note(digest: Digest) -> None:
    write_note(digest, "Three words long")
    updates = [hand_in(digest, TeamFactory(house_order=place), "Two words") for place in (1, 2)]
    start(digest)

    order = order_of(digest)

    assert order.note.heading == "Director’s weeknote"
    assert numbers(order.included) == [
        (2, updates[0], "", updates[1].anchor),
        (3, updates[1], updates[0].anchor, ""),
    ]
    assert (order.count, order.words, order.words_shown, order.minutes) == (3, 7, "7", 1)
    assert order.place_of(updates[1]) == 3


def test_updates_are_numbered_from_one_without_a_note(digest: Digest) -> None:
    update = hand_in(digest, TeamFactory())
    start(digest)

    order = order_of(digest)

    assert (order.note, order.is_note_in, order.count) == (None, False, 1)
    assert numbers(order.included) == [(1, update, "", "")]


def test_note_without_words_takes_no_number(digest: Digest) -> None:
    write_note(digest, "")
    hand_in(digest, TeamFactory())
    start(digest)

    order = order_of(digest)

    assert (order.is_note_in, order.count, order.included[0].number) == (False, 1, 1)


def test_new_and_left_out_have_no_number(digest: Digest) -> None:
    out = hand_in(digest, TeamFactory())
    start(digest)
    composing.decide(digest=digest, update=out, decision=Decision.LEFT_OUT, by=editor())
    late = hand_in(digest, TeamFactory())

    order = order_of(digest)

    assert [row.update for row in order.new] == [late]
    assert [row.update for row in order.left_out] == [out]
    assert (order.included, order.count, order.place_of(out)) == ([], 0, 0)


def test_row_says_who_how_long_and_how_it_stands(digest: Digest) -> None:
    byline = (Byline(name="Ada Min", job_title="Lead"), Byline(name="Sam Okafor"))
    rag = Rag(colour=RagColour.AMBER, words="late")
    hand_in(digest, ProjectFactory(), "word " * 1204, heading="📌 Sprint", byline=byline, rag=rag)
    start(digest)

    row = order_of(digest).included[0]

    assert (row.heading, row.byline, row.words_shown) == (
        "📌 Sprint",
        "Ada Min, Sam Okafor",
        "1,205",
    )
    assert row.heading_html == '<span aria-hidden="true">📌</span> Sprint'
    assert row.rag.startswith('<span class="rag amber">')
    assert row.rag.endswith("Amber</span>")


def test_only_projects_with_an_update_are_rated(digest: Digest) -> None:
    quiet = ProjectFactory()
    reason = Document(no_update=NoUpdate(lines="On leave."))
    writing.submit(digest=digest, subject=quiet, document=reason, version=0, by=editor())
    team, unrated = hand_in(digest, TeamFactory()), hand_in(digest, ProjectFactory())
    start(digest)

    rags = {row.update: row.rag for row in order_of(digest).included}

    assert rags.pop(unrated).endswith("Not rated</span>")
    assert rags.pop(team) is None
    assert list(rags.values()) == [None]


def test_what_is_handed_in_between_two_readings_comes_with_the_next(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(digest)
    late = Update(digest=digest, team=TeamFactory(), state="submitted", pk=10**6)
    monkeypatch.setattr("weeknotes.desk.order.new_not_in_yet", lambda digest: [late])

    assert order_of(digest).new == []


def test_drafts_are_not_read(digest: Digest) -> None:
    draft = writing.save_draft(
        digest=digest, subject=TeamFactory(), document=saying(), version=0, by=editor()
    )

    assert draft.pk not in order_of(digest).says


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (201, 2), (1204, 7)])
def test_reading_takes_a_minute_for_200_words(words: int, minutes: int) -> None:
    assert minutes_to_read(words) == minutes
