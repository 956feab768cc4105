"""Numbers by state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ddat import clock
from weeknotes.content.kinds.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """How many are in one state: ("not started", 14)."""

    label: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsSection(Section):
    """How many things are in each state; name, dates and the day counted are optional."""

    kind: ClassVar[str] = "counts"
    label: ClassVar[str] = "Counts"
    hint: ClassVar[str] = "How many are in each state, such as the requests of a sprint."

    name: str = ""
    from_on: date | None = None
    to_on: date | None = None
    as_of: date | None = None
    is_exclusive: bool = False
    rows: tuple[CountRow, ...] = ()

    @property
    def total(self) -> int | None:
        """All together, only where nothing can be in two states at once."""
        return sum(row.number for row in self.rows) if self.is_exclusive else None

    @property
    def caption(self) -> str:
        """What is known of them: "Sprint 10, 11 to 29 May 2026, as of 15 May 2026, 57 in all"."""
        parts = [self.name, period_words(self.from_on, self.to_on)]
        if self.as_of:
            parts.append(f"as of {clock.day(self.as_of)}")
        if self.total is not None and self.rows:
            parts.append(f"{self.total:,} in all")
        words = ", ".join(part for part in parts if part)
        return words[:1].upper() + words[1:]

    def row_words(self) -> Iterator[str]:
        """The name, then each state and its number."""
        yield self.name
        for row in self.rows:
            yield f"{row.label}: {row.number:,}"


def period_words(from_on: date | None, to_on: date | None) -> str:
    """A period of which either end may be unknown: "to 29 May 2026"; nothing for neither."""
    if from_on and to_on:
        return clock.period(from_on, to_on)
    if from_on:
        return f"from {clock.day(from_on)}"
    return f"to {clock.day(to_on)}" if to_on else ""
