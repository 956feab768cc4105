"""What comes next."""

from dataclasses import dataclass
from typing import ClassVar

from weeknotes.content.kinds.lists import ListSection


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansSection(ListSection):
    """What is planned for the next period, a line for each plan."""

    kind: ClassVar[str] = "plans"
    label: ClassVar[str] = "Plans"
    hint: ClassVar[str] = "What you will do next, a line for each."
