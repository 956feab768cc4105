"""The last readings of each metric of a project or team, and how they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby
from typing import Any

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import Coalesce, Lower, RowNumber

from projects.models import Project
from weeknotes.content.kinds.counts import period_words
from weeknotes.content.kinds.metrics import MINUS, MetricRow
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import MetricReading
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.readings import about

READINGS_SHOWN = 5
NAMELESS = "Said in words"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading as published; `row` is its figures, the value before it filled in if known."""

    row: MetricRow
    told: PublishedUpdate
    period: str

    @property
    def value(self) -> str:
        """The value with its unit; what was said where there is no value."""
        if self.row.to_value is not None:
            return self.row.amount(self.row.to_value)
        return self.row.words or "No new figure"

    @property
    def words(self) -> str:
        """What was said beside the value."""
        return self.row.words if self.row.to_value is not None else ""

    @property
    def difference(self) -> str:
        """How much more or less than before: "+27 users", "−0.5 points", "no change"."""
        before, after = self.row.from_value, self.row.to_value
        if before is None or after is None:
            return ""
        if before == after:
            return "no change"
        sign = "+" if after > before else MINUS
        with localcontext(prec=200):
            size = abs(after - before)
        amount = (
            f"{self.row.number(size)} points" if self.row.unit == "%" else self.row.amount(size)
        )
        return f"{sign}{amount}"

    @property
    def percent(self) -> str:
        """The same in per cent: "+1.3%"; nothing from zero, or where the unit is per cent."""
        change = self.row.change_percent
        if not change or self.row.unit == "%":
            return ""
        sign = "+" if change > 0 else MINUS
        return f"{sign}{abs(change):,}%"

    @property
    def judgement(self) -> str:
        """Whether that is good news: "better", "worse"; nothing where neither way is."""
        return self.row.verdict

    @property
    def sentence(self) -> str:
        """All of it as a sentence."""
        judged = f" That is {self.judgement}." if self.judgement else ""
        return f"{self.row.sentence}{judged}"


@dataclass(frozen=True, kw_only=True)
class History:
    """A metric under the name it has now, its readings newest first."""

    name: str
    good: str
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading:
        """The newest reading."""
        return self.readings[0]

    @property
    def has_values(self) -> bool:
        """Whether there is a figure for a table."""
        return any(reading.row.has_figures for reading in self.readings)


def histories_of(subject: Subject) -> list[History]:
    """The last readings of each metric that a project or team told of.

    They stand in the order of the periods they are for, not of the digests that told them.
    """
    own = list(subject.metrics.values_list("pk", flat=True)) if isinstance(subject, Project) else []
    in_place = F("metric__position").asc(nulls_last=True)  # alike on both engines
    newest = Window(
        RowNumber(),
        # Those with a value by themselves: an older value, for the change since, is always there.
        partition_by=["metric_id", "known_as", "has_value"],
        order_by=["-until", "-due_on", "-pk"],
    )
    readings = (
        MetricReading.objects.filter(about(subject, metric__in=own))
        .annotate(
            # One that belongs to no metric of ours goes by its name.
            known_as=Case(When(metric__isnull=True, then=Lower("name")), default=Value("")),
            has_value=Q(to_value__isnull=False),
            due_on=F("published_update__due_on"),
            until=Coalesce("to_on", "published_update__due_on"),
            nth=newest,
        )
        .filter(nth__lte=READINGS_SHOWN + 1)
        .select_related("metric")
        .order_by(in_place, "metric_id", "known_as", "-until", "-due_on", "-pk")
    )
    chosen: Sequence[Any] = list(readings)
    told = PublishedUpdate.objects.with_digest().in_bulk([r.published_update_id for r in chosen])
    grouped = groupby(chosen, key=lambda reading: (reading.metric_id, reading.known_as))
    return [_history(list(readings), told) for _, readings in grouped]


def _history(readings: list[Any], told: dict[int, PublishedUpdate]) -> History:
    metric = readings[0].metric
    shown = [
        _reading(
            reading, _value_before(reading, readings[number:]), told[reading.published_update_id]
        )
        for number, reading in enumerate(readings[:READINGS_SHOWN], start=1)
    ]
    return History(
        name=metric.name if metric else readings[0].name or NAMELESS,
        good=metric.get_good_direction_display() if metric and metric.good_direction else "",
        readings=tuple(shown),
    )


def _value_before(reading: Any, older: list[Any]) -> Decimal | None:
    """The value before: as told with it, else the last one of the readings before it.

    In another unit that says nothing.
    """
    if reading.from_value is not None:
        return Decimal(reading.from_value)
    last = next((one for one in older if one.to_value is not None), None)
    if last is None or last.unit.casefold() != reading.unit.casefold():
        return None
    return Decimal(last.to_value)


def _reading(reading: Any, before: Decimal | None, told: PublishedUpdate) -> Reading:
    metric = reading.metric
    row = MetricRow(
        name=reading.name,
        unit=reading.unit,
        decimals=metric.decimals if metric else 0,
        good=metric.good_direction if metric else "",
        from_value=_plain(before) if reading.to_value is not None else None,
        to_value=_plain(reading.to_value),
        words=reading.words,
    )
    return Reading(row=row, told=told, period=_period(reading.from_on, reading.to_on, told))


def _period(from_on: date | None, to_on: date | None, told: PublishedUpdate) -> str:
    """The days it is from, or those its update tells of."""
    words = period_words(from_on, to_on) or told.period
    return words[:1].upper() + words[1:]


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that the database fills it up with."""
    return None if value is None else value.normalize()
