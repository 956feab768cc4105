"""The lines of a list section: items with one level of children, under group headings."""

from collections.abc import Iterator
from dataclasses import dataclass

from weeknotes.content.states import ItemState, Phrase, recognise


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line as it will print, the state it says and where, and the lines under it."""

    text: str
    state: ItemState | None = None
    phrase: Phrase | None = None
    is_state_cleared: bool = False
    children: tuple["Item", ...] = ()

    @classmethod
    def from_line(cls, text: str, *, children: tuple["Item", ...] = ()) -> "Item":
        """An item from a typed line, with the state that the line says, if any."""
        state, phrase = recognise(text) or (None, None)
        return cls(text=text, state=state, phrase=phrase, children=children)

    def words(self) -> Iterator[str]:
        """Its line and those under it."""
        yield self.text
        for child in self.children:
            yield from child.words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items under one heading, which may be empty."""

    heading: str = ""
    items: tuple[Item, ...] = ()

    def words(self) -> Iterator[str]:
        """Its heading and the lines of its items."""
        yield self.heading
        for item in self.items:
            yield from item.words()
