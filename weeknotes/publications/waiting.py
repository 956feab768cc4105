"""What a digest still waits for, told before it is published; it never stands in the way."""

from __future__ import annotations

from dataclasses import dataclass

from ddat import clock
from weeknotes.digests.models import Digest
from weeknotes.updates.owing import board_of


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What is still to come for a digest: its updates, its deadline, its last day."""

    missing: int
    expected: int
    returned: tuple[str, ...]  # the headings of those an editor returned
    is_before_deadline: bool
    last_day: str  # in words, while it is to come

    @classmethod
    def of(cls, digest: Digest) -> Waiting:
        """What this digest waits for now."""
        board = board_of(digest)
        expected = [owed for owed in board if owed.is_expected]
        is_to_come = digest.covers_to > clock.today()
        return cls(
            missing=sum(not owed.is_done for owed in expected),
            expected=len(expected),
            returned=tuple(
                owed.update.house_heading
                for owed in board
                if owed.update and owed.update.is_returned
            ),
            is_before_deadline=clock.now() <= digest.deadline_at,
            last_day=clock.coming_day(digest.covers_to) if is_to_come else "",
        )

    @property
    def is_early(self) -> bool:
        """Whether to ask before it is published."""
        return bool(self.missing or self.is_before_deadline or self.last_day)

    @property
    def missing_words(self) -> str:
        """How many have not handed in: "2 of 9 expected updates are not in yet."."""
        if not self.missing:
            return ""
        verb = "is" if self.missing == 1 else "are"
        what = "update" if self.expected == 1 else "updates"
        return f"{self.missing} of {self.expected} expected {what} {verb} not in yet."
