"""Who has told us what: every expected update by its state, for the editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ddat import clock
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk.order import Order
from weeknotes.digests.models import Digest
from weeknotes.digests.writers import writers_of
from weeknotes.updates.owing import STATES, Owed, board_of
from weeknotes.updates.questions import Question


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One expected update: its state, whose it is, and what else an editor needs to know."""

    state: str
    is_expected: bool
    heading: str
    anchor: str
    detail: str

    @property
    def words(self) -> str:
        """Its state in words."""
        return STATES[self.state]


@dataclass(frozen=True, kw_only=True)
class Board:
    """The rows, those that still need something first."""

    rows: list[BoardRow]

    @property
    def summary(self) -> str:
        """How many there are in each state: "3 expected: 2 submitted, 1 late."."""
        expected = [row for row in self.rows if row.is_expected]
        if not expected:
            return "No team or project is expected to write for this digest."
        counts = Counter(row.state for row in expected)
        said = [f"{counts[s]} {STATES[s].lower()}" for s in reversed(STATES) if counts[s]]
        return f"{len(expected)} expected: {', '.join(said)}."


def read_board(digest: Digest, order: Order) -> Board:
    """The board of a digest. It tells of a draft that there is one, and not a word it says."""
    owed = board_of(digest)
    writers = writers_of(one.subject for one in owed)
    new = {row.update.pk for row in order.new}
    asked = _asked(owed)
    rows = [
        _row(
            one,
            writers[one.subject].words,
            order.says,
            new,
            asked.get(one.update.pk) if one.update else None,
        )
        for one in owed
    ]
    place = list(STATES).index
    return Board(rows=sorted(rows, key=lambda row: place(row.state)))


def _asked(owed: Iterable[Owed]) -> dict[int, Question]:
    """The open questions by update id, in one query if there are any."""
    returned = [one.update.pk for one in owed if one.update and one.update.is_returned]
    if not returned:
        return {}
    questions = Question.objects.open().with_people().filter(update__in=returned)
    return {question.update_id: question for question in questions}


def _row(
    one: Owed,
    writers: str,
    says: Mapping[int, Document],
    new: set[int],
    asked: Question | None,
) -> BoardRow:
    details = [writers, "" if one.is_expected else "not expected", one.held_words]
    is_seen = one.update is not None and (one.is_done or one.update.is_returned)
    if not is_seen and one.update and one.saved_at:
        details.append("drafting" if one.status == "late" else "")
        details.append(f"last saved {clock.lately(one.saved_at)}")
    if asked:
        details.append(f"asked by {asked.asked_by.name} {clock.when(asked.asked_at)}")
    if one.update and one.update.pk in says:
        details.append(_expected_again(says[one.update.pk].no_update))
    if one.update and one.update.pk in new:
        details.append("new since composing started")
    return BoardRow(
        state=one.status,
        is_expected=one.is_expected,
        heading=one.subject.house_heading,
        anchor=one.update.anchor if one.update and is_seen else "",
        detail=", ".join(filter(None, details)),
    )


def _expected_again(no_update: NoUpdate | None) -> str:
    """When an update comes again, in the writer's words or else as a day."""
    if no_update is None:
        return ""
    on = no_update.returns_on
    when = no_update.returns or (clock.day(on) if on else "")
    return f"update expected again: {when}" if when else ""
