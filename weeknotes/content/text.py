"""A document in plain text: the same walk as the HTML, for where there is no HTML."""

from collections.abc import Iterator

from ddat import prose
from weeknotes.content.document import Document, NoUpdate, Rag
from weeknotes.content.items import Group
from weeknotes.content.kinds import (
    CountsSection,
    DatesSection,
    ListSection,
    MetricsSection,
    RisksSection,
    Section,
    TextSection,
    ThanksRow,
    ThanksSection,
    WorkstreamsSection,
)


def update_text(document: Document, *, house_heading: str, is_project: bool = False) -> str:
    """One update as paragraphs of plain text, parted by empty lines."""
    return "\n\n".join(piece for piece in _pieces(document, house_heading, is_project) if piece)


def _pieces(document: Document, house_heading: str, is_project: bool) -> Iterator[str]:
    heading = document.heading or house_heading
    yield f"{heading}\n{'=' * len(heading)}"
    yield "\n".join(
        ", ".join(filter(None, (author.name, author.job_title))) for author in document.byline
    )
    rag = document.shown_rag(is_project=is_project)
    if rag:
        yield f"Status: {rag.spoken}"
        yield prose.plain(rag.reason)
    if document.no_update:
        yield from _no_update(document.no_update)
        return
    for section in document.printed_sections:
        yield from _section(section, document.rag)


def _no_update(no_update: NoUpdate) -> Iterator[str]:
    yield _heading(no_update.heading)
    yield "\n".join(prose.plain(line) for line in no_update.printed_lines)
    yield no_update.expected_back


def _section(section: Section, rag: Rag | None) -> Iterator[str]:
    yield _heading(section.printed_heading)
    if isinstance(section, MetricsSection) and section.period:
        yield section.period_sentence
    yield prose.plain(section.before)
    match section:
        case TextSection():
            yield prose.plain(section.text)
        case ListSection():
            yield from (_group(group) for group in section.groups)
        case MetricsSection():
            yield "\n".join(f"- {prose.plain(row.sentence)}" for row in section.rows)
        case CountsSection():
            yield "\n".join(f"- {row.label}: {row.number:,}" for row in section.rows)
            yield section.caption
        case WorkstreamsSection():
            yield "\n".join(_workstreams(section, rag))
        case RisksSection():
            yield section.nil_return
            yield "\n".join(_risks(section))
        case DatesSection():
            yield "\n".join(_dates(section))
        case ThanksSection():
            yield "\n".join(_thanks(row) for row in section.rows)
    yield prose.plain(section.after)


def _group(group: Group) -> str:
    lines = [group.heading] if group.heading else []
    for item in group.items:
        lines.append(f"- {prose.plain(item.text)}")
        lines.extend(f"  - {prose.plain(child.text)}" for child in item.children)
    return "\n".join(lines)


def _workstreams(section: WorkstreamsSection, rag: Rag | None) -> Iterator[str]:
    if rag:
        yield f"- Overall status: {rag.spoken}"
    for row in section.rows:
        yield f"- {row.name}: {row.state.label}"


def _risks(section: RisksSection) -> Iterator[str]:
    for row in section.rows:
        facts = ", ".join(row.facts)
        yield f"- {prose.plain(row.text)}{f' ({facts})' if facts else ''}"


def _dates(section: DatesSection) -> Iterator[str]:
    for row in section.in_order:
        facts = prose.plain(", ".join(row.facts))
        what = prose.plain(row.what)
        yield f"- {row.printed_when}: {what}{f' ({facts})' if facts else ''}"


def _thanks(row: ThanksRow) -> str:
    first, *others = [prose.plain(line) for line in row.lines] or [""]
    head = f"- {row.who}: {first}" if first else f"- {prose.plain(row.who)}"
    return "\n".join([head, *(f"  {line}" for line in others)])


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}" if words else ""
