"""What was published, update by update, each with where it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.safestring import SafeString

from ddat import prose
from people.models import User
from weeknotes.content.document import Rag, RagColour
from weeknotes.content.html import STATUS_CLASSES
from weeknotes.content.kinds import OutcomesSection
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import Item, PublishedByline
from weeknotes.publications.models import PublishedUpdate, PublishedUpdateQuerySet
from weeknotes.records.readings import with_ratings

LINES_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Story:
    """One published update: its heading, how it was rated, and the first things it tells."""

    told: Any
    lines: tuple[SafeString, ...]

    @property
    def heading(self) -> SafeString:
        """The heading as printed."""
        return prose.heading_html(self.told.heading)

    @property
    def period(self) -> str:
        """The days it tells of."""
        return str(self.told.period)

    @property
    def state(self) -> str:
        """The shape of its status; nothing for what has none."""
        if self.told.is_no_update:
            return "none"
        return STATUS_CLASSES[RagColour(self.told.rating)] if self.told.project_id else ""

    @property
    def words(self) -> str:
        """Its status in words."""
        if self.told.is_no_update:
            return "No update"
        return Rag(colour=RagColour(self.told.rating), words=self.told.rating_words or "").spoken

    @property
    def byline(self) -> str:
        """The name and job title as printed, where the stories are of one person."""
        printed = (getattr(self.told, "printed_name", ""), getattr(self.told, "printed_title", ""))
        return ", ".join(filter(None, printed))


def told_by(subject: Subject) -> PublishedUpdateQuerySet:
    """What a team or project published, newest first."""
    return _whole(PublishedUpdate.objects.current().told_by(subject))


def signed_by(person: User) -> PublishedUpdateQuerySet:
    """What was published under a person's name, newest first, with the name as it was printed."""
    theirs = PublishedByline.objects.filter(person=person)
    told = PublishedUpdate.objects.current().filter(pk__in=theirs.values("published_update"))
    first = theirs.filter(published_update=OuterRef("pk")).order_by("position")
    return _whole(told).annotate(
        printed_name=Subquery(first.values("name")[:1]),
        printed_title=Subquery(first.values("job_title")[:1]),
    )


def stories_of(told: Iterable[PublishedUpdate]) -> list[Story]:
    """Each of these with its first outcomes, in one query for all."""
    chosen = list(told)
    items = Item.objects.filter(
        published_update__in=[one.pk for one in chosen],
        kind=OutcomesSection.kind,
        parent__isnull=True,
    )
    lines: dict[int, list[SafeString]] = defaultdict(list)
    for item in items:
        lines[item.published_update_id].append(prose.inline_html(item.text))
    return [Story(told=one, lines=tuple(lines[one.pk][:LINES_SHOWN])) for one in chosen]


def _whole(told: PublishedUpdateQuerySet) -> PublishedUpdateQuerySet:
    return with_ratings(told.with_digest()).newest_first()
