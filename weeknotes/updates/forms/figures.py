"""Metrics and counts: numbers, and the days they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from weeknotes.content.kinds import CountsSection, MetricsSection
from weeknotes.content.kinds.counts import CountRow
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.updates.forms.fields import (
    DayField,
    HiddenNumberField,
    LineField,
    NumberField,
    TextField,
    decimals_of,
)
from weeknotes.updates.forms.rows import RowForm
from weeknotes.updates.forms.sections import SectionForm


class PeriodForm(SectionForm):
    """A section about some days."""

    from_on = DayField(label="From day")
    to_on = DayField(label="To day")

    def clean(self) -> dict[str, Any]:
        """The days come in their order."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("from_on"), cleaned.get("to_on")
        if start and end and end < start:
            self.add_error("to_on", "“To day” comes before “From day”. Change one of them")
        return cleaned

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of a saved section and its days."""
        days = {"from_on": section.from_on, "to_on": section.to_on}
        return {**super().initial_from(section), **days}


class MetricRowForm(RowForm):
    """One measure: from one value to another, or in words."""

    name = LineField(label="What is measured")
    unit = LineField(max_length=40, label="Unit")
    from_value = NumberField(label="From")
    to_value = NumberField(label="To")
    words = TextField(rows=2, label="In words, where there are no figures")
    metric_id = HiddenNumberField()
    decimals = HiddenNumberField(min_value=0, max_value=6)
    good = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Figures need a name; words can stand alone."""
        cleaned = super().clean() or self.cleaned_data
        said = [cleaned.get(name) for name in ("from_value", "to_value", "unit")]
        if (
            any(one not in (None, "") for one in said)
            and not cleaned.get("name")
            and "name" not in self.errors
        ):
            self.add_error("name", "Enter what is measured, to go with the figures")
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Whether there is neither a name nor words: hidden fields say nothing."""
        said = self.cleaned_data
        return not (said.get("name") or said.get("words"))


class MetricsForm(PeriodForm):
    """Measures of a period."""

    section_class = MetricsSection
    row_form = MetricRowForm
    row_label = "metric"
    first_heading = "Metrics"
    row_class = "metric"

    def own(self) -> dict[str, Any]:
        """The days and the measures."""
        rows = tuple(
            MetricRow(
                name=row["name"],
                unit=row["unit"],
                decimals=max(row["decimals"] or 0, decimals_of(row["from_value"], row["to_value"])),
                good=row["good"] if row["good"] in ("up", "down") else "",
                metric_id=row["metric_id"],
                from_value=row["from_value"],
                to_value=row["to_value"],
                words=row["words"],
            )
            for row in self.filled_rows()
        )
        said = self.cleaned_data
        return {"from_on": said["from_on"], "to_on": said["to_on"], "rows": rows}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved measure."""
        return [
            {
                "name": row.name,
                "unit": row.unit,
                "from_value": _shown(row.from_value),
                "to_value": _shown(row.to_value),
                "words": row.words,
                "metric_id": row.metric_id,
                "decimals": row.decimals,
                "good": row.good,
            }
            for row in section.rows
        ]


class CountRowForm(RowForm):
    """How many stand in one state."""

    label = LineField(max_length=100, label="State")
    number = NumberField(label="How many", whole=True)

    def clean(self) -> dict[str, Any]:
        """A state and a number belong together."""
        cleaned = super().clean() or self.cleaned_data
        has_number = cleaned.get("number") is not None
        if has_number and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", "Enter the state that this number counts")
        if cleaned.get("label") and cleaned.get("number") is None and "number" not in self.errors:
            self.add_error("number", f"Enter how many are “{cleaned['label']}”, like 14")
        return cleaned


class CountsForm(PeriodForm):
    """Numbers by state, such as the requests of a sprint."""

    section_class = CountsSection
    row_form = CountRowForm
    row_label = "state"
    row_class = "count"
    spare_rows = 4
    field_order = ("name", "from_on", "to_on", "as_of", "is_exclusive")
    name = LineField(label="What is counted", help_text="Such as Sprint 10. Optional.")
    as_of = DayField(label="Counted on")
    is_exclusive = forms.BooleanField(
        label="Each thing is counted once, so a total can be shown", required=False
    )

    def own(self) -> dict[str, Any]:
        """What is counted, when, and the numbers."""
        said = self.cleaned_data
        rows = tuple(
            CountRow(label=row["label"], number=int(row["number"])) for row in self.filled_rows()
        )
        names = ("name", "from_on", "to_on", "as_of", "is_exclusive")
        return {**{name: said[name] for name in names}, "rows": rows}

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of saved counts."""
        own = {name: getattr(section, name) for name in ("name", "as_of", "is_exclusive")}
        return {**super().initial_from(section), **own}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved number."""
        return [{"label": row.label, "number": str(row.number)} for row in section.rows]


def _shown(number: Any) -> str:
    return "" if number is None else f"{number:,}"
