"""Differences as HTML: <del> and <ins>, each also said in words that only a screen reader reads."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ddat import prose
from weeknotes.content.differences.comparing import Difference, Part
from weeknotes.content.differences.lines import Change, ChangedLine, Piece

CONTEXT = 1  # lines without a change that are shown on each side of one with a change
TAGS = {Change.REMOVED: "del", Change.ADDED: "ins"}
NOTES = {
    "added": "new",
    "removed": "removed",
    "moved": "moved, the same words",
    "changed": "changed",
}


def difference_html(difference: Difference, *, level: int = 3) -> SafeString:
    """What changed, part by part under headings of this level; then what did not, in a line."""
    parts = "".join(_part(part, level) for part in difference.changed)
    same = [part.title for part in difference.parts if part.is_same and part.lines]
    if not difference.changed:
        return mark_safe('<p class="diff-none">The words are the same.</p>')
    if same:
        parts += f'<p class="diff-none">No change in: {escape(", ".join(same))}.</p>'
    return mark_safe(f'<div class="diff">{parts}</div>')


def lines_html(lines: Sequence[ChangedLine]) -> SafeString:
    """Lines with what went and came, and a few beside them that stayed."""
    return mark_safe(f'<ul class="diff-lines">{"".join(_rows(lines))}</ul>' if lines else "")


def _part(part: Part, level: int) -> str:
    note = NOTES[part.change]
    if part.is_moved and part.change == "changed":
        note = "moved and changed"
    title = part.heading.new or part.heading.old or ""
    head = (
        f"<h{level}{prose.direction(title)}>{_pieces(part.heading.pieces)}"
        f' <span class="diff-note">{note}</span></h{level}>'
    )
    lines = "" if part.change == "moved" else lines_html(part.lines)
    return f'<section class="diff-part {part.change}">{head}{lines}</section>'


def _rows(lines: Sequence[ChangedLine]) -> Iterator[str]:
    near = {
        place
        for index, line in enumerate(lines)
        if not line.is_same
        for place in range(index - CONTEXT, index + CONTEXT + 1)
    }
    for is_near, run in groupby(enumerate(lines), lambda entry: entry[0] in near):
        rows = [line for _, line in run]
        if is_near or len(rows) == 1:
            yield from map(_row, rows)
        else:
            yield f'<li class="gap">{len(rows):,} lines without a change</li>'


def _row(line: ChangedLine) -> str:
    words = f"{line.old or ''}{line.new or ''}"
    return f'<li class="{line.change}"{prose.direction(words)}>{_pieces(line.pieces)}</li>'


def _pieces(pieces: Sequence[Piece]) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    if piece.change is Change.SAME:
        return escape(piece.text)
    tag, hidden = TAGS[piece.change], "govuk-visually-hidden"
    return (
        f'<{tag}><span class="{hidden}">[{piece.change}: </span>{escape(piece.text)}'
        f'<span class="{hidden}">] </span></{tag}>'
    )
