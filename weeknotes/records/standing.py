"""How a project stands, in words: never green unless it was rated green."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from ddat import clock, prose
from projects.models import Project
from weeknotes.content.document import Rag, RagColour
from weeknotes.content.html import ASKS_A_REASON, STATUS_CLASSES
from weeknotes.digests.subjects import Subject
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.readings import CLOSED, NO_UPDATE, Turn, told_last

QUIET = "none"  # the shape and colour of what says nothing of a rating


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A project as it was told last.

    `told` is what was published last and `rated` what was with a rating last.
    """

    project: Any  # from `as_told`
    told: PublishedUpdate | None
    rated: PublishedUpdate | None

    @property
    def since(self) -> date | None:
        """The day of the first of the unbroken run of the rating."""
        return self._turn.since if self._turn else None

    @property
    def before(self) -> RagColour | None:
        """The colour it had until then."""
        return self._turn.before if self._turn else None

    @property
    def _turn(self) -> Turn | None:
        told: Any = self.rated
        return told.turn if told else None

    @property
    def is_paused(self) -> bool:
        """Whether no update is expected from it for now, however it was rated."""
        return bool(self.project.pauses)

    @property
    def is_silent(self) -> bool:
        """Whether it said last that there is no update."""
        return bool(self.project.standing == NO_UPDATE)

    @property
    def is_rating(self) -> bool:
        """Whether the status shown is the rating that was published last."""
        return not self.is_paused and self.project.standing not in (NO_UPDATE, CLOSED)

    @property
    def state(self) -> str:
        """The status's shape and colour."""
        if self.is_rating:
            return STATUS_CLASSES[self.colour]
        return STATUS_CLASSES[RagColour.PAUSED] if self.is_paused else QUIET

    @property
    def words(self) -> str:
        """The status: "Amber, at risk", "Paused until 29 May 2026", "No update", "Closed"."""
        if self.project.standing == CLOSED:
            return closed_words(self.project)
        if self.is_paused:
            return f"Paused until {clock.day(self.project.paused_until)}"
        return "No update" if self.is_silent else self.rating_words

    @property
    def colour(self) -> RagColour:
        """The rating published last; a project that has none is not rated."""
        told: Any = self.rated
        return RagColour(told.rating) if told else RagColour.NOT_RATED

    @property
    def rating_words(self) -> str:
        """The rating published last in words: "Amber, at risk"."""
        return Rag(colour=self.colour, words=self.writers_words).spoken

    @property
    def writers_words(self) -> str:
        """The writer's words for the rating: "at risk"."""
        told: Any = self.rated
        return (told.rating_words or "") if told else ""

    @property
    def was(self) -> str:
        """The last rating where the status is another thing: "was green on 18 May 2026"."""
        if self.is_rating or self.rated is None:
            return ""
        return f"was {self.colour.label.lower()} on {self.rated.came_out_words}"

    @property
    def since_words(self) -> str:
        """Since when the rating shown holds: "since 13 April 2026"; nothing for no rating."""
        return f"since {clock.day(self.since)}" if self.since and self.is_rating else ""

    @property
    def before_words(self) -> str:
        """What it was before, and until when: "amber until 13 April 2026"."""
        if self.before is None or self.since is None:
            return ""
        return f"{self.before.label.lower()} until {clock.day(self.since)}"

    @property
    def reason(self) -> str:
        """Why it was rated so, as published."""
        told: Any = self.rated
        return (told.rating_reason or "") if told else ""

    @property
    def reason_html(self) -> SafeString:
        """The same with its emphasis and links."""
        return prose.inline_html(self.reason)

    @property
    def lacks_reason(self) -> bool:
        """Whether it is rated without a word why."""
        return self.is_rating and self.colour in ASKS_A_REASON and not self.reason


def closed_words(subject: Subject) -> str:
    """That a team or project is over, and since when: "Closed on 3 June 2026"; nothing if not."""
    if subject.closed_at is None:
        return ""
    how = "Closed" if subject.merged_into_id is None else "Merged into another"
    return f"{how} on {clock.day(clock.local(subject.closed_at).date())}"


def standings_of(projects: Iterable[Project]) -> list[Standing]:
    """How each of these projects stands, in their order; they come from `as_told`."""
    chosen: Sequence[Any] = list(projects)
    wanted = {pk for project in chosen for pk in (project.latest, project.latest_rated)}
    told = told_last(wanted - {None})
    return [
        Standing(
            project=project,
            told=told.get(project.latest),
            rated=told.get(project.latest_rated),
        )
        for project in chosen
    ]
