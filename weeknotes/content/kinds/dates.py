"""What is coming up: dates for the diary."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ddat import clock
from weeknotes.content.kinds.section import Section

NO_DAY = "Date not given"
_HOUR = r"\d{1,2}(?:[:.]\d{2})?"
# "10:30am to noon", "from 2 to 3pm", "14:00": words that say when on a day, and not which.
_STARTS_WITH_A_TIME = re.compile(
    rf"(?:from |at |by )?(?:{_HOUR}(?: ?(?:to|-|–) ?{_HOUR})? ?[ap]m\b|\d{{1,2}}[:.]\d{{2}}\b"
    r"|noon\b|midday\b|all day\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """One date for the diary: when in words ("the first week of June"), as a day, or both."""

    what: str
    when: str = ""
    from_on: date | None = None
    to_on: date | None = None
    where: str = ""
    for_whom: str = ""

    @property
    def day(self) -> date | None:
        """The first day that is known, which it is sorted by."""
        return self.from_on or self.to_on

    @property
    def last_day(self) -> date | None:
        """The last day that is known; after it, it is over."""
        return self.to_on or self.from_on

    @property
    def days(self) -> str:
        """The days, with their weekdays: "Monday 18 May 2026"; nothing if none is known."""
        return _days(self.from_on, self.to_on)

    @property
    def printed_when(self) -> str:
        """The words for when as typed, else the days: "Monday 18 May 2026".

        Words that are a time of day stand after it: "Monday 18 May 2026, 10:30am".
        """
        if self.days and _STARTS_WITH_A_TIME.match(self.when):
            return f"{self.days}, {self.when}"
        return self.when or self.days or NO_DAY

    @property
    def printed_for(self) -> str:
        """For whom, begun with "for": "for managers"; nothing if not said."""
        if not self.for_whom or self.for_whom.casefold().startswith("for "):
            return self.for_whom
        return f"for {self.for_whom}"

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known beside what and when: ("Town Hall", "for everyone")."""
        return tuple(fact for fact in (self.where, self.printed_for) if fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSection(Section):
    """Dates to keep free: what, when, where and for whom."""

    kind: ClassVar[str] = "dates"
    label: ClassVar[str] = "Dates"
    hint: ClassVar[str] = "What to put in the diary: what, when, where and for whom."

    rows: tuple[DateRow, ...] = ()

    @property
    def in_order(self) -> tuple[DateRow, ...]:
        """The rows by their first day; those without a day come last, as they were typed."""
        return tuple(sorted(self.rows, key=lambda row: row.day or date.max))

    def row_words(self) -> Iterator[str]:
        """What each row says."""
        for row in self.in_order:
            if row.what or row.when or row.day or row.facts:
                yield row.printed_when
                yield row.what
                yield from row.facts


def _days(from_on: date | None, to_on: date | None) -> str:
    """One day or several, with their weekdays: "Monday 18 May to Wednesday 20 May 2026"."""
    if from_on is None or to_on is None or from_on == to_on:
        only = from_on or to_on
        return f"{clock.weekday_day(only)} {only.year}" if only else ""
    year = "" if from_on.year == to_on.year else f" {from_on.year}"
    return f"{clock.weekday_day(from_on)}{year} to {clock.weekday_day(to_on)} {to_on.year}"
