"""The named strands of a project, each with its own state."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from weeknotes.content.kinds.section import Section


class WorkstreamState(StrEnum):
    """How a workstream stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """The house words for it: "In progress"."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstreamRow:
    """One workstream, named as it was when this was written, and its state."""

    name: str
    state: WorkstreamState
    workstream_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstreamsSection(Section):
    """The state of each workstream; the project's own status prints as the first row."""

    kind: ClassVar[str] = "workstreams"
    label: ClassVar[str] = "Workstreams"
    hint: ClassVar[str] = "The state of each strand of the project."

    rows: tuple[WorkstreamRow, ...] = ()

    def row_words(self) -> Iterator[str]:
        """Each name and its state."""
        for row in self.rows:
            yield f"{row.name}: {row.state.label}"
