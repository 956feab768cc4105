"""Lines against lines: which are the same, which went, which came, and which words of a line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from weeknotes.content.differences.aligning import matching_runs
from weeknotes.content.effort import Effort

ALIKE = 0.4  # of the words of two lines, for one to count as the other changed
LINE = 40  # steps that a line costs, its place on the page included
WORD = 25  # and a word of a line that changed
PAIR = 20  # and two lines that may be alike
TOKEN = re.compile(r"\w+(?:['’.,/-]\w+)*|\s+|.", re.DOTALL)


class Change(StrEnum):
    """What became of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line that stayed, went or came together."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line in both, None where it is in one alone, and its words."""

    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether not a letter of it changed."""
        return self.old == self.new

    @property
    def change(self) -> str:
        """What became of it: same, removed, added, or changed."""
        if self.is_same:
            return "same"
        return "added" if self.old is None else "removed" if self.new is None else "changed"


def compare_lines(
    old: Sequence[str], new: Sequence[str], *, effort: Effort | None = None
) -> tuple[ChangedLine, ...]:
    """The lines of both in the order in which one reads them.

    What is too much to be looked at line by line is one line of many: the old words, then the new.
    """
    effort = effort or Effort()
    if effort.spend(LINE * (len(old) + len(new))):
        return tuple(_lines(old, new, effort))
    if list(old) == list(new):
        return (_same("\n".join(new)),)
    gone = (_removed("\n".join(old)),) if old else ()
    return (*gone, _added("\n".join(new))) if new else gone


def compare_line(old: str, new: str, *, effort: Effort | None = None) -> ChangedLine:
    """One line that became another; either may be empty."""
    if old == new:
        return _same(new)
    return ChangedLine(old, new, tuple(_pieces(old, new, effort or Effort())))


def _lines(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[ChangedLine]:
    old_at = new_at = 0
    for old_from, new_from, length in (
        *matching_runs(old, new, effort),
        (len(old), len(new), 0),
    ):
        yield from _replaced(old[old_at:old_from], new[new_at:new_from], effort)
        old_at, new_at = old_from + length, new_from + length
        for line in new[new_from:new_at]:
            yield _same(line)


def _replaced(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[ChangedLine]:
    """Lines that went and came in one place: those that are alike are one line that changed."""
    old_at = new_at = 0
    for old_place, new_place in (*_alike(old, new, effort), (len(old), len(new))):
        for line in old[old_at:old_place]:
            yield _removed(line)
        for line in new[new_at:new_place]:
            yield _added(line)
        if old_place < len(old):
            yield compare_line(old[old_place], new[new_place], effort=effort)
        old_at, new_at = old_place + 1, new_place + 1


def _same(line: str) -> ChangedLine:
    return ChangedLine(line, line, (Piece(Change.SAME, line),) if line else ())


def _removed(line: str) -> ChangedLine:
    return ChangedLine(line, None, (Piece(Change.REMOVED, line),))


def _added(line: str) -> ChangedLine:
    return ChangedLine(None, line, (Piece(Change.ADDED, line),))


def _alike(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
    """The pairs of alike lines, none crossing another, that have the most in common together."""
    if not old or not new or not effort.spend(sum(map(len, (*old, *new)))):
        return []
    old_said, new_said = list(map(_words, old)), list(map(_words, new))
    if not effort.spend(WORD * sum(map(len, (*old_said, *new_said)))):
        return []
    old_words, new_words = list(map(Counter, old_said)), list(map(Counter, new_said))
    work = sum(map(len, old_words)) * (len(new) + 1) + sum(map(len, new_words)) * (len(old) + 1)
    if not effort.spend(work + PAIR * len(old) * len(new)):
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in new_words] for one in old_words]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            paired = likeness[row][column] + best[row + 1][column + 1]
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs, row, column = [], 0, 0
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much of two lines' words is in both, from 0 to 1; too little is nothing."""
    both = one.total() + other.total()
    share = 2 * (one & other).total() / both if both else 0.0
    return share if share >= ALIKE else 0.0


def _words(line: str) -> list[str]:
    return [token.casefold() for token in TOKEN.findall(line) if token[0].isalnum()]


def _pieces(old: str, new: str, effort: Effort) -> Iterator[Piece]:
    old_tokens, new_tokens = _tokens(old, effort), _tokens(new, effort)
    old_at = new_at = 0
    runs = [
        run
        for run in matching_runs(old_tokens, new_tokens, effort)
        if _holds(old_tokens, new_tokens, run)
    ]
    for old_from, new_from, length in (*runs, (len(old_tokens), len(new_tokens), 0)):
        if removed := "".join(old_tokens[old_at:old_from]):
            yield Piece(Change.REMOVED, removed)
        if added := "".join(new_tokens[new_at:new_from]):
            yield Piece(Change.ADDED, added)
        if length:
            yield Piece(Change.SAME, "".join(new_tokens[new_from : new_from + length]))
        old_at, new_at = old_from + length, new_from + length


def _tokens(line: str, effort: Effort) -> list[str]:
    """Its words and what stands between them; all of it as one where that is too much."""
    if not effort.spend(len(line)):
        return [line]
    tokens: list[str] = TOKEN.findall(line)
    return tokens if effort.spend(WORD * len(tokens)) else [line]


def _holds(old: Sequence[str], new: Sequence[str], run: tuple[int, int, int]) -> bool:
    """Whether a run has a word, or stands at an end: a space alone between two changes is none."""
    old_from, new_from, length = run
    if any(token[0].isalnum() for token in new[new_from : new_from + length]):
        return True
    is_first = old_from == new_from == 0
    is_last = (old_from + length, new_from + length) == (len(old), len(new))
    return is_first or is_last
