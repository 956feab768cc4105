"""Dates to come, and thanks, as they were published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BigAutoField, Q, Window
from django.db.models.functions import Coalesce, Lower, Rank
from django.utils.safestring import SafeString, mark_safe

from ddat import clock, prose
from ddat.prepared import Asked, Prepared
from people.models import User
from weeknotes.content.kinds import DateRow, ThanksRow
from weeknotes.digests.subjects import Subject
from weeknotes.publications.facts import DiaryDate, Thanks
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.asking import SUBJECT, TODAY, About

DATES_SHOWN = 20
THANKS_SHOWN = 20
NEXT_FIRST = (Coalesce("from_on", "to_on").asc(nulls_last=True), "position", "pk")
NEWEST_FIRST = ("-published_update__due_on", "-published_update__publication_id", "position")


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
    """What a team or project told of today and later, the next one first, in one query.

    What was told more than once stands as it was told last. Dates in words alone come last; they
    stand while the newest update that tells of dates has them.
    """
    return [_date(row) for row in _to_come(subject, today=clock.today())]


def thanks_to(person: User) -> list[ToldThanks]:
    """What a person was last thanked for, the newest first, in one query."""
    return [
        ToldThanks(words=_for_what(row.for_what), told=row.published_update)
        for row in _thanks(person=person.pk)
    ]


def _dates_to_come(kind: type[Subject]) -> Any:
    latest = Window(
        Rank(),
        partition_by=[Lower("what")],
        order_by=["-published_update__due_on", "-published_update_id"],
    )
    updates = PublishedUpdate.objects.all_current().told_by(kind, SUBJECT)
    newest = updates.filter(diarydates__isnull=False).newest_first().values("pk")[:1]
    in_words = Q(last_day__isnull=True, published_update__in=newest) & ~Q(when="")
    told = DiaryDate.objects.all_current().told_by(kind, SUBJECT).annotate(telling=latest)
    # In a query of its own: what was told last may have no day any more, or one that is over.
    told_last = DiaryDate.objects.filter(pk__in=told.filter(telling=1).values("pk"))
    to_come = told_last.annotate(last_day=Coalesce("to_on", "from_on")).filter(
        Q(last_day__gte=TODAY) | in_words
    )
    return _whole(to_come, NEXT_FIRST, DATES_SHOWN)


def _thanks_told() -> Any:
    told = Thanks.objects.filter(person=Asked("person", BigAutoField())).all_current()
    return _whole(told, NEWEST_FIRST, THANKS_SHOWN)


def _whole(facts: Any, in_order: tuple[Any, ...], most: int) -> Any:
    """The first of these with their digests: of the others no digest is read."""
    first = facts.order_by(*in_order).values("pk")[:most]
    return facts.model.objects.filter(pk__in=first).with_digest().order_by(*in_order)


_to_come, _thanks = About(_dates_to_come), Prepared(_thanks_told)


def _date(row: DiaryDate) -> ToldDate:
    names = ("what", "when", "from_on", "to_on", "where", "for_whom")
    said = DateRow(**{name: getattr(row, name) for name in names})
    unsaid = () if said.printed_when.startswith(said.days) else (said.days,)
    return ToldDate(
        when=said.printed_when,
        what=prose.inline_html(said.what),
        what_words=prose.plain(said.what),
        facts=prose.inline_html(", ".join((*unsaid, *said.facts))),
        told=row.published_update,
    )


def _for_what(words: str) -> SafeString:
    lines = ThanksRow(who="", for_what=words).lines
    return mark_safe("<br>".join(prose.inline_html(line) for line in lines))
