"""The kinds of section, in the order in which the form offers them."""

from typing import Any

from weeknotes.content.codec import DocumentError
from weeknotes.content.kinds.counts import CountRow, CountsSection
from weeknotes.content.kinds.dates import DateRow, DatesSection
from weeknotes.content.kinds.lists import ListSection
from weeknotes.content.kinds.metrics import MetricRow, MetricsSection
from weeknotes.content.kinds.outcomes import OutcomesSection
from weeknotes.content.kinds.plans import PlansSection
from weeknotes.content.kinds.risks import RiskKind, RiskRow, RisksSection
from weeknotes.content.kinds.section import Section
from weeknotes.content.kinds.text import TextSection
from weeknotes.content.kinds.thanks import Thanked, ThanksRow, ThanksSection
from weeknotes.content.kinds.workstreams import (
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)

__all__ = [
    "KINDS",
    "CountRow",
    "CountsSection",
    "DateRow",
    "DatesSection",
    "ListSection",
    "MetricRow",
    "MetricsSection",
    "OutcomesSection",
    "PlansSection",
    "RiskKind",
    "RiskRow",
    "RisksSection",
    "Section",
    "TextSection",
    "Thanked",
    "ThanksRow",
    "ThanksSection",
    "WorkstreamRow",
    "WorkstreamState",
    "WorkstreamsSection",
    "section_from_json",
]

KINDS: dict[str, type[Section]] = {
    kind.kind: kind
    for kind in (
        TextSection,
        OutcomesSection,
        PlansSection,
        MetricsSection,
        CountsSection,
        WorkstreamsSection,
        RisksSection,
        DatesSection,
        ThanksSection,
    )
}


def section_from_json(data: Any) -> Section:
    """A section of whichever kind the JSON values name; DocumentError for a kind unknown."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise DocumentError(f"There is no kind of section called {str(kind)[:60]}.")
    return KINDS[kind].from_json(data)
