"""One week: a digest opened, written, composed and published, its rows inserted in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from ddat import clock
from people.models import Event, Team
from weeknotes.content.document import Document
from weeknotes.content.kinds import ListSection, RisksSection
from weeknotes.demo.populating import saying
from weeknotes.demo.populating.house import House
from weeknotes.desk.models import Decision, Entry
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.article import Article, Piece
from weeknotes.publications.facts import Item, PublishedByline, RagReading, Risk
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.updates.models import Revision, RevisionCause, Update, UpdateState
from weeknotes.updates.rendering import html_of

Told = list[tuple[PublishedUpdate, Document]]


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The days of one digest; all of it goes by the day it is due out."""

    due_on: date

    def at(self, hour: int, *, days_before: int = 0) -> datetime:
        """An hour of the day it is due out, or of one before."""
        day = self.due_on - timedelta(days=days_before)
        return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LONDON)


def publish_week(house: House, rng: Random, *, due_on: date, count: int) -> Publication:
    """A published digest with the note and what so many of those who report handed in."""
    when = Moments(due_on=due_on)
    digest = _digest(house, rng, when)
    silent = set(rng.sample(range(len(house.subjects)), len(house.subjects) - count))
    speaking = [place for place in range(len(house.subjects)) if place not in silent]
    pieces = _pieces(house, rng, digest, speaking, when)
    Entry.objects.bulk_create(
        Entry(
            digest=digest,
            update=piece.update,
            position=position,
            decision=Decision.INCLUDED,
            decided_by=house.director,
            decided_at=when.at(12, days_before=3),
        )
        for position, piece in enumerate(pieces[1:], start=1)
    )
    return _publish(house, digest, pieces, when)


def _digest(house: House, rng: Random, when: Moments) -> Digest:
    digest = Digest.objects.create(
        slug=when.due_on.isoformat(),
        title=saying.line(rng).partition(":")[0],
        summary=f"{saying.line(rng).partition(':')[0]}.",
        covers_from=when.due_on - timedelta(days=7),
        covers_to=when.due_on - timedelta(days=3),
        due_on=when.due_on,
        deadline_at=when.at(11, days_before=3),
        state=DigestState.PUBLISHED,
        version=4,
    )
    opened_at = when.at(9, days_before=7)
    Event.objects.record(
        by=house.director, verb="opened", thing=digest, name=str(digest), at=opened_at
    )
    return digest


def _pieces(
    house: House, rng: Random, digest: Digest, speaking: Sequence[int], when: Moments
) -> list[Piece]:
    """The note, then an update of each of these subjects, each with its one sealed revision."""
    note = Update(digest=digest, team=house.directorate, is_note=True)
    said = [(note, saying.note(rng), house.director)]
    for place in speaking:
        subject, writer = house.subjects[place], house.writer_of(place)
        document = saying.report(rng, subject, writer)
        state = UpdateState.NO_UPDATE if document.no_update else UpdateState.SUBMITTED
        who: dict[str, Any] = {"team" if isinstance(subject, Team) else "project": subject}
        said.append((Update(digest=digest, state=state, version=2, **who), document, writer))
    Update.objects.bulk_create(update for update, _, _ in said)
    handed_in = when.at(10, days_before=3)
    revisions = Revision.objects.bulk_create(
        Revision(
            update=update,
            number=1,
            content=document.to_json(),
            cause=RevisionCause.WRITTEN,
            made_by=writer,
            made_at=handed_in,
            sealed_at=when.at(9) if update.is_note else handed_in,
            sealed_by=writer,
        )
        for update, document, writer in said
    )
    return [
        Piece(
            digest=digest,
            update=update,
            revision=revision,
            document=document.told,
            html=html_of(update, document, digest=digest),
        )
        for (update, document, _), revision in zip(said, revisions, strict=True)
    ]


def _publish(house: House, digest: Digest, pieces: list[Piece], when: Moments) -> Publication:
    article, at = Article(digest, tuple(pieces)), when.at(9)
    publication = Publication.objects.create(
        digest=digest,
        content={**article.record(), "published_by": house.director.name},
        body=article.body(),
        published_at=at,
        published_by=house.director,
    )
    published = PublishedUpdate.objects.bulk_create(
        PublishedUpdate(
            publication=publication,
            update=piece.update,
            revision=piece.revision,
            team=piece.update.team,
            project=piece.update.project,
            due_on=digest.due_on,
            covers_from=digest.covers_from,
            covers_to=digest.covers_to,
            position=position,
            anchor=piece.anchor,
            heading=piece.heading,
            is_no_update=piece.document.no_update is not None,
        )
        for position, piece in enumerate(pieces, start=1)
    )
    _tell([(one, piece.document) for one, piece in zip(published, pieces, strict=True)])
    Event.objects.record(by=house.director, verb="published", thing=digest, name=str(digest), at=at)
    return publication


def _tell(told: Told) -> None:
    """What publications/telling.py tells of the same documents, all of a week at once."""
    PublishedByline.objects.bulk_create(
        PublishedByline(
            published_update=published,
            position=position,
            person_id=line.person_id,
            name=line.name,
            job_title=line.job_title,
        )
        for published, document in told
        for position, line in enumerate(document.byline, start=1)
    )
    RagReading.objects.bulk_create(
        RagReading(
            published_update=published,
            position=1,
            project=published.project,
            colour=document.rag.colour,
            words=document.rag.words,
            reason=document.rag.reason,
        )
        for published, document in told
        if document.rag
    )
    rows = [row for published, document in told for row in _rows(published, document)]
    Item.objects.bulk_create(row for row in rows if isinstance(row, Item))
    Risk.objects.bulk_create(row for row in rows if isinstance(row, Risk))


def _rows(published: PublishedUpdate, document: Document) -> Iterable[Item | Risk]:
    position = 0
    for section in document.sections:
        if isinstance(section, ListSection):
            for item in section.items():
                position += 1
                yield Item(
                    published_update=published,
                    position=position,
                    kind=section.kind,
                    text=item.text,
                    state=item.state or "",
                )
        elif isinstance(section, RisksSection):
            for row in section.rows:
                position += 1
                yield Risk(
                    published_update=published,
                    position=position,
                    kind=row.kind or "",
                    text=row.text,
                )
