"""A project's workstreams and its open risks, as they were told last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import Lower, RowNumber
from django.utils.safestring import SafeString

from ddat import prose
from projects.models import Project, Workstream
from weeknotes.content.html import STRAND_CLASSES
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamState
from weeknotes.publications.facts import Risk, WorkstreamReading
from weeknotes.publications.models import PublishedUpdate


@dataclass(frozen=True, kw_only=True)
class Strand:
    """A workstream under the name it has now; `state` is the shape, `words` says it."""

    name: str
    state: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ToldRisk:
    """A risk, issue, dependency or blocker, with what is known beside its words."""

    words: SafeString
    facts: str


@dataclass(frozen=True, kw_only=True)
class Risks:
    """What a project said of its risks the last time it said anything of them."""

    told: PublishedUpdate
    rows: tuple[ToldRisk, ...]
    nil_returns: tuple[SafeString, ...]


def strands_of(project: Project) -> list[Strand]:
    """Each workstream with the state it was told last; closed ones are left out."""
    newest = Window(
        RowNumber(), partition_by=["workstream_id", "known_as"], order_by=["-due_on", "-pk"]
    )
    readings = (
        WorkstreamReading.objects.filter(
            project=project, published_update__in=PublishedUpdate.objects.current()
        )
        .annotate(
            # One that belongs to no workstream of ours goes by its name.
            known_as=Case(When(workstream__isnull=True, then=Lower("name")), default=Value("")),
            due_on=F("published_update__due_on"),
            nth=newest,
        )
        .filter(nth=1)
        .order_by("position", "pk")
    )
    told: dict[int | None, Any] = {r.workstream_id: r for r in readings if r.workstream_id}
    ours = [_strand(strand.name, told.get(strand.pk)) for strand in _open(project)]
    others = [_strand(r.name, r) for r in readings if r.workstream_id is None]
    return [*ours, *others]


def risks_of(project: Project) -> Risks | None:
    """What was said of risks last: the newest update that told some, or that there are none."""
    newest = (
        PublishedUpdate.objects.current()
        .told_by(project)
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


def _open(project: Project) -> list[Workstream]:
    return list(project.workstreams.active())


def _strand(name: str, reading: WorkstreamReading | None) -> Strand:
    if reading is None:
        return Strand(name=name, state="none", words="Not told yet")
    state = WorkstreamState(reading.state)
    return Strand(name=name, state=STRAND_CLASSES[state], words=state.label)


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
