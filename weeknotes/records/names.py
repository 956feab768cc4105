"""What a team or project was called before, and what goes on in it or in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ddat import clock
from people.models.names import Named
from weeknotes.digests.subjects import Subject
from weeknotes.records.asking import SUBJECT, About


@dataclass(frozen=True, kw_only=True)
class Names:
    """Old names with their last day; the heir it was merged into; what was merged into it."""

    before: tuple[tuple[str, str], ...]
    heir: Named | None
    merged_here: tuple[Named, ...]


def names_of(subject: Subject) -> Names:
    """The names of a team or project, a project's with its code, in two queries."""
    past = [
        (str(one), clock.day(clock.local(one.until).date()))
        for one in _past_names(subject)
        if str(one) != str(subject)
    ]
    return Names(
        before=tuple(past),
        heir=subject.merged_into,
        merged_here=tuple(_merged_here(subject)),
    )


def _past_names_of(kind: type[Any]) -> Any:
    past = kind.past_names.rel
    return past.related_model.objects.filter(**{past.field.name: SUBJECT}).order_by("-until", "-pk")


_past_names = About(_past_names_of)
_merged_here = About(lambda kind: kind.objects.filter(merged_into=SUBJECT).order_by("name", "pk"))
