"""What was done."""

from dataclasses import dataclass
from typing import ClassVar

from weeknotes.content.kinds.lists import ListSection


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesSection(ListSection):
    """What happened in the period, a line for each outcome."""

    kind: ClassVar[str] = "outcomes"
    label: ClassVar[str] = "Outcomes"
    hint: ClassVar[str] = "What happened or was achieved, a line for each."
