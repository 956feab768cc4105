"""Dates for the diary, and thanks: what everyone reads a weeknote for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from weeknotes.content.kinds import DateRow, DatesSection, ThanksSection
from weeknotes.content.kinds.thanks import (
    lines_from_thanks,
    names_in,
    thanked_in,
    thanks_from_lines,
)
from weeknotes.updates.forms.fields import DayField, LineField, TextField
from weeknotes.updates.forms.naming import people_named
from weeknotes.updates.forms.rows import RowForm
from weeknotes.updates.forms.sections import SectionForm


class DateRowForm(RowForm):
    """One date: what happens, and what is known of when, where and for whom."""

    what = LineField(max_length=300, label="What happens")
    from_on = DayField(label="Day")
    to_on = DayField(label="Last day, if more than one")
    when = LineField(label="Or when, in words")
    where = LineField(label="Where")
    for_whom = LineField(label="For whom")

    def clean(self) -> dict[str, Any]:
        """A row needs to say what happens; its days come in their order."""
        cleaned = super().clean() or self.cleaned_data
        if self.has_changed() and not cleaned.get("what") and "what" not in self.errors:
            self.add_error("what", "Enter what happens")
        start, end = cleaned.get("from_on"), cleaned.get("to_on")
        if end and not start and "from_on" not in self.errors:
            self.add_error("from_on", "Enter the first day, to go with the last one")
        if start and end and end < start:
            self.add_error("to_on", "“Last day” comes before “Day”. Change one of them")
        return cleaned


class DatesForm(SectionForm):
    """What is coming up."""

    section_class = DatesSection
    row_form = DateRowForm
    row_label = "date"
    row_class = "diary"
    first_heading = "For your diary"
    rows_hint = (
        "Give a day, words such as “the first week of June”, or both: then the words are printed "
        "and the day puts it in order. A time such as 10:30am is printed after its day. Dates "
        "still to come are here again next time."
    )

    def own(self) -> dict[str, Any]:
        """The dates, as they were typed."""
        return {"rows": tuple(DateRow(**row) for row in self.filled_rows())}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved date."""
        names = tuple(DateRowForm.base_fields)
        return [{name: getattr(row, name) for name in names} for row in section.rows]


class ThanksForm(SectionForm):
    """Thanks, typed as lines."""

    section_class = ThanksSection
    body = "lines"
    first_heading = "Thank you"
    lines = TextField(
        rows=5,
        label="One line for each",
        help_text="Who, a colon, and what for: “Sam Okafor, Lee Grant: for covering the phones”. "
        "A team can be thanked too. Two spaces before a line put it under the one above.",
    )

    def own(self) -> dict[str, Any]:
        """The thanks, each name matched to its person where exactly one has that name."""
        rows = thanks_from_lines(self.cleaned_data["lines"])
        people = people_named(name for row in rows for name in names_in(row.who))
        return {"rows": tuple(replace(row, people=thanked_in(row.who, people)) for row in rows)}

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of saved thanks."""
        return {**super().initial_from(section), "lines": lines_from_thanks(section.rows)}
