"""An update's whole document: heading, byline, status, sections, or that there is no update."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from ddat import clock
from ddat.prose import strip_bullet
from weeknotes.content.codec import DocumentError, from_plain, to_plain
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import Section, section_from_json
from weeknotes.content.states import ItemState, Phrase

__all__ = [
    "SCHEMA_VERSION",
    "Byline",
    "Document",
    "DocumentError",
    "Group",
    "Item",
    "ItemState",
    "NoUpdate",
    "Phrase",
    "Rag",
    "RagColour",
    "Section",
]

SCHEMA_VERSION = 1
WORD = re.compile(r"\w+(?:[-'’.,/]\w+)*")


class RagColour(StrEnum):
    """The status of a project."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    COMPLETE = "complete"
    NOT_RATED = "not_rated"

    @property
    def label(self) -> str:
        """The house words for it: "Not rated"."""
        return self.value.replace("_", " ").capitalize()

    @property
    def criteria(self) -> str:
        """When to choose it, in one sentence."""
        return RAG_CRITERIA[self]


RAG_CRITERIA = {
    RagColour.GREEN: "Time, money and scope are within what was agreed.",
    RagColour.AMBER: "There is a risk or an issue. A plan is in place and in the team’s control.",
    RagColour.RED: "There is an issue with no plan, or the plan is outside the team’s control.",
    RagColour.PAUSED: "Work has stopped for now.",
    RagColour.COMPLETE: "The work is finished.",
    RagColour.NOT_RATED: "Too early to say, or this work is not rated.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """One author as printed: a name, perhaps a job title, perhaps a person of ours."""

    name: str
    job_title: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rag:
    """A project's status: colour, the writer's words for it ("on track"), the reason."""

    colour: RagColour
    words: str = ""
    reason: str = ""

    @property
    def spoken(self) -> str:
        """The status in words: "Green, on track"."""
        return f"{self.colour.label}, {self.words}" if self.words else self.colour.label


@dataclass(frozen=True, slots=True, kw_only=True)
class NoUpdate:
    """That there is no update: the reason in one or more lines, when work returns, in words."""

    lines: str
    heading: str = ""
    returns: str = ""
    returns_on: date | None = None

    @property
    def printed_lines(self) -> tuple[str, ...]:
        """Its lines as typed, without leading bullets."""
        lines = (strip_bullet(line) for line in self.lines.split("\n"))
        return tuple(line for line in lines if line)

    @property
    def expected_back(self) -> str:
        """When work returns, in words or else the day: "Expected back: the end of May".

        Nothing where the lines say so already.
        """
        back = self.returns or (clock.day(self.returns_on) if self.returns_on else "")
        if not back or back.casefold() in self.lines.casefold():
            return ""
        return f"Expected back: {back}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one subject reports; an empty heading means the subject's house heading."""

    heading: str = ""
    byline: tuple[Byline, ...] = ()
    rag: Rag | None = None
    sections: tuple[Section, ...] = ()
    no_update: NoUpdate | None = None

    @property
    def has_words(self) -> bool:
        """Whether it has one line: in a section, for its status, or why there is no update."""
        if self.no_update:
            return bool(self.no_update.lines.strip())
        return self.has_reason or bool(self.printed_sections)

    @property
    def has_reason(self) -> bool:
        """Whether its status is explained: a colour alone is no line."""
        return self.rag is not None and bool(self.rag.reason.strip())

    def shown_rag(self, *, is_project: bool) -> Rag | None:
        """The status printed beside it: a project without one is not rated, unless it is silent."""
        if self.rag or self.no_update or not is_project:
            return self.rag
        return Rag(colour=RagColour.NOT_RATED)

    def adds_nothing_to(self, start: "Document") -> bool:
        """Whether it prints no more than what the form began with, such as last time's figures."""
        is_same = self.printed_sections == start.printed_sections
        return is_same and not (self.has_reason or self.no_update)

    @property
    def printed_sections(self) -> tuple[Section, ...]:
        """The sections that have something under their heading."""
        return tuple(section for section in self.sections if not section.is_empty)

    @property
    def told(self) -> "Document":
        """What readers get: of "no update" its reason, and nothing that was drafted before."""
        return replace(self, rag=None, sections=()) if self.no_update else self

    @property
    def word_count(self) -> int:
        """How many words a reader reads, byline and house heading left out."""
        return sum(len(WORD.findall(text)) for text in self._texts())

    def to_json(self) -> dict[str, Any]:
        """The document as JSON values with its schema version; what is empty is left out."""
        data = {"schema": SCHEMA_VERSION, **to_plain(self)}
        if self.sections:
            data["sections"] = [section.to_json() for section in self.sections]
        return data

    @classmethod
    def from_json(cls, data: Any) -> "Document":
        """The document again, equal to what was stored; DocumentError for any other shape."""
        if not isinstance(data, dict) or data.get("schema") != SCHEMA_VERSION:
            raise DocumentError(f"This document is not of schema {SCHEMA_VERSION}.")
        head = {name: data[name] for name in data if name not in ("schema", "sections")}
        sections = data.get("sections", [])
        if not isinstance(sections, list):
            raise DocumentError("Document.sections should be a list.")
        document = from_plain(cls, head)
        return cls(
            heading=document.heading,
            byline=document.byline,
            rag=document.rag,
            sections=tuple(section_from_json(section) for section in sections),
            no_update=document.no_update,
        )

    def _texts(self) -> Iterator[str]:
        yield self.heading
        if self.rag:
            yield self.rag.reason
        if self.no_update:
            yield from (self.no_update.heading, self.no_update.lines, self.no_update.returns)
            return
        for section in self.printed_sections:
            yield section.printed_heading
            yield from section.words()
