"""The workstreams and the open risks of a project or team, as they were told last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.safestring import SafeString

from ddat import clock, prose
from ddat.prepared import Among, Prepared
from projects.models import Project, Workstream
from weeknotes.content.html import STRAND_CLASSES
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamState
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import Fact, Risk, WorkstreamReading
from weeknotes.publications.models import PublishedUpdate, PublishedUpdateQuerySet
from weeknotes.records.asking import SUBJECT, TODAY, About


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
    names it. One that another project took over keeps here what was told of it here; where that
    is withdrawn or corrected away, it is no longer here.
    """
    is_project = isinstance(subject, Project)
    asked: list[Any] = _known(subject=subject.pk, today=clock.today()) if is_project else []
    known = [one for one in asked if one.newest or not one.is_of_others]
    newest = {one.newest for one in known} - {None}
    readings = {reading.pk: reading for reading in _told(subject, readings=newest)}
    last = max((reading.published_update for reading in readings.values()), key=_when, default=None)

    def strand(name: str, reading: Any) -> Strand:
        told = reading.published_update if reading else None
        is_older = told and last and _when(told) != _when(last)
        return _strand(name, reading, told if is_older else None)

    known_here = [strand(one.name, readings.get(one.newest)) for one in known]
    named = {one.name.lower(): one for one in readings.values() if one.workstream_id is None}
    by_name = [strand(reading.name, reading) for reading in named.values()]
    still_named = [one for one in by_name if one.told_before is None]
    return Strands(rows=(*known_here, *still_named), told=last)


def risks_of(subject: Subject) -> Risks | None:
    """What was said of risks last: the newest update that told some, or that there are none."""
    rows = _risks(subject)
    if not rows:
        return None
    return Risks(
        told=rows[0].published_update,
        rows=tuple(_risk(row) for row in rows if not row.is_nil_return),
        nil_returns=tuple(prose.inline_html(row.text) for row in rows if row.is_nil_return),
    )


def _when(told: PublishedUpdate) -> tuple[date, int]:
    """When it was told: one digest may tell of two weeks, where one is held over."""
    return told.due_on, told.publication_id


def _known_workstreams() -> Any:
    """A project's own that are open, then those it told of that are another's now.

    Each with the id of its newest reading: of another's, told here.
    """
    told_here = WorkstreamReading.objects.filter(project=SUBJECT, workstream__isnull=False)
    is_own = Q(project=SUBJECT)
    told = WorkstreamReading.objects.filter(
        Q(project=SUBJECT) | Q(workstream__project=SUBJECT), workstream=OuterRef("pk")
    )
    newest = told.current().order_by("-due_on", "-pk").values("pk")[:1]
    return (
        Workstream.objects.filter(
            is_own & Q(pk__in=Workstream.objects.active(TODAY).values("pk"))
            | ~is_own & Q(pk__in=told_here.values("workstream"))
        )
        .annotate(newest=Subquery(newest), is_of_others=~is_own)
        .order_by("is_of_others", "position", "pk")
    )


def _readings_told(kind: type[Subject]) -> Any:
    """These readings, and all of the newest update that tells some."""
    told = PublishedUpdate.objects.told_by(kind, SUBJECT)
    newest = _newest_with(told, WorkstreamReading)
    return (
        WorkstreamReading.objects.filter(
            Among("pk", "readings") | Q(published_update=Subquery(newest))
        )
        .with_digest()
        .order_by("position", "pk")
    )


def _newest_with(told: PublishedUpdateQuerySet, kind: type[Fact]) -> Any:
    """The newest that tells a fact of the kind; whether it is current is asked of those alone."""
    tells = Exists(kind.objects.filter(published_update=OuterRef("pk")))
    return told.filter(tells).current().newest_first().values("pk")[:1]


def _newest_risks(kind: type[Subject]) -> Any:
    newest = _newest_with(PublishedUpdate.objects.told_by(kind, SUBJECT), Risk)
    return Risk.objects.filter(published_update=Subquery(newest)).with_digest()


_known, _told, _risks = Prepared(_known_workstreams), About(_readings_told), About(_newest_risks)


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
