"""What a team or project was called before, and what goes on in it or in its place."""

from __future__ import annotations

from dataclasses import dataclass

from ddat import clock
from people.models.names import Named
from weeknotes.digests.subjects import Subject


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
        for one in subject.past_names.order_by("-until", "-pk")
        if str(one) != str(subject)
    ]
    return Names(
        before=tuple(past),
        heir=subject.merged_into,
        merged_here=tuple(subject.merged_from.order_by("name", "pk")),
    )
