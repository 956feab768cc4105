"""Two texts of the same thing as one that says all of both, what is in both said once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any, TypeVar

from weeknotes.content.differences.aligning import matching_runs
from weeknotes.content.effort import Effort
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import Section

T = TypeVar("T")
WORDS = ("before", "after", "text")


def unite_lines(mine: str, theirs: str, *, effort: Effort | None = None) -> str:
    """The lines of both; where they differ, mine come first."""
    effort = effort or Effort()
    united = _united(mine.split("\n"), theirs.split("\n"), key=str, effort=effort)
    return "\n".join(united).strip("\n")


def unite_sections(
    mine: Section, theirs: Section, *, effort: Effort | None = None
) -> tuple[Section, ...]:
    """Both as one section; where one heading or day would have to give way, both, mine first."""
    effort = effort or Effort()
    if type(mine) is not type(theirs):
        return (mine, theirs)
    said: dict[str, Any] = {}
    for field in fields(mine):
        own, other = getattr(mine, field.name), getattr(theirs, field.name)
        if field.name in WORDS:
            said[field.name] = unite_lines(own, other, effort=effort)
        elif field.name == "groups":
            said[field.name] = _united(
                own, other, key=_heading, join=partial(_group, effort=effort), effort=effort
            )
        elif isinstance(own, tuple):
            said[field.name] = _united(own, other, key=repr, effort=effort)
        elif own and other and own != other:
            return (mine, theirs)
        else:
            said[field.name] = own or other
    return (replace(mine, **said),)


def _group(mine: Group, theirs: Group, *, effort: Effort) -> Group:
    join = partial(_item, effort=effort)
    items = _united(mine.items, theirs.items, key=_text, join=join, effort=effort)
    return replace(mine, items=items)


def _item(mine: Item, theirs: Item, *, effort: Effort) -> Item:
    children = _united(mine.children, theirs.children, key=_text, effort=effort)
    return replace(mine, children=children)


def _heading(group: Group) -> str:
    return group.heading


def _text(item: Item) -> str:
    return item.text


def _mine(mine: T, theirs: T) -> T:
    return mine


def _united(
    mine: Sequence[T],
    theirs: Sequence[T],
    *,
    effort: Effort,
    key: Callable[[T], str],
    join: Callable[[T, T], T] = _mine,
) -> tuple[T, ...]:
    """All of both in their order; what has the same key in both is joined to one."""
    united: list[T] = []
    own_at = other_at = 0
    runs = matching_runs([key(one) for one in theirs], [key(one) for one in mine], effort)
    for other_from, own_from, length in (*runs, (len(theirs), len(mine), 0)):
        united += [*mine[own_at:own_from], *theirs[other_at:other_from]]
        own_at, other_at = own_from + length, other_from + length
        united += map(join, mine[own_from:own_at], theirs[other_from:other_at])
    return tuple(united)
