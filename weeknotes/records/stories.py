"""What was published, update by update, each with where it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigAutoField, OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString

from ddat import prose
from ddat.prepared import Among, Asked, Prepared
from people.models import User
from weeknotes.content.document import Rag, RagColour
from weeknotes.content.html import STATUS_CLASSES
from weeknotes.content.kinds import OutcomesSection
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import Item, PublishedByline
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.asking import SUBJECT, About
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
        return ", ".join(filter(None, (self.told.printed_name, self.told.printed_title)))


def told_by(subject: Subject) -> list[int]:
    """The ids of what a team or project published, newest first."""
    return [pk for (pk,) in _told_by(subject)]


def signed_by(person: User) -> list[int]:
    """The ids of what was published under a person's name, newest first."""
    return [pk for (pk,) in _signed_by(person=person.pk)]


def stories_of(told: Sequence[int], person: User | None = None) -> list[Story]:
    """Each of these with its first outcomes, newest first, in two queries for all.

    Of a person, each has the name as it was printed.
    """
    asked = {"updates": told, "person": person.pk if person else None}
    lines: dict[int, list[SafeString]] = defaultdict(list)
    for item in _outcomes(updates=told):
        if item.parent_id is None:
            lines[item.published_update_id].append(prose.inline_html(item.text))
    return [Story(told=one, lines=tuple(lines[one.pk][:LINES_SHOWN])) for one in _whole(**asked)]


def _bylines() -> QuerySet:
    return PublishedByline.objects.filter(person=Asked("person", BigAutoField()))


def _those_told(kind: type[Subject]) -> QuerySet:
    """The newest first, and those of one publication as they were put in, as they stand in it.

    So an index alone is read: where each stands is in none.
    """
    told = PublishedUpdate.objects.all_current().told_by(kind, SUBJECT)
    return told.order_by("-due_on", "-publication_id", "pk").values_list("pk")


def _those_signed() -> QuerySet:
    told = PublishedUpdate.objects.all_current()
    return told.filter(pk__in=_bylines().values("published_update")).newest_first()


def _those_asked_for() -> QuerySet:
    """Each with its digest, its rating, and the name of the person as it was printed."""
    first = _bylines().filter(published_update=OuterRef("pk")).order_by("position")
    told = PublishedUpdate.objects.filter(Among("pk", "updates"))
    return (
        with_ratings(told.with_digest())
        .annotate(
            printed_name=Subquery(first.values("name")[:1]),
            printed_title=Subquery(first.values("job_title")[:1]),
        )
        .newest_first()
    )


_told_by = About(_those_told)
_signed_by = Prepared(lambda: _those_signed().values_list("pk"))
_whole = Prepared(_those_asked_for)
_outcomes = Prepared(
    lambda: Item.objects.filter(Among("published_update", "updates"), kind=OutcomesSection.kind)
)
