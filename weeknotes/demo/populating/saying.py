"""What is said in a week, out of a few words: short, and never the same twice running."""

from __future__ import annotations

from random import Random

from people.models import User
from projects.models import Project
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    OutcomesSection,
    PlansSection,
    RisksSection,
    Section,
    TextSection,
)
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.digests.subjects import Subject

WHO = ("residents", "the service desk", "our supplier", "two schools", "the web team", "finance")
DID = ("Met", "Listened to", "Wrote for", "Tested with", "Moved the records of", "Trained")
WHAT = ("about parking permits", "for the new search", "in the library", "on phones", "by letter")
ENDS = ("", ": done", ": in progress", ": ongoing", "")
COLOURS = (RagColour.GREEN,) * 6 + (RagColour.AMBER,) * 3 + (RagColour.RED,)
SILENT, WORRIED = 0.05, 0.1  # how many of a hundred have no update, and a risk


def line(rng: Random) -> str:
    """One line of an update."""
    words = (rng.choice(DID), rng.choice(WHO), rng.choice(WHAT))
    return " ".join(words) + rng.choice(ENDS)


def note(rng: Random) -> Document:
    """The director's note: three sentences."""
    text = " ".join(f"{line(rng).partition(':')[0]}." for _ in range(3))
    return Document(sections=(TextSection(text=text),))


def report(rng: Random, subject: Subject, writer: User) -> Document:
    """What a team or project hands in: a status, a line or two, perhaps a risk, or no update."""
    if rng.random() < SILENT:
        return Document(no_update=NoUpdate(lines=f"Waiting for {rng.choice(WHO)}."))
    is_project = isinstance(subject, Project)
    return Document(
        byline=(Byline(name=writer.name, job_title=writer.job_title, person_id=writer.pk),),
        rag=Rag(colour=rng.choice(COLOURS), reason=line(rng)) if is_project else None,
        sections=tuple(_sections(rng)),
    )


def _sections(rng: Random) -> list[Section]:
    lines = [Item.from_line(line(rng)) for _ in range(rng.randint(1, 2))]
    sections: list[Section] = [
        OutcomesSection(heading="This week", groups=(Group(items=tuple(lines)),)),
        PlansSection(heading="Next", groups=(Group(items=(Item.from_line(line(rng)),)),)),
    ]
    if rng.random() < WORRIED:
        worry = RiskRow(text=f"{rng.choice(WHO).capitalize()} may be late", kind=RiskKind.RISK)
        sections.append(RisksSection(heading="Risks", rows=(worry,)))
    return sections
