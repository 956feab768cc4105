"""Dates to come, and thanks, as they were published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import Coalesce, Lower, Rank
from django.utils.safestring import SafeString, mark_safe

from ddat import clock, prose
from people.models import User
from weeknotes.content.kinds import DateRow, ThanksRow
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import DiaryDate, Thanks
from weeknotes.publications.models import PublishedUpdate

DATES_SHOWN = 20
THANKS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class ToldDate:
    """A date to come: when, what, what is known beside, and where it was told.

    Where words stand for its days, the days are among what is known.
    """

    when: str
    what: SafeString
    what_words: str  # without links, to stand inside one
    facts: SafeString
    told: PublishedUpdate


@dataclass(frozen=True, kw_only=True)
class ToldThanks:
    """Thanks to one person: what for, and where it was said."""

    words: SafeString
    told: PublishedUpdate

    @property
    def heading(self) -> SafeString:
        """The heading, as printed, of the update that says it."""
        return prose.heading_html(self.told.heading)


def dates_of(subject: Subject) -> list[ToldDate]:
    """What a team or project told of today and later, the next one first, in two queries.

    What was told more than once stands as it was told last. Dates in words alone come last; they
    stand while the newest update that tells of dates has them.
    """
    latest = Window(
        Rank(),
        partition_by=[Lower("what")],
        order_by=["-published_update__due_on", "-published_update_id"],
    )
    updates = PublishedUpdate.objects.current().told_by(subject)
    told = DiaryDate.objects.filter(published_update__in=updates)
    newest = updates.filter(diarydates__isnull=False).newest_first().values("pk")[:1]
    in_words = Q(last_day__isnull=True, published_update__in=newest) & ~Q(when="")
    # In a query of its own: what was told last may have no day any more, or one that is over.
    told_last = told.annotate(telling=latest).filter(telling=1)
    to_come = DiaryDate.objects.filter(pk__in=told_last.values("pk")).annotate(
        first_day=Coalesce("from_on", "to_on"), last_day=Coalesce("to_on", "from_on")
    )
    in_order = to_come.filter(Q(last_day__gte=clock.today()) | in_words).order_by(
        F("first_day").asc(nulls_last=True), "position", "pk"
    )
    chosen: list[Any] = list(in_order[:DATES_SHOWN])
    where = _told(chosen)
    return [_date(row, where[row.published_update_id]) for row in chosen]


def thanks_to(person: User) -> list[ToldThanks]:
    """What a person was last thanked for, the newest first, in two queries."""
    rows = Thanks.objects.filter(
        person=person, published_update__in=PublishedUpdate.objects.current()
    ).order_by(
        F("published_update__due_on").desc(), "-published_update__publication_id", "position"
    )
    chosen: list[Any] = list(rows[:THANKS_SHOWN])
    told = _told(chosen)
    return [
        ToldThanks(words=_for_what(row.for_what), told=told[row.published_update_id])
        for row in chosen
    ]


def _told(rows: list[Any]) -> dict[int, PublishedUpdate]:
    """Where each of these was told."""
    return PublishedUpdate.objects.with_digest().in_bulk({row.published_update_id for row in rows})


def _date(row: DiaryDate, told: PublishedUpdate) -> ToldDate:
    names = ("what", "when", "from_on", "to_on", "where", "for_whom")
    said = DateRow(**{name: getattr(row, name) for name in names})
    unsaid = () if said.printed_when.startswith(said.days) else (said.days,)
    return ToldDate(
        when=said.printed_when,
        what=prose.inline_html(said.what),
        what_words=prose.plain(said.what),
        facts=prose.inline_html(", ".join((*unsaid, *said.facts))),
        told=told,
    )


def _for_what(words: str) -> SafeString:
    lines = ThanksRow(who="", for_what=words).lines
    return mark_safe("<br>".join(prose.inline_html(line) for line in lines))
