"""Risks, issues, dependencies and blockers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ddat import clock
from weeknotes.content.kinds.section import Section


class RiskKind(StrEnum):
    """What sort of worry a row is."""

    RISK = "risk"
    ISSUE = "issue"
    DEPENDENCY = "dependency"
    BLOCKER = "blocker"

    @property
    def label(self) -> str:
        """The house word for it: "Risk"."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """One risk; its kind may be left open, its owner and the day it was opened are optional."""

    text: str
    kind: RiskKind | None = None
    owner: str = ""
    opened_on: date | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known beside its words: ("Risk", "owner Sam Lee", "opened 3 May 2026")."""
        return tuple(
            fact
            for fact in (
                self.kind.label if self.kind else "",
                f"owner {self.owner}" if self.owner else "",
                f"opened {clock.day(self.opened_on)}" if self.opened_on else "",
            )
            if fact
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksSection(Section):
    """Risks as rows; a nil return ("No new blockers") may stand beside them or alone."""

    kind: ClassVar[str] = "risks"
    label: ClassVar[str] = "Risks and issues"
    hint: ClassVar[str] = "What could go wrong or has, who owns it, or that there is nothing new."

    rows: tuple[RiskRow, ...] = ()
    nil_return: str = ""

    def row_words(self) -> Iterator[str]:
        """The nil return, then each risk."""
        yield self.nil_return
        for row in self.rows:
            yield row.text
            yield row.owner
