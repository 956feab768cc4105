"""Both seeds as documents, entered here by hand; lines are numbered from 1, as in the seeds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from ddat import prose
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    MetricRow,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RiskRow,
    RisksSection,
    TextSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.content.lines import groups_from_lines

SEEDS = Path(__file__).parents[2] / "seeds"
FULL = ["", *(SEEDS / "full_digest.txt").read_text(encoding="utf-8").split("\n")]
NOTE = ["", *(SEEDS / "directors_note.txt").read_text(encoding="utf-8").split("\n")]


def words(number):
    """A line of the full digest without its bullet."""
    return prose.strip_bullet(FULL[number])


def typed(first, last, *, headings=(), children=()):
    """Lines of the full digest as one types them, some as headings, some further in."""
    return "\n".join(
        ("# " if number in headings else "  " if number in children else "") + FULL[number]
        for number in range(first, last + 1)
    )


def outcomes(heading, first, last, **marks):
    return OutcomesSection(heading=heading, groups=groups_from_lines(typed(first, last, **marks)))


def plans(heading, first, last):
    return PlansSection(heading=FULL[heading], groups=groups_from_lines(typed(first, last)))


def by(line, title=""):
    name, _, own_title = FULL[line].partition(", ")
    return (Byline(name=name, job_title=title or own_title),)


def metric(name, before, after):
    return MetricRow(name=name, unit="users", from_value=Decimal(before), to_value=Decimal(after))


def onedrive():
    return Document(
        byline=by(42),
        rag=Rag(colour=RagColour.GREEN, words="on track"),
        sections=(
            TextSection(heading=FULL[43], text=typed(44, 48)),
            outcomes(FULL[49], 50, 60, headings=(50, 53, 56, 59)),
            MetricsSection(
                heading=FULL[61],
                from_on=date(2026, 5, 3),
                to_on=date(2026, 5, 10),
                rows=(
                    metric("Active file viewing and editing", 2109, 2136),
                    metric("File syncing activity", 1356, 1397),
                    metric("Internal file sharing", 726, 760),
                    MetricRow(name="Users not actively using OneDrive", words=words(66)),
                ),
                after=FULL[67],
            ),
            WorkstreamsSection(
                heading=FULL[69],
                rows=(
                    WorkstreamRow(name="Deployment", state=WorkstreamState.COMPLETE),
                    WorkstreamRow(name="User adoption", state=WorkstreamState.IN_PROGRESS),
                    WorkstreamRow(name="Governance and policy", state=WorkstreamState.IN_PROGRESS),
                ),
            ),
            RisksSection(nil_return=words(74)),
            RisksSection(heading=FULL[75], rows=(RiskRow(text=words(76)), RiskRow(text=words(77)))),
            plans(78, 79, 83),
        ),
    )


def sprint():
    return CountsSection(
        before=FULL[35],
        rows=tuple(
            CountRow(label=label, number=int(number))
            for label, number in (words(line).split(": ") for line in range(36, 40))
        ),
        after=FULL[40],
    )


def full_digest():
    """The nine documents of the full digest with what update_html asks for, in their order."""
    green = RagColour.GREEN
    return [
        (
            Document(byline=by(2), sections=(TextSection(text=typed(3, 16, headings=(10,))),)),
            {"anchor": "note", "house_heading": FULL[1], "is_note": True},
        ),
        (
            Document(
                byline=by(18),
                sections=(
                    TextSection(text=typed(19, 20)),
                    outcomes(FULL[21], 22, 27, children=(27,)),
                    outcomes(FULL[28], 29, 33),
                ),
            ),
            {"anchor": "team-low-code", "house_heading": FULL[17]},
        ),
        (
            Document(sections=(sprint(),)),
            {"anchor": "team-digital-services", "house_heading": FULL[34]},
        ),
        (
            onedrive(),
            {"anchor": "project-onedrive", "house_heading": FULL[41], "is_project": True},
        ),
        (
            Document(
                byline=by(85),
                rag=Rag(colour=green, reason=FULL[86]),
                sections=(outcomes(FULL[88], 89, 94), plans(95, 96, 100)),
            ),
            {"anchor": "project-frontline", "house_heading": FULL[84], "is_project": True},
        ),
        (
            Document(
                byline=by(102),
                rag=Rag(colour=green, reason=FULL[104]),
                sections=(outcomes(FULL[105], 106, 110), plans(111, 112, 116)),
            ),
            {
                "anchor": "project-regulatory",
                "house_heading": FULL[101],
                "code": "PR910B",
                "is_project": True,
            },
        ),
        (
            Document(
                byline=by(118),
                no_update=NoUpdate(
                    heading=FULL[119], lines=typed(120, 121), returns="the end of May"
                ),
            ),
            {"anchor": "project-purview", "house_heading": FULL[117], "is_project": True},
        ),
        (
            Document(
                sections=(
                    OutcomesSection(
                        before=FULL[123],
                        groups=groups_from_lines(typed(124, 134, children=range(126, 131))),
                    ),
                )
            ),
            {"anchor": "team-workplace", "house_heading": FULL[122]},
        ),
        (
            Document(
                byline=(Byline(name="Steven Scott", job_title="Project manager"),),
                sections=(outcomes(FULL[137], 138, 144), plans(145, 146, 150)),
            ),
            {"anchor": "team-people-services", "house_heading": FULL[135]},
        ),
    ]


def december_note():
    """The director's note of December 2024, which has no heading of its own."""
    return Document(sections=(TextSection(text="\n".join(NOTE[1:])),))
