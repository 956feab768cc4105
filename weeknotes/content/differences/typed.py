"""The lines of each part of a document, as one would type them."""

from collections.abc import Iterator
from dataclasses import replace

from weeknotes.content.document import Byline, NoUpdate, Rag
from weeknotes.content.items import Group
from weeknotes.content.kinds import (
    CountsSection,
    DateRow,
    DatesSection,
    ListSection,
    MetricRow,
    MetricsSection,
    RisksSection,
    Section,
    TextSection,
    ThanksSection,
    WorkstreamsSection,
)
from weeknotes.content.kinds.thanks import lines_from_thanks
from weeknotes.content.lines import lines_from_groups

GOOD = {"up": "up is good", "down": "down is good"}


def section_lines(section: Section) -> tuple[str, ...]:
    """What stands under a section's heading, line by line; empty lines are left out."""
    lines = (*section.before.split("\n"), *_body(section), *section.after.split("\n"))
    words = tuple(line for line in lines if line.strip())
    if section.heading and section.product_name:
        return (f"Product: {section.product_name}", *words)
    return words


def byline_lines(byline: tuple[Byline, ...]) -> tuple[str, ...]:
    """A line for each author."""
    return tuple(", ".join(filter(None, (one.name, one.job_title))) for one in byline)


def rag_lines(rag: Rag | None) -> tuple[str, ...]:
    """The status in words, then its reason."""
    if rag is None:
        return ()
    return (rag.spoken, *(line for line in rag.reason.split("\n") if line.strip()))


def no_update_lines(said: NoUpdate | None) -> tuple[str, ...]:
    """That there is no update: its heading, its lines, and when work returns."""
    if said is None:
        return ()
    back = replace(said, lines="").expected_back
    day = replace(said, lines="", returns="").expected_back if said.returns else ""
    lines = (said.heading, *said.lines.split("\n"), back, day)
    return tuple(line for line in lines if line.strip())


def _body(section: Section) -> Iterator[str]:
    """What only this kind of section has."""
    match section:
        case TextSection():
            yield from section.text.split("\n")
        case ListSection():
            yield from _list(section.groups)
        case MetricsSection():
            yield section.period_sentence
            yield from map(_metric, section.rows)
        case CountsSection():
            yield section.caption
            yield from (f"{row.label}: {row.number:,}" for row in section.rows)
        case WorkstreamsSection():
            yield from (f"{row.name}: {row.state.label}" for row in section.rows)
        case RisksSection():
            yield section.nil_return
            yield from (_with_facts(row.text, row.facts) for row in section.rows)
        case DatesSection():
            yield from map(_date, section.rows)
        case ThanksSection():
            yield from lines_from_thanks(section.rows).split("\n")


def _list(groups: tuple[Group, ...]) -> Iterator[str]:
    """The lines as typed; of one whose state was cleared, that it says none."""
    cleared = {
        item.text
        for group in groups
        for parent in group.items
        for item in (parent, *parent.children)
        if item.is_state_cleared
    }
    for line in lines_from_groups(groups).split("\n"):
        words = line.lstrip().removeprefix("- ")
        yield f"{line} (no state)" if words in cleared else line


def _metric(row: MetricRow) -> str:
    """What it says, begun with its name, and which way is good."""
    words = row.sentence if row.has_figures or not row.words else f"{row.name}: {row.words}"
    if not (row.has_figures or row.words or row.name):
        return ""
    return _with_facts(words, (GOOD[row.good],) if row.good in GOOD else ())


def _date(row: DateRow) -> str:
    when = ", ".join(filter(None, (row.when, row.days)))
    words = ": ".join(filter(None, (when, row.what)))
    return _with_facts(words, row.facts) if words or row.facts else ""


def _with_facts(words: str, facts: tuple[str, ...]) -> str:
    return f"{words} ({', '.join(facts)})" if facts else words
