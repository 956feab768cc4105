"""What an update starts from: its template, its byline, and what was said last time."""

from __future__ import annotations

from dataclasses import replace

from people.models import User
from projects.models import Project
from weeknotes.content.document import Byline, Document
from weeknotes.content.kinds import KINDS, Section
from weeknotes.content.kinds.metrics import MetricRow, MetricsSection
from weeknotes.content.kinds.text import TextSection
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamsSection, WorkstreamState
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.templates import TemplateUse, UpdateTemplate


def starting_document(*, subject: Subject, digest: Digest, person: User) -> Document:
    """The form's first state: the template's sections, filled with names and last values."""
    revision = _last_revision(subject, digest)
    last = revision.document if revision else None
    sections = tuple(_filled(section, subject, last) for section in _sections(subject))
    is_own = revision is not None and revision.made_by == person
    byline = last.byline if last and is_own else (_own_byline(person),)
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


def _last_revision(subject: Subject, digest: Digest) -> Revision | None:
    """What the subject last handed in for an earlier digest."""
    earlier = Update.objects.of(subject).reported().filter(digest__due_on__lt=digest.due_on)
    update = earlier.order_by("-digest__due_on").first()
    return update.latest if update else None


def _filled(section: Section, subject: Subject, last: Document | None) -> Section:
    if isinstance(section, MetricsSection):
        return _metrics(section, subject, last)
    if isinstance(section, WorkstreamsSection):
        return replace(section, rows=_workstreams(subject, last))
    return section


def _metrics(section: MetricsSection, subject: Subject, last: Document | None) -> MetricsSection:
    """Last time's measures, each starting from the value it had reached."""
    before = [s for s in last.sections if isinstance(s, MetricsSection)] if last else []
    if before:
        rows = [
            replace(row, from_value=row.to_value, to_value=None, words="")
            for told in before
            for row in told.rows
            if row.name
        ]
        return replace(section, rows=tuple(rows), from_on=before[0].to_on)
    metrics = subject.metrics.all() if isinstance(subject, Project) else []
    rows = [
        MetricRow(
            name=metric.name,
            unit=metric.unit,
            decimals=metric.decimals,
            good=metric.good_direction,
            metric_id=metric.pk,
        )
        for metric in metrics
    ]
    return replace(section, rows=tuple(rows))


def _workstreams(subject: Subject, last: Document | None) -> tuple[WorkstreamRow, ...]:
    """The project's strands, each as it stood last time."""
    if not isinstance(subject, Project):
        return ()
    before = [s for s in last.sections if isinstance(s, WorkstreamsSection)] if last else []
    stood = {row.name: row.state for section in before for row in section.rows}
    return tuple(
        WorkstreamRow(
            name=strand.name,
            state=stood.get(strand.name, WorkstreamState.NOT_STARTED),
            workstream_id=strand.pk,
        )
        for strand in subject.workstreams.active()
    )


def _own_byline(person: User) -> Byline:
    return Byline(name=person.name, job_title=person.job_title, person_id=person.pk)
