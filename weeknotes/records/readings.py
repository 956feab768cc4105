"""What projects were rated, publication by publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from ddat import clock
from ddat.prepared import Among, Prepared
from projects.models.projects import ProjectQuerySet
from weeknotes.content.document import RagColour
from weeknotes.publications.facts import RagReading
from weeknotes.publications.models import PublishedUpdate, PublishedUpdateQuerySet

NO_UPDATE, CLOSED = "no_update", "closed"


# Asked row by row, before whether the row is current: going back, most rows are passed over.
_COLOUR = RagReading.objects.filter(published_update=OuterRef("pk")).order_by().values("colour")[:1]
RATING = Coalesce(Subquery(_COLOUR), Value(RagColour.NOT_RATED.value))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The day since which a rating holds, and the colour before it; None where it never turned."""

    since: date
    before: RagColour | None


def rated(told: PublishedUpdateQuerySet) -> Any:  # what is annotated has no type
    """Those that rate their project; one without a reading says that it is not rated.

    A week without an update is not among them: nothing was said of the rating.
    """
    return told.filter(is_no_update=False).annotate(rating=RATING)


def with_ratings(told: PublishedUpdateQuerySet) -> PublishedUpdateQuerySet:
    """Each with its rating, the writer's words for it and the reason; None where none is told."""
    return told.annotate(
        rating=RATING,
        rating_words=F("ragreadings__words"),
        rating_reason=F("ragreadings__reason"),
    )


def _of_its_project() -> Any:
    """What rates the project that the outer question is about."""
    return rated(PublishedUpdate.objects.filter(project=OuterRef("project")))


def _as_told_last() -> Any:
    """Each with its rating, and the id of what was rated otherwise last (`other`)."""
    others = _of_its_project().exclude(rating=OuterRef("rating"))
    first = _of_its_project().current().with_days().order_by("due_on", "publication_id")
    whole = with_ratings(PublishedUpdate.objects.with_digest().with_days())
    return whole.filter(Among("pk", "updates")).annotate(
        other=Subquery(others.current().newest_first().values("pk")[:1]),
        first_came_out_at=Subquery(first.values("came_out_at")[:1]),
    )


def _before_they_turned() -> Any:
    """Each with its rating, and when the next one came out."""
    is_later = Q(due_on__gt=OuterRef("due_on")) | Q(publication_id__gt=OuterRef("publication_id"))
    later = _of_its_project().filter(is_later, due_on__gte=OuterRef("due_on")).current()
    in_order = later.with_days().order_by("due_on", "publication_id")
    following = in_order.values("came_out_at")[:1]
    told = rated(PublishedUpdate.objects.filter(Among("pk", "updates")))
    return told.values_list("pk", "rating", Subquery(following))


_told_last, _turned = Prepared(_as_told_last), Prepared(_before_they_turned)


def told_last(updates: Collection[int]) -> dict[int, PublishedUpdate]:
    """What projects published last, or last with a rating, by id: each with its `turn`.

    However long they have been told of: what was rated otherwise last is looked for from the
    newest back, in two queries for all.
    """
    told = {one.pk: one for one in _told_last(updates=updates)}
    others = _turned(updates={one.other for one in told.values()} - {None})
    turned = {pk: (RagColour(rating), at) for pk, rating, at in others}
    for one in told.values():
        before, at = turned.get(one.other, (None, one.first_came_out_at))
        one.turn = Turn(since=_day(at), before=before) if at else None
    return told


def _day(at: datetime) -> date:
    return clock.local(at).date()


def as_told(projects: ProjectQuerySet, today: Any = None) -> ProjectQuerySet:
    """Each project with how it stands today, by what was published last.

    `standing` is a colour, "no_update" or "closed"; `latest` and `latest_rated` are what was
    published last, and last with a rating. A project that is not closed is paused while its pause
    lasts, which `pauses` says. One never told is not rated.
    """
    told = PublishedUpdate.objects.current().filter(project=OuterRef("pk")).newest_first()
    pauses = Q(closed_at__isnull=True, paused_until__gte=today or clock.today())
    standing = Case(
        When(closed_at__isnull=False, then=Value(CLOSED)),
        When(pauses=True, then=Value(RagColour.PAUSED.value)),
        When(latest_is_no_update=True, then=Value(NO_UPDATE)),
        default=Coalesce(F("latest_rating"), Value(RagColour.NOT_RATED.value)),
        output_field=CharField(),
    )
    found: ProjectQuerySet = projects.annotate(
        pauses=pauses,
        latest=Subquery(told.values("pk")[:1]),
        latest_is_no_update=Subquery(told.values("is_no_update")[:1]),
        latest_rating=Subquery(rated(told).values("rating")[:1]),
        latest_rated=Subquery(rated(told).values("pk")[:1]),
        standing=standing,
    )
    return found
