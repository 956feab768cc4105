"""What an update starts from: its template, its byline, and what was said last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from people.models import User
from projects.models import Metric, Project
from weeknotes.content.document import Byline, Document
from weeknotes.content.kinds import KINDS, DatesSection, Section
from weeknotes.content.kinds.metrics import MetricRow, MetricsSection
from weeknotes.content.kinds.text import TextSection
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamsSection
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject
from weeknotes.digests.writers import writers_of
from weeknotes.updates.models import Revision, Update, UpdateState
from weeknotes.updates.templates import TemplateUse, UpdateTemplate

LOOK_BACK = 26  # half a year of weeks: what was last told before that is no start for today

Followed = TypeVar("Followed", MetricsSection, WorkstreamsSection)


def starting_document(*, subject: Subject, digest: Digest, person: User) -> Document:
    """The form's first state: the template's sections, filled with names and last values."""
    earlier = _earlier(subject, digest)
    filled = [_filled(section, subject, earlier) for section in _sections(subject)]
    sections = _with_dates(filled, earlier, digest)
    byline = _byline(subject, person, earlier)
    return Document(heading=subject.house_heading, byline=byline, sections=sections)


def template_of(subject: Subject) -> UpdateTemplate | None:
    """The template chosen for a subject, else the one for all its like, else none."""
    who = {"project": subject} if isinstance(subject, Project) else {"team": subject}
    use = TemplateUse.objects.select_related("template").filter(**who).first()
    if use:
        return use.template
    starts = UpdateTemplate.Starts
    wanted = starts.PROJECTS if isinstance(subject, Project) else starts.TEAMS
    return UpdateTemplate.objects.filter(starts=wanted).first()


def _sections(subject: Subject) -> list[Section]:
    template = template_of(subject)
    if template is None:
        return [TextSection()]
    return [
        KINDS[row.kind](
            heading=row.heading,
            product_id=row.product_id,
            product_name=row.product.name if row.product else "",
        )
        for row in template.sections.select_related("product")
    ]


def _earlier(subject: Subject, digest: Digest) -> list[Revision]:
    """What the subject handed in for earlier digests and still stands, the newest first.

    Of each the words as they are now, so as they were corrected.
    """
    before = Update.objects.of(subject).reported().filter(digest__due_on__lt=digest.due_on)
    updates = before.still_told()
    newest_first = Revision.objects.latest_of(updates).order_by("-update__digest__due_on")
    return list(newest_first.select_related("update", "made_by")[:LOOK_BACK])


def _last_told(kind: type[Followed], earlier: Iterable[Revision]) -> list[Followed]:
    """The sections of a kind in the newest update with rows in one; "no update" tells nothing."""
    for revision in earlier:
        if revision.update.state == UpdateState.SUBMITTED:
            sections = revision.document.sections
            told = [s for s in sections if isinstance(s, kind) and any(r.name for r in s.rows)]
            if told:
                return told
    return []


def _filled(section: Section, subject: Subject, earlier: Iterable[Revision]) -> Section:
    if isinstance(section, MetricsSection):
        return _metrics(section, subject, _last_told(MetricsSection, earlier))
    if isinstance(section, WorkstreamsSection):
        rows = _workstreams(subject, _last_told(WorkstreamsSection, earlier))
        return replace(section, rows=rows)
    return section


def _metrics(
    section: MetricsSection, subject: Subject, before: list[MetricsSection]
) -> MetricsSection:
    """Last time's measures, each from the value last known, then those the project has beside."""
    metrics = list(subject.metrics.all()) if isinstance(subject, Project) else []
    told = [(last, row) for last in before for row in last.rows if row.name]
    rows = [_carried_on(row, metrics) for _, row in told]
    told_ids = {row.metric_id for row in rows}
    rows += [_blank(metric) for metric in metrics if metric.pk not in told_ids]
    days = {
        last.from_on if row.to_value is None else last.to_on
        for last, row in told
        if row.has_figures
    }
    # Values of different days have no day in common to start from: the writer says which.
    return replace(section, rows=tuple(rows), from_on=days.pop() if len(days) == 1 else None)


def _carried_on(row: MetricRow, metrics: list[Metric]) -> MetricRow:
    """A measure from the value it had reached, or still had, as the project's own of its name."""
    if row.metric_id not in {metric.pk for metric in metrics}:
        named = {metric.name.casefold(): metric.pk for metric in metrics}
        row = replace(row, metric_id=named.get(row.name.casefold(), row.metric_id))
    known = (metric.good_direction for metric in metrics if metric.pk == row.metric_id)
    good = next(known, row.good)
    value = row.from_value if row.to_value is None else row.to_value
    return replace(row, good=good, from_value=value, to_value=None, words="")


def _blank(metric: Metric) -> MetricRow:
    return MetricRow(
        name=metric.name,
        unit=metric.unit,
        decimals=metric.decimals,
        good=metric.good_direction,
        metric_id=metric.pk,
    )


def _workstreams(subject: Subject, before: list[WorkstreamsSection]) -> tuple[WorkstreamRow, ...]:
    """The project's strands that were told of, each as it stood last time.

    How the others stand nobody has said: the form asks for it.
    """
    if not isinstance(subject, Project):
        return ()
    told = [row for section in before for row in section.rows]
    by_id = {row.workstream_id: row.state for row in told if row.workstream_id}
    by_name = {row.name.casefold(): row.state for row in told}
    states = [
        (strand, by_id.get(strand.pk) or by_name.get(strand.name.casefold()))
        for strand in subject.workstreams.active()
    ]
    return tuple(
        WorkstreamRow(name=strand.name, state=state, workstream_id=strand.pk)
        for strand, state in states
        if state
    )


def _byline(subject: Subject, person: User, earlier: Sequence[Revision]) -> tuple[Byline, ...]:
    """The lead's or owner's, also when a deputy writes: as they last told it, else their own."""
    author = writers_of([subject])[subject].holder or person
    if earlier:
        last = earlier[0].document.byline
        if _typed_by(earlier[0]) == author or author.pk in {name.person_id for name in last}:
            return last
    return (_own_byline(author),)


def _typed_by(revision: Revision) -> User:
    """Who wrote it for the team or project: not the editor who changed it afterwards."""
    original = revision.update.original if revision.is_edit else None
    return (original or revision).made_by


def _with_dates(
    sections: Sequence[Section], earlier: Iterable[Revision], digest: Digest
) -> tuple[Section, ...]:
    """The dates of last time's update that are still to come, in the first section for dates.

    Where the template has none, they come as they stood, in sections of their own after the rest.
    """
    submitted = (r.document for r in earlier if r.update.state == UpdateState.SUBMITTED)
    last = next(submitted, Document()).sections
    dates = [_to_come(section, digest) for section in last if isinstance(section, DatesSection)]
    again = [section for section in dates if section.rows]
    place = next((i for i, s in enumerate(sections) if isinstance(s, DatesSection)), None)
    if place is None:
        return (*sections, *again)
    rows = tuple(row for section in again for row in section.rows)
    return tuple(
        replace(section, rows=rows)
        if index == place and isinstance(section, DatesSection)
        else section
        for index, section in enumerate(sections)
    )


def _to_come(section: DatesSection, digest: Digest) -> DatesSection:
    """A section's dates without those over before the digest is due out, nor the words around.

    Of words alone nobody knows whether they are over.
    """
    rows = (row for row in section.rows if not row.last_day or row.last_day >= digest.due_on)
    return replace(section, before="", after="", rows=tuple(rows))


def _own_byline(person: User) -> Byline:
    return Byline(name=person.name, job_title=person.job_title, person_id=person.pk)
