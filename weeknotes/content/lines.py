"""The lines of a textarea to items and back; an old line to the new one it became."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from ddat import prose
from weeknotes.content.effort import Effort
from weeknotes.content.items import Group, Item

ALIKE = 0.6
MOST_COMPARED = 500  # characters of a line, and lines, that are looked at for likeness


@dataclass
class _Open:
    """A group while its lines are read."""

    heading: str = ""
    indent: int = 0
    items: list[tuple[str, list[str]]] = field(default_factory=list)


def groups_from_lines(text: str, *, previous: Iterable[Group] = ()) -> tuple[Group, ...]:
    """Typed lines as groups of items with the states they say.

    A line further in than the item above it is its child; "#" starts a group; bullets are dropped.
    A line that stood word for word in `previous` with its state cleared stays cleared.
    """
    cleared = {
        item.text
        for group in previous
        for parent in group.items
        for item in (parent, *parent.children)
        if item.is_state_cleared
    }
    return tuple(
        Group(
            heading=group.heading,
            items=tuple(
                replace(
                    _item(line, cleared), children=tuple(_item(child, cleared) for child in below)
                )
                for line, below in group.items
            ),
        )
        for group in _read(prose.clean(text))
        if group.heading or group.items
    )


def lines_from_groups(groups: Iterable[Group]) -> str:
    """Groups as the lines one would type for them."""
    return "\n".join(_lines(groups))


def match(old_line: str, lines: Sequence[str], *, effort: Effort | None = None) -> int | None:
    """Where the old line stands among the new ones: the same words, else the most alike, if any.

    Once the effort is spent, the most alike of what was looked at.
    """
    effort = effort or Effort()
    if old_line in lines:
        return lines.index(old_line)
    best, best_ratio = None, ALIKE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(old_line[:MOST_COMPARED])
    for index, line in enumerate(lines[:MOST_COMPARED]):
        looked_at = line[:MOST_COMPARED]
        matcher.set_seq1(looked_at)
        if not effort.spend(len(looked_at) + len(old_line[:MOST_COMPARED])):
            break
        if matcher.real_quick_ratio() < best_ratio or matcher.quick_ratio() < best_ratio:
            continue
        if not effort.spend(len(looked_at) * len(old_line[:MOST_COMPARED])):
            break
        ratio = matcher.ratio()
        if ratio > best_ratio or (best is None and ratio == best_ratio):
            best, best_ratio = index, ratio
    return best


def _read(text: str) -> list[_Open]:
    groups = [_Open()]
    for typed in text.split("\n"):
        if typed.lstrip().startswith("#"):
            heading = prose.clean_line(re.sub(r"^#+\s*", "", typed.strip()))
            groups.append(_Open(heading=heading))
            continue
        words = prose.clean_line(prose.strip_bullet(typed))
        if not words:
            continue
        group, indent = groups[-1], len(typed) - len(typed.lstrip())
        if group.items and indent > group.indent:
            group.items[-1][1].append(words)
        else:
            group.indent = indent
            group.items.append((words, []))
    return groups


def _item(text: str, cleared: set[str]) -> Item:
    if text in cleared:
        return Item(text=text, is_state_cleared=True)
    return Item.from_line(text)


def _lines(groups: Iterable[Group]) -> Iterator[str]:
    for index, group in enumerate(groups):
        if group.heading or index:
            yield f"# {prose.clean_line(group.heading)}".rstrip()
        for item in group.items:
            yield f"- {prose.clean_line(item.text)}"
            for child in item.children:
                yield f"  - {prose.clean_line(child.text)}"
