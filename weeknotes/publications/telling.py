"""Telling rows from a published document, so that records never read a revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from django.db import models
from django.db.models import F

from people.models import User
from projects.models import Metric, Workstream
from weeknotes.content.document import Document
from weeknotes.content.items import Item as Line
from weeknotes.content.kinds import (
    CountsSection,
    DatesSection,
    ListSection,
    MetricsSection,
    RisksSection,
    Thanked,
    ThanksSection,
    WorkstreamsSection,
)
from weeknotes.publications.facts import (
    DiaryDate,
    Item,
    MetricReading,
    PublishedByline,
    RagReading,
    Risk,
    StatusCount,
    Thanks,
    WorkstreamReading,
)
from weeknotes.publications.models import PublishedUpdate


def tell(published: PublishedUpdate, document: Document) -> None:
    """Write every row that a published update's document tells."""
    _tell_byline(published, document)
    if document.no_update:
        return
    if document.rag and published.update.project:
        RagReading.objects.create(
            published_update=published,
            position=1,
            project=published.update.project,
            colour=document.rag.colour,
            words=document.rag.words,
            reason=document.rag.reason,
        )
    _tell_sections(published, document)


def _tell_sections(published: PublishedUpdate, document: Document) -> None:
    positions = count(1)
    for section in document.sections:
        match section:
            case ListSection():
                _tell_items(published, section, positions)
            case MetricsSection():
                _tell_metrics(published, section, positions)
            case CountsSection():
                _tell_counts(published, section, positions)
            case WorkstreamsSection():
                _tell_workstreams(published, section, positions)
            case RisksSection():
                _tell_risks(published, section, positions)
            case DatesSection():
                _tell_dates(published, section, positions)
            case ThanksSection():
                _tell_thanks(published, section, positions)


def _tell_byline(published: PublishedUpdate, document: Document) -> None:
    known = _existing(line.person_id for line in document.byline)
    PublishedByline.objects.bulk_create(
        PublishedByline(
            published_update=published,
            position=position,
            person_id=line.person_id if line.person_id in known else None,
            name=line.name,
            job_title=line.job_title,
        )
        for position, line in enumerate(document.byline, start=1)
    )


def _tell_items(published: PublishedUpdate, section: ListSection, at: Iterator[int]) -> None:
    for group in section.groups:
        for line in group.items:
            parent = _item(published, section.kind, group.heading, line, next(at))
            parent.save()
            Item.objects.bulk_create(
                _item(published, section.kind, group.heading, child, next(at), parent)
                for child in line.children
            )


def _item(
    published: PublishedUpdate,
    kind: str,
    group: str,
    line: Line,
    position: int,
    parent: Item | None = None,
) -> Item:
    return Item(
        published_update=published,
        position=position,
        kind=kind,
        group=group,
        text=line.text,
        state=line.state or "",
        parent=parent,
    )


def _tell_metrics(published: PublishedUpdate, section: MetricsSection, at: Iterator[int]) -> None:
    own = Metric.objects.filter(project=published.update.project)
    meant = _meant(own, [(row.metric_id, row.name) for row in section.rows])
    MetricReading.objects.bulk_create(
        MetricReading(
            published_update=published,
            position=next(at),
            project=published.update.project,
            metric_id=metric_id,
            name=row.name,
            unit=row.unit,
            from_value=row.from_value,
            to_value=row.to_value,
            from_on=section.from_on,
            to_on=section.to_on,
            words=row.words,
            due_on=published.due_on,
            until=section.to_on or published.due_on,
        )
        for row, metric_id in zip(section.rows, meant, strict=True)
    )


def _tell_counts(published: PublishedUpdate, section: CountsSection, at: Iterator[int]) -> None:
    StatusCount.objects.bulk_create(
        StatusCount(
            published_update=published,
            position=next(at),
            name=section.name,
            label=row.label,
            number=row.number,
            from_on=section.from_on,
            to_on=section.to_on,
            as_of=section.as_of,
        )
        for row in section.rows
    )


def _tell_workstreams(
    published: PublishedUpdate, section: WorkstreamsSection, at: Iterator[int]
) -> None:
    own = Workstream.objects.filter(project=published.update.project)
    open_last = own.order_by(F("closed_on").asc(nulls_last=True), "pk")
    meant = _meant(open_last, [(row.workstream_id, row.name) for row in section.rows])
    WorkstreamReading.objects.bulk_create(
        WorkstreamReading(
            published_update=published,
            position=next(at),
            project=published.update.project,
            workstream_id=workstream_id,
            name=row.name,
            state=row.state,
            due_on=published.due_on,
        )
        for row, workstream_id in zip(section.rows, meant, strict=True)
    )


def _tell_risks(published: PublishedUpdate, section: RisksSection, at: Iterator[int]) -> None:
    if section.nil_return:
        Risk.objects.create(
            published_update=published,
            position=next(at),
            text=section.nil_return,
            is_nil_return=True,
        )
    Risk.objects.bulk_create(
        Risk(
            published_update=published,
            position=next(at),
            kind=row.kind or "",
            text=row.text,
            owner=row.owner,
            opened_on=row.opened_on,
        )
        for row in section.rows
    )


def _tell_dates(published: PublishedUpdate, section: DatesSection, at: Iterator[int]) -> None:
    DiaryDate.objects.bulk_create(
        DiaryDate(
            published_update=published,
            position=next(at),
            what=row.what,
            when=row.when,
            from_on=row.from_on,
            to_on=row.to_on,
            where=row.where,
            for_whom=row.for_whom,
        )
        for row in section.in_order
    )


def _tell_thanks(published: PublishedUpdate, section: ThanksSection, at: Iterator[int]) -> None:
    known = _existing(one.person_id for row in section.rows for one in row.people)
    Thanks.objects.bulk_create(
        Thanks(
            published_update=published,
            position=next(at),
            person_id=one.person_id if one.person_id in known else None,
            name=one.name,
            for_what=row.for_what,
        )
        for row in section.rows
        for one in row.people or (Thanked(name=row.who),)
    )


def _meant(
    own: models.QuerySet[Metric] | models.QuerySet[Workstream],
    said: Iterable[tuple[int | None, str]],
) -> list[int | None]:
    """Which of a project's own rows each id and name means: the id, or else the name.

    Of rows with one name the last of `own` is meant.
    """
    names = dict(own.values_list("pk", "name"))
    named = {name.casefold(): pk for pk, name in names.items()}
    return [pk if pk in names else named.get(name.casefold()) for pk, name in said]


def _existing(people: Iterable[int | None]) -> set[int]:
    """Which of these people there are: a document may name one who was deleted, or never was."""
    wanted = {pk for pk in people if pk is not None and 0 < pk <= models.BigIntegerField.MAX_BIGINT}
    return set(User.objects.filter(pk__in=wanted).values_list("pk", flat=True))
