"""The last readings of each metric of a project or team, and how they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import groupby
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Lower, RowNumber

from ddat.prepared import Among, Prepared
from projects.models import Metric, Project
from weeknotes.content.kinds.counts import period_words
from weeknotes.content.kinds.metrics import MINUS, MetricRow
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import MetricReading
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.asking import SUBJECT, About

READINGS_SHOWN = 5
NEWEST_FIRST = ("-until", "-due_on", "-pk")
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
    last = _last_shown(subject=subject.pk) if isinstance(subject, Project) else []
    shown = [pk for (pk,) in last if pk is not None]
    known = {"subject": subject.pk, "readings": shown}
    of_metrics = (*_since(**known), *_before(**known)) if shown else ()
    newest = {pk for (pk,) in (*of_metrics, *_by_name(subject))} - {None}
    readings = _readings(readings=newest)
    grouped = groupby(readings, key=lambda reading: (reading.metric_id, reading.known_as))
    return [_history(list(of_one)) for _, of_one in grouped]


def _last_shown_of_each() -> Any:
    """The id of the last reading shown, of each metric that is a project's or told by it.

    Where fewer were told than are shown it is the oldest; nothing where none is current.
    """
    told_here = MetricReading.objects.filter(project=SUBJECT, metric__isnull=False)
    readings = _of_the_project(metric=OuterRef("pk")).current()
    last = readings.order_by(*NEWEST_FIRST).values("pk")[READINGS_SHOWN - 1 : READINGS_SHOWN]
    oldest = readings.order_by("until", "due_on", "pk").values("pk")[:1]
    known = Metric.objects.filter(Q(project=SUBJECT) | Q(pk__in=told_here.values("metric")))
    return known.values_list(Coalesce(Subquery(last), Subquery(oldest)))


def _as_new_as_those() -> Any:
    """The ids of these readings and of all newer ones of the same metrics."""
    until, due_on = F("metric__readings__until"), F("metric__readings__due_on")
    return _of_the_project(
        Among("metric__readings", "readings"),
        Q(until__gt=until) | Q(due_on__gte=due_on),
        until__gte=until,
    ).values_list("pk")


def _values_before_those() -> Any:
    """The id of the last value of the same metric before each of these readings, if there is one.

    What is shown may all be words but one value: its change is since then, however long ago.
    """
    until, due_on = OuterRef("until"), OuterRef("due_on")
    is_older = Q(until__lt=until) | Q(due_on__lt=due_on) | Q(due_on=due_on, pk__lt=OuterRef("pk"))
    older = _of_the_project(
        is_older, metric=OuterRef("metric"), until__lte=until, to_value__isnull=False
    )
    before = older.current().order_by(*NEWEST_FIRST).values("pk")[:1]
    return MetricReading.objects.filter(Among("pk", "readings")).values_list(Subquery(before))


def _of_the_project(*which: Any, **known: Any) -> Any:
    """Readings of a project's own metrics, and those that it told of what is another's now."""
    return MetricReading.objects.filter(
        Q(project=SUBJECT) | Q(metric__project=SUBJECT), *which, **known
    )


def _newest_by_name(kind: type[Subject]) -> Any:
    """The ids of the newest of what belongs to no metric of ours and goes by its name."""
    newest = Window(RowNumber(), partition_by=["known_as", "has_value"], order_by=[*NEWEST_FIRST])
    loose = MetricReading.objects.all_current().filter(metric__isnull=True)
    # A project's are told apart by an index; of a team all are loose.
    told = loose.filter(project=SUBJECT) if kind is Project else loose.told_by(kind, SUBJECT)
    return (
        told.annotate(known_as=Lower("name"), has_value=Q(to_value__isnull=False), nth=newest)
        .filter(nth__lte=READINGS_SHOWN + 1)
        .values_list("pk")
    )


def _these_readings() -> Any:
    in_place = F("metric__position").asc(nulls_last=True)  # alike on both engines
    return (
        MetricReading.objects.filter(Among("pk", "readings"))
        .current()
        .annotate(known_as=Case(When(metric__isnull=True, then=Lower("name")), default=Value("")))
        .with_digest()
        .select_related("metric")
        .order_by(in_place, "metric_id", "known_as", *NEWEST_FIRST)
    )


_last_shown, _since = Prepared(_last_shown_of_each), Prepared(_as_new_as_those)
_before, _by_name = Prepared(_values_before_those), About(_newest_by_name)
_readings = Prepared(_these_readings)


def _history(readings: list[Any]) -> History:
    metric = readings[0].metric
    shown = [
        _reading(reading, _value_before(reading, readings[number:]))
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


def _reading(reading: Any, before: Decimal | None) -> Reading:
    metric, told = reading.metric, reading.published_update
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
