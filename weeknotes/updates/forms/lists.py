"""Outcomes and plans: one line for each, and the state of each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from weeknotes.content.effort import Effort
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import OutcomesSection, PlansSection
from weeknotes.content.lines import groups_from_lines, lines_from_groups, match
from weeknotes.content.states import ItemState, with_state
from weeknotes.updates.forms.fields import TextField
from weeknotes.updates.forms.rows import RowForm
from weeknotes.updates.forms.sections import SectionForm

CLEARED = "cleared"
MOST_LINES = 500  # of one list
MOST_SEARCHING = 100_000  # steps, for the lines of one list
MOST_LOOKED_FOR = 20  # lines edited in the same moment as their state


class LineStateForm(RowForm):
    """The state of one line, as the portal read it or as the writer sets it."""

    line = forms.CharField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        required=False, choices=[("", "No state"), *((s.value, s.label) for s in ItemState)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].label = str(self["line"].value() or "")


class ListForm(SectionForm):
    """Lines, one thing each."""

    row_form = LineStateForm
    row_label = "state"
    spare_rows = 0
    body = "list"
    lines = TextField(
        rows=8,
        label="One line for each",
        help_text="Two spaces before a line put it under the one above; “#” makes it a heading. "
        "End it with “: ongoing” or “: done” to give it a state.",
        attrs={"data-lines": ""},
    )

    def clean_lines(self) -> str:
        """What was typed, unless it is more than a list."""
        typed: str = self.cleaned_data["lines"]
        count = typed.count("\n") + 1
        if count > MOST_LINES:
            raise ValidationError(f"Shorten this to {MOST_LINES:,} lines. It has {count:,} now.")
        return typed

    def own(self) -> dict[str, Any]:
        """The lines, with the states that the writer set or cleared."""
        groups = groups_from_lines(self.cleaned_data["lines"])
        items = _items(groups)
        effort = Effort(MOST_SEARCHING)
        changes = 0
        for place, row in enumerate(form.cleaned_data for form in self.rows or ()):
            if not row:
                continue
            was = "" if row["was"] == CLEARED else row["was"]
            is_changed = row["state"] != was
            if is_changed or row["was"] == CLEARED:
                changes += is_changed
                is_close = is_changed and changes <= MOST_LOOKED_FOR
                _set_state(items, row, place, is_close=is_close, effort=effort)
        return {"groups": _with_items(groups, iter(items))}

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of saved lines."""
        return {**super().initial_from(section), "lines": lines_from_groups(section.groups)}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved line with its state."""
        return [
            {
                "line": item.text,
                "was": CLEARED if item.is_state_cleared else item.state or "",
                "state": item.state or "",
            }
            for item in _items(section.groups)
        ]


class OutcomesForm(ListForm):
    """What got done."""

    section_class = OutcomesSection


class PlansForm(ListForm):
    """What is next."""

    section_class = PlansSection


def _items(groups: Iterable[Group]) -> list[Item]:
    return [line for group in groups for item in group.items for line in (item, *item.children)]


def _set_state(
    items: list[Item], row: Mapping[str, str], place: int, *, is_close: bool, effort: Effort
) -> None:
    """Set or clear the state of one line.

    Its own place comes first, then the same words elsewhere, then, if `is_close`, the most alike.
    """
    texts = [item.text for item in items]
    if not (place < len(texts) and texts[place] == row["line"]):
        found = match(row["line"], texts, effort=effort) if is_close else None
        if found is None and row["line"] in texts:
            found = texts.index(row["line"])
        if found is None:
            return
        place = found
    state = ItemState(row["state"]) if row["state"] else None
    items[place] = with_state(items[place], state)


def _with_items(groups: Iterable[Group], items: Iterator[Item]) -> tuple[Group, ...]:
    """The groups with these items in their places, each before those under it."""
    return tuple(
        replace(
            group,
            items=tuple(
                replace(next(items), children=tuple(next(items) for _ in item.children))
                for item in group.items
            ),
        )
        for group in groups
    )
