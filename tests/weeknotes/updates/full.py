"""A document with a section of every kind, and something in every field of it."""

from datetime import date
from decimal import Decimal

from weeknotes.content.document import Byline, Document, Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    CountsSection,
    DateRow,
    DatesSection,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RisksSection,
    TextSection,
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamsSection,
)
from weeknotes.content.kinds.counts import CountRow
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.content.states import with_state

SHARED = {"heading": "📊 A heading", "before": "Before:\n- a\n- b", "after": "After."}
FULL = Document(
    heading="PR1 Frontline",
    byline=(Byline(name="Somebody Else", job_title="Manager, DDaT"),),
    rag=Rag(colour=RagColour.AMBER, words="on watch", reason="A risk, with a plan."),
    sections=(
        TextSection(heading="Overview", text="Words.\n\n# Heading\n- a\n  - b"),
        OutcomesSection(
            **SHARED,
            groups=(
                Group(
                    items=(
                        Item.from_line("Data cleansing – Ongoing"),
                        with_state(Item.from_line("Roadshow paused"), None),
                        Item(text="Search", children=(Item.from_line("Spellcheck: done"),)),
                    )
                ),
                Group(heading="Later", items=(Item(text="Portal"),)),
            ),
        ),
        PlansSection(groups=(Group(heading="Only", items=(Item(text="A heading first"),)),)),
        MetricsSection(
            **SHARED,
            from_on=date(2026, 5, 3),
            to_on=date(2026, 5, 10),
            rows=(
                MetricRow(
                    name="Active use",
                    unit="users",
                    good="up",
                    metric_id=7,
                    from_value=Decimal(2109),
                    to_value=Decimal(2136),
                    words="A record.",
                ),
                MetricRow(name="Cost", unit="£", decimals=2, from_value=Decimal("-1234.50")),
                MetricRow(name="", words="Slightly more in words."),
                MetricRow(name="Not known yet"),
            ),
        ),
        CountsSection(
            **SHARED,
            name="Sprint 10",
            from_on=date(2026, 5, 11),
            to_on=date(2026, 5, 29),
            as_of=date(2026, 5, 15),
            is_exclusive=True,
            rows=(CountRow(label="late", number=0), CountRow(label="done", number=2600)),
        ),
        CountsSection(rows=(CountRow(label="requests", number=3),)),
        WorkstreamsSection(
            **SHARED,
            rows=tuple(
                WorkstreamRow(name=f"Strand {state}", state=state, workstream_id=number or None)
                for number, state in enumerate(WorkstreamState)
            ),
        ),
        RisksSection(
            **SHARED,
            nil_return="No new blockers",
            rows=(
                RiskRow(text="Residual: a cohort\nof users"),
                RiskRow(
                    text="Slow", kind=RiskKind.BLOCKER, owner="Sam", opened_on=date(2026, 5, 3)
                ),
            ),
        ),
        DatesSection(
            **SHARED,
            rows=(
                DateRow(what="Kick-off"),
                DateRow(what="Pilot ends", when="the first week of June"),
                DateRow(
                    what="Training",
                    when="Three mornings",
                    from_on=date(2026, 5, 18),
                    to_on=date(2026, 5, 20),
                    where="Town Hall",
                    for_whom="managers",
                ),
            ),
        ),
        ThanksSection(
            **SHARED,
            rows=(
                ThanksRow(
                    who="Somebody, the service desk",
                    for_what="the phones: all of them\nand the door",
                    people=(Thanked(name="Somebody"), Thanked(name="the service desk")),
                ),
                ThanksRow(who="Everyone", people=(Thanked(name="Everyone"),)),
            ),
        ),
    ),
)
