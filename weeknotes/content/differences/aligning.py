"""What two sequences have in common, in time that no input can stretch.

What stands once in each holds the two together; only the short stretches between are given to
difflib, whose time grows with the square of what repeats. When the effort is spent, the rest counts
as replaced: a coarser answer, never a late one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from weeknotes.content.effort import Effort


def matching_runs(
    old: Sequence[str], new: Sequence[str], effort: Effort
) -> Iterator[tuple[int, int, int]]:
    """The runs that both have, in order: (start in the old, start in the new, length)."""
    stretches = [(0, len(old), 0, len(new))]
    found: list[tuple[int, int, int]] = []
    while stretches:
        old_from, old_to, new_from, new_to = stretches.pop()
        start = _common_start(old, new, old_from, old_to, new_from, new_to)
        found.append((old_from, new_from, start))
        old_from, new_from = old_from + start, new_from + start
        while old_from < old_to and new_from < new_to and old[old_to - 1] == new[new_to - 1]:
            old_to, new_to = old_to - 1, new_to - 1
            found.append((old_to, new_to, 1))
        if old_from == old_to or new_from == new_to:
            continue
        if not effort.spend(old_to - old_from + new_to - new_from):
            continue
        here = (old_from, old_to, new_from, new_to)
        anchors = _anchors(old, new, *here)
        if anchors:
            stretches.extend(_between(anchors, *here))
        else:
            found.extend(_by_difflib(old, new, *here, effort))
    return _joined(sorted(run for run in found if run[2]))


def _common_start(
    old: Sequence[str], new: Sequence[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> int:
    length, most = 0, min(old_to - old_from, new_to - new_from)
    while length < most and old[old_from + length] == new[new_from + length]:
        length += 1
    return length


def _anchors(
    old: Sequence[str], new: Sequence[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> list[tuple[int, int]]:
    """Where what stands once in each stands in both: the most of it that is in the same order."""
    in_old, in_new = Counter(old[old_from:old_to]), Counter(new[new_from:new_to])
    places = {new[at]: at for at in range(new_from, new_to) if in_new[new[at]] == 1}
    pairs = [
        (at, places[old[at]])
        for at in range(old_from, old_to)
        if in_old[old[at]] == 1 and old[at] in places
    ]
    kept = rising([place for _, place in pairs])
    return [pairs[index] for index in kept]


def rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of the longest rising choice among different numbers."""
    ends: list[int] = []
    end_at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(end_at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        end_at[length : length + 1] = [index]
    chosen: list[int] = []
    index = end_at[-1] if end_at else -1
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return chosen[::-1]


def _between(
    anchors: list[tuple[int, int]], old_from: int, old_to: int, new_from: int, new_to: int
) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that the anchors part; each starts with its anchor."""
    bounds = [*anchors, (old_to, new_to)]
    yield old_from, anchors[0][0], new_from, anchors[0][1]
    for (old_at, new_at), (old_next, new_next) in pairwise(bounds):
        yield old_at, old_next, new_at, new_next


def _by_difflib(
    old: Sequence[str],
    new: Sequence[str],
    old_from: int,
    old_to: int,
    new_from: int,
    new_to: int,
    effort: Effort,
) -> Iterator[tuple[int, int, int]]:
    old_part, new_part = old[old_from:old_to], new[new_from:new_to]
    in_old, in_new = Counter(old_part), Counter(new_part)
    pairs = sum(count * in_new[token] for token, count in in_old.items())
    if pairs and effort.spend(pairs * min(len(old_part), len(new_part))):
        matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
        for block in matcher.get_matching_blocks():
            yield old_from + block.a, new_from + block.b, block.size


def _joined(runs: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Runs that go on where the one before ends, as one."""
    open_run: tuple[int, int, int] | None = None
    for run in runs:
        if open_run and (open_run[0] + open_run[2], open_run[1] + open_run[2]) == run[:2]:
            open_run = (open_run[0], open_run[1], open_run[2] + run[2])
            continue
        if open_run:
            yield open_run
        open_run = run
    if open_run:
        yield open_run
