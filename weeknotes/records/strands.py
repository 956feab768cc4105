"""The workstreams and the open risks of a project or team, as they were told last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import Lower, RowNumber
from django.utils.safestring import SafeString

from ddat import prose
from projects.models import Project, Workstream
from weeknotes.content.html import STRAND_CLASSES
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamState
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import Risk, WorkstreamReading
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.readings import about


@dataclass(frozen=True, kw_only=True)
class Strand:
    """A workstream under the name it has now; `state` is the shape, `words` says it.

    `told_before` is where it was told last, if others were told since.
    """

    name: str
    state: str
    words: str
    told_before: PublishedUpdate | None = None


@dataclass(frozen=True, kw_only=True)
class Strands:
    """All workstreams, and the newest update that told of some."""

    rows: tuple[Strand, ...]
    told: PublishedUpdate | None


@dataclass(frozen=True, kw_only=True)
class ToldRisk:
    """A risk, issue, dependency or blocker, with what is known beside its words."""

    words: SafeString
    facts: str


@dataclass(frozen=True, kw_only=True)
class Risks:
    """What a project or team said of its risks the last time it said anything of them."""

    told: PublishedUpdate
    rows: tuple[ToldRisk, ...]
    nil_returns: tuple[SafeString, ...]


def strands_of(subject: Subject) -> Strands:
    """Each workstream with the state it was told last; closed ones are left out.

    One that goes by its name alone stands here while the newest update that tells of workstreams
    names it. One that another project took over keeps here what was told of it here.
    """
    own = list(subject.workstreams.active()) if isinstance(subject, Project) else []
    readings = _newest_readings(subject, own)
    where = PublishedUpdate.objects.with_digest().in_bulk({r.published_update_id for r in readings})
    last = max(where.values(), key=_when, default=None)

    def strand(name: str, reading: Any) -> Strand:
        told = where[reading.published_update_id] if reading else None
        is_older = told and last and _when(told) != _when(last)
        return _strand(name, reading, told if is_older else None)

    of_ours = {reading.workstream_id: reading for reading in readings}
    ours = [strand(one.name, of_ours.get(one.pk)) for one in own]
    taken_over = [
        strand(reading.workstream.name, reading)
        for reading in readings
        if reading.workstream and reading.workstream.project_id != subject.pk
    ]
    named = [strand(reading.name, reading) for reading in readings if reading.workstream is None]
    still_named = [one for one in named if one.told_before is None]
    return Strands(rows=(*ours, *taken_over, *still_named), told=last)


def risks_of(subject: Subject) -> Risks | None:
    """What was said of risks last: the newest update that told some, or that there are none."""
    newest = (
        PublishedUpdate.objects.current()
        .told_by(subject)
        .filter(risks__isnull=False)
        .newest_first()
        .with_digest()
        .first()
    )
    if newest is None:
        return None
    rows = list(Risk.objects.filter(published_update=newest))
    return Risks(
        told=newest,
        rows=tuple(_risk(row) for row in rows if not row.is_nil_return),
        nil_returns=tuple(prose.inline_html(row.text) for row in rows if row.is_nil_return),
    )


def _when(told: PublishedUpdate) -> tuple[date, int]:
    """When it was told: one digest may tell of two weeks, where one is held over."""
    return told.due_on, told.publication_id


def _newest_readings(subject: Subject, own: list[Workstream]) -> list[Any]:
    newest = Window(
        RowNumber(), partition_by=["workstream_id", "known_as"], order_by=["-due_on", "-pk"]
    )
    readings = (
        WorkstreamReading.objects.filter(about(subject, workstream__in=[one.pk for one in own]))
        .annotate(
            # One that belongs to no workstream of ours goes by its name.
            known_as=Case(When(workstream__isnull=True, then=Lower("name")), default=Value("")),
            due_on=F("published_update__due_on"),
            nth=newest,
        )
        .filter(nth=1)
        .select_related("workstream")
        .order_by("position", "pk")
    )
    return list(readings)


def _strand(
    name: str, reading: WorkstreamReading | None, told_before: PublishedUpdate | None
) -> Strand:
    if reading is None:
        return Strand(name=name, state="none", words="Not told yet")
    state = WorkstreamState(reading.state)
    return Strand(
        name=name, state=STRAND_CLASSES[state], words=state.label, told_before=told_before
    )


def _risk(row: Risk) -> ToldRisk:
    known = RiskRow(
        text=row.text,
        kind=RiskKind(row.kind) if row.kind else None,
        owner=row.owner,
        opened_on=row.opened_on,
    )
    facts = known.facts if row.owner else (*known.facts, "no owner")
    words = ", ".join(facts)
    return ToldRisk(words=prose.inline_html(row.text), facts=words[:1].upper() + words[1:])
