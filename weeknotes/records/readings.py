"""What projects were rated, publication by publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Lag

from ddat import clock
from projects.models import Project
from projects.models.projects import ProjectQuerySet
from weeknotes.content.document import RagColour
from weeknotes.digests.subjects import Subject
from weeknotes.publications.models import Publication, PublishedUpdate, PublishedUpdateQuerySet

NO_UPDATE, CLOSED = "no_update", "closed"
RATING = Coalesce(F("ragreadings__colour"), Value(RagColour.NOT_RATED.value))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The day on which a rating differs from the one before it: `pk` is of what was published."""

    pk: int
    project: int
    colour: RagColour


def rated(told: PublishedUpdateQuerySet) -> Any:  # what is annotated has no type
    """Those that rate their project; one without a reading says that it is not rated."""
    return told.filter(is_no_update=False).annotate(rating=RATING)


def with_ratings(told: PublishedUpdateQuerySet) -> PublishedUpdateQuerySet:
    """Each with its rating, the writer's words for it and the reason; None where none is told."""
    return told.annotate(
        rating=RATING,
        rating_words=F("ragreadings__words"),
        rating_reason=F("ragreadings__reason"),
    )


def turns_of(projects: Collection[int]) -> dict[int, list[Turn]]:
    """The turns of each of these projects, newest first, in one query.

    A week without an update is no turn: nothing was said of the rating.
    """
    told = PublishedUpdate.objects.current().filter(project__in=projects)
    before = Window(Lag("rating"), partition_by="project_id", order_by=["due_on", "publication_id"])
    differing = (
        rated(told)
        .annotate(before=before)
        .filter(Q(before__isnull=True) | ~Q(before=F("rating")))
        .newest_first()
    )
    found: dict[int, list[Turn]] = {project: [] for project in projects}
    for pk, project, colour in differing.values_list("pk", "project_id", "rating"):
        found[project].append(Turn(pk=pk, project=project, colour=RagColour(colour)))
    return found


def as_told(projects: ProjectQuerySet) -> ProjectQuerySet:
    """Each project with how it stands today, by what was published last.

    `standing` is a colour, "no_update" or "closed"; `latest` and `latest_rated` are what was
    published last, and last with a rating. A project that is not closed is paused while its pause
    lasts, which `pauses` says. One never told is not rated.
    """
    told = PublishedUpdate.objects.current().filter(project=OuterRef("pk")).newest_first()
    pauses = Q(closed_at__isnull=True, paused_until__gte=clock.today())
    standing = Case(
        When(closed_at__isnull=False, then=Value(CLOSED)),
        When(pauses=True, then=Value(RagColour.PAUSED.value)),
        When(latest_is_no_update=True, then=Value(NO_UPDATE)),
        default=Coalesce(F("latest_rating"), Value(RagColour.NOT_RATED.value)),
        output_field=CharField(),
    )
    told_last: ProjectQuerySet = projects.annotate(
        pauses=pauses,
        latest=Subquery(told.values("pk")[:1]),
        latest_is_no_update=Subquery(told.values("is_no_update")[:1]),
        latest_rating=Subquery(rated(told).values("rating")[:1]),
        latest_rated=Subquery(rated(told).values("pk")[:1]),
        standing=standing,
    )
    return told_last


def about(subject: Subject, **own: Collection[int]) -> Q:
    """What facts are of a team or project: those it told, and those told of what is its `own` now.

    A workstream or metric may be its own by a merger, its readings told by another project.
    """
    told = Q(published_update__team=subject)
    if isinstance(subject, Project):
        told = Q(project=subject) | Q(**own)
    return told & Q(published_update__publication__in=Publication.objects.current())
