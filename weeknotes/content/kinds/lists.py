"""Sections that are lists of items with states."""

from collections.abc import Iterator
from dataclasses import dataclass

from weeknotes.content.items import Group, Item
from weeknotes.content.kinds.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSection(Section):
    """Lines with states, perhaps under group headings."""

    groups: tuple[Group, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every item of every group, with children after their parent."""
        for group in self.groups:
            for item in group.items:
                yield item
                yield from item.children

    def row_words(self) -> Iterator[str]:
        """The group headings and lines, in order."""
        for group in self.groups:
            yield from group.words()
