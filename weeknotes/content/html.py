"""A document as the HTML readers see: one article, no needless space, nothing active."""

import re
from collections.abc import Iterator

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from ddat import clock, prose
from ddat.icons import icon
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    CountsSection,
    DateRow,
    DatesSection,
    ListSection,
    MetricRow,
    MetricsSection,
    RiskRow,
    RisksSection,
    Section,
    TextSection,
    ThanksRow,
    ThanksSection,
    WorkstreamsSection,
    WorkstreamState,
)

STATUS_CLASSES = {colour: colour.value for colour in RagColour} | {RagColour.NOT_RATED: "unrated"}
ASKS_A_REASON = (RagColour.GREEN, RagColour.AMBER, RagColour.RED)
STRAND_CLASSES = {
    WorkstreamState.NOT_STARTED: "todo",
    WorkstreamState.IN_PROGRESS: "progress",
    WorkstreamState.PAUSED: "paused",
    WorkstreamState.COMPLETE: "complete",
}
COUNT_CLASSES = {
    "not started": "t0",
    "in progress": "t1",
    "late": "t2",
    "overdue": "t2",
    "complete": "t3",
    "completed": "t3",
    "done": "t3",
}
LONGEST_BOLD = 80
LONG_FIGURE = 12  # characters: "123,456,789" stands in one line at 320 pixels
FIGURE_PARTS = re.compile(r"[^,\s]{1,10}[,\s]*|[,\s]+")
MARKED = re.compile("\x02([^\x02\x03]*)\x03")
MARKS = str.maketrans("", "", "\x02\x03")


def update_html(
    document: Document,
    *,
    anchor: str,
    house_heading: str,
    code: str = "",
    is_note: bool = False,
    is_project: bool = False,
    held_over_from: str = "",
) -> str:
    """One update as an article of its own, from its heading to its last word.

    `held_over_from` is its true period in words, where it stands in a later digest.
    """
    kind = " brief" if document.no_update else " lead" if is_note else ""
    name = escape(anchor)
    words = "".join(_words(document))
    return (
        f'<article class="update{kind}" id="{name}" aria-labelledby="{name}-h">'
        f"{_head(document.heading or house_heading, name, code)}"
        f"{_side(document, is_project, held_over_from)}"
        + (f'<div class="prose">{words}</div>' if words else "")
        + "</article>"
    )


def rag_html(colour: RagColour, words: str = "") -> SafeString:
    """A status as icon and words: "Green, on track"."""
    return _status(STATUS_CLASSES[colour], Rag(colour=colour, words=words).spoken)


def _status(name: str, words: str) -> SafeString:
    return format_html('<span class="rag {}">{}{}</span>', name, icon(name), words)


def _head(heading: str, name: str, code: str) -> str:
    inner: str = prose.heading_html(heading)
    if code and heading.startswith(f"{code} "):
        inner = f'<span class="code">{escape(code)}</span>{escape(heading[len(code) :])}'
    return f'<h2 id="{name}-h"{prose.direction(heading)}>{inner}</h2>'


def _side(document: Document, is_project: bool, held_over_from: str) -> str:
    inner = f'<p class="was">Held over from {escape(held_over_from)}</p>' if held_over_from else ""
    inner += "".join(_author(author) for author in document.byline)
    rag = document.shown_rag(is_project=is_project)
    if rag:
        inner += f'<p class="state">{rag_html(rag.colour, rag.words)}</p>'
        if not rag.reason and rag.colour in ASKS_A_REASON:
            inner += '<p class="was">No reason given</p>'
    return f'<div class="side">{inner}</div>' if inner else ""


def _author(author: Byline) -> str:
    title = f" {escape(author.job_title)}" if author.job_title else ""
    return f'<p class="by"{prose.direction(author.name)}><b>{escape(author.name)}</b>{title}</p>'


def _words(document: Document) -> Iterator[str]:
    if document.rag and document.rag.reason:
        yield _block("p", document.rag.reason)
    if document.no_update:
        yield from _no_update(document.no_update)
        return
    for section in document.printed_sections:
        yield from _section(section, document.rag)


def _no_update(no_update: NoUpdate) -> Iterator[str]:
    if no_update.heading:
        yield _heading(3, no_update.heading)
    for line in no_update.printed_lines:
        yield _block("p", line)
    if no_update.expected_back:
        yield _block("p", no_update.expected_back)


def _section(section: Section, rag: Rag | None) -> Iterator[str]:
    """A section; what stands in it is one level below its heading, or takes that level itself."""
    heading = section.printed_heading
    level = 4 if heading else 3
    if heading:
        yield _heading(3, heading)
    if isinstance(section, MetricsSection) and section.period:
        yield f"<p>{section.period_sentence}</p>"
    yield prose.block_html(section.before, level=level)
    yield from _body(section, rag, level)
    yield prose.block_html(section.after, level=level)


def _body(section: Section, rag: Rag | None, level: int) -> Iterator[str]:
    """What only this kind of section has."""
    match section:
        case TextSection():
            yield prose.block_html(section.text, level=level)
        case ListSection():
            yield from (part for group in section.groups for part in _group(group, level))
        case MetricsSection():
            yield from _metrics(section)
        case CountsSection():
            yield _counts(section)
        case WorkstreamsSection():
            yield _workstreams(section, rag)
        case RisksSection():
            yield from _risks(section)
        case DatesSection():
            yield _dates(section)
        case ThanksSection():
            yield _thanks(section)


def _group(group: Group, level: int) -> Iterator[str]:
    if group.heading:
        yield _heading(level, group.heading)
    yield _items(group.items)


def _items(items: tuple[Item, ...]) -> str:
    rows = (
        f"<li{prose.direction(item.text)}>{_line(item)}{_items(item.children)}</li>"
        for item in items
    )
    return f"<ul>{''.join(rows)}</ul>" if items else ""


def _line(item: Item) -> str:
    """The line as typed, the words of its state set apart."""
    if not (item.state and item.phrase):
        return prose.inline_html(item.text)
    start, end = item.phrase.start, item.phrase.end
    parts = (item.text[:start], item.text[start:end], item.text[end:])
    before, phrase, after = (part.translate(MARKS) for part in parts)
    html = prose.inline_html(f"{before}\x02{phrase}\x03{after}")
    if re.search("<[^>]*[\x02\x03]", html):  # it stands inside a link's title
        return html.translate(MARKS)
    return MARKED.sub(r'<em class="st">\1</em>', html).translate(MARKS)


def _metrics(section: MetricsSection) -> Iterator[str]:
    rows = [_block("li", row.sentence) for row in section.rows]
    if rows:
        yield f"<ul>{''.join(rows)}</ul>"
    if not section.has_figures:
        return
    units = {row.unit for row in section.rows if row.has_figures}
    unit = units.pop() if len(units) == 1 else ""
    heads = (
        unit[:1].upper() + unit[1:] or "Measure",
        clock.short_day(section.from_on) if section.from_on else "Before",
        clock.short_day(section.to_on) if section.to_on else "Now",
        "Change",
    )
    caption = ", ".join(filter(None, (prose.split_emoji(section.heading)[1], section.period)))
    named = (row for row in section.rows if row.name)
    body = "".join(_metric(row, with_unit=not unit) for row in named)
    yield (
        '<table class="data"><caption class="govuk-visually-hidden">'
        f"{escape(caption or 'The same as a table')}</caption><thead><tr>"
        + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
        + f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _metric(row: MetricRow, *, with_unit: bool) -> str:
    head = f'<tr><th scope="row"{prose.direction(row.name)}>{escape(row.name)}</th>'
    if not row.has_figures:
        return f'{head}<td colspan="3">no figures given</td></tr>'
    show = row.amount if with_unit else row.number
    before, after = (
        "not given" if value is None else _figure(show(value))
        for value in (row.from_value, row.to_value)
    )
    verdict = f' <span class="was">{row.verdict}</span>' if row.verdict else ""
    change = f"{_figure(row.change)}{verdict}"
    return f"{head}<td>{before}</td><td><b>{after}</b></td><td>{change}</td></tr>"


def _figure(words: str) -> str:
    """A figure with its unit, which may break where it is too long for a narrow column."""
    parts = FIGURE_PARTS.findall(words) if len(words) >= LONG_FIGURE else [words]
    return "<wbr>".join(escape(part) for part in parts)


def _counts(section: CountsSection) -> str:
    rows = "".join(
        f'<div class="{name}"><dt>{escape(row.label)}</dt><dd>{row.number:,}</dd></div>'
        for name, row in zip(_count_classes(section), section.rows, strict=True)
    )
    caption = f"<figcaption>{escape(section.caption)}</figcaption>" if section.caption else ""
    if not rows:
        return f"<p>{escape(section.caption)}</p>" if section.caption else ""
    return f'<figure class="tally">{_bar(section)}<dl>{rows}</dl>{caption}</figure>'


def _count_classes(section: CountsSection) -> list[str]:
    return [
        COUNT_CLASSES.get(row.label.strip().lower(), "t1" if index % 2 else "t0")
        for index, row in enumerate(section.rows)
    ]


def _bar(section: CountsSection) -> str:
    """The numbers as one bar, 100 units long; decoration, since the numbers stand below it."""
    whole = sum(max(row.number, 0) for row in section.rows)
    if not whole:
        return ""
    parts, sum_before = [], 0
    for name, row in zip(_count_classes(section), section.rows, strict=True):
        if row.number > 0:
            start, width = (number * 1000 // whole / 10 for number in (sum_before, row.number))
            place = f' x="{start:g}"' if sum_before else ""
            parts.append(f'<rect class="{name}"{place} width="{width:g}" height="2"/>')
            sum_before += row.number
    return (
        '<svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _workstreams(section: WorkstreamsSection, rag: Rag | None) -> str:
    rows = [("Overall status", rag_html(rag.colour, rag.words))] if rag else []
    rows += [
        (row.name, _status(STRAND_CLASSES[row.state], row.state.label)) for row in section.rows
    ]
    body = "".join(f"<div><dt>{escape(name)}</dt><dd>{state}</dd></div>" for name, state in rows)
    return f'<dl class="strands">{body}</dl>' if body else ""


def _risks(section: RisksSection) -> Iterator[str]:
    if section.nil_return:
        yield _block("p", section.nil_return)
    if section.rows:
        yield f'<ul class="risks">{"".join(_risk(row) for row in section.rows)}</ul>'


def _risk(row: RiskRow) -> str:
    name, colon, rest = row.text.partition(": ")
    if colon and len(name) < LONGEST_BOLD and not re.search(r"[*_\[<]|://", name):
        words = f"<b>{escape(name)}:</b> {prose.inline_html(rest)}"
    else:
        words = prose.inline_html(row.text)
    facts = ", ".join(row.facts)
    meta = f' <span class="was">{escape(facts)}</span>' if facts else ""
    return f"<li{prose.direction(row.text)}>{words}{meta}</li>"


def _dates(section: DatesSection) -> str:
    rows = "".join(_date(row) for row in section.in_order)
    return f'<dl class="dates">{rows}</dl>' if rows else ""


def _date(row: DateRow) -> str:
    """When, then what; where and for whom on a line of their own."""
    when, what = row.printed_when, prose.inline_html(row.what)
    facts = ", ".join(row.facts)
    meta = f'<span class="was">{prose.inline_html(facts)}</span>' if facts else ""
    return (
        f"<div><dt{prose.direction(when)}>{escape(when)}</dt>"
        f"<dd{prose.direction(row.what)}>{what}{f' {meta}' if meta else ''}</dd></div>"
    )


def _thanks(section: ThanksSection) -> str:
    rows = "".join(_thank(row) for row in section.rows)
    return f'<ul class="thanks">{rows}</ul>' if rows else ""


def _thank(row: ThanksRow) -> str:
    """Who, set apart only from what it is for; words alone print as a line."""
    lines = "<br>".join(prose.inline_html(line) for line in row.lines)
    words = f"<b>{escape(row.who)}:</b> {lines}" if lines else prose.inline_html(row.who)
    return f"<li{prose.direction(row.who + row.for_what)}>{words}</li>"


def _heading(level: int, text: str) -> str:
    return f"<h{level}{prose.direction(text)}>{prose.heading_html(text)}</h{level}>"


def _block(tag: str, text: str) -> str:
    return f"<{tag}{prose.direction(text)}>{prose.inline_html(text)}</{tag}>"
