"""The opening piece of an article: title, dates, summary, projects with RAG, contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ddat import clock
from ddat.icons import icon
from ddat.prose import direction, isolated_html
from weeknotes.content.document import Rag, RagColour
from weeknotes.content.html import rag_html
from weeknotes.digests.models import Digest

if TYPE_CHECKING:
    from weeknotes.publications.article import Piece


def opening_html(
    digest: Digest, pieces: Sequence[Piece], *, minutes: int
) -> tuple[SafeString, SafeString]:
    """The two halves of the opening piece; the published line stands between them."""
    days, month = clock.period_parts(digest.covers_from, digest.covers_to)
    first = format_html(
        '<header class="mast"><p class="when"><b>{}</b> {}</p><div><h1{}>{}</h1>{}'
        '<p class="meta">Covers {}',
        days,
        month,
        mark_safe(direction(digest.display_title)),
        digest.display_title,
        _standfirst(digest.summary) if digest.summary else "",
        period_html(digest),
    )
    second = format_html(
        ' <span>{} minute read</span></p><p class="after"><a href="#end">Jump to the reactions</a>'
        "</p></div></header>{}{}",
        minutes,
        _glance(pieces),
        _contents(pieces),
    )
    return first, second


def _standfirst(summary: str) -> SafeString:
    return format_html('<p class="standfirst"{}>{}</p>', mark_safe(direction(summary)), summary)


def period_html(digest: Digest) -> SafeString:
    """The days covered in words, each end a <time>."""
    ends = zip((digest.covers_from, digest.covers_to), digest.period.split(" to "), strict=False)
    times = [(day.isoformat(), words) for day, words in ends]
    return format_html_join(" to ", '<time datetime="{}">{}</time>', times)


def _glance(pieces: Sequence[Piece]) -> SafeString | str:
    own = {piece.update.project_id for piece in pieces if not piece.held_over_from}
    projects = [
        piece
        for piece in pieces
        if piece.update.project_id
        # Of one that tells how it stands now, nobody asks how it stood before.
        if not piece.held_over_from or piece.update.project_id not in own
    ]
    if not projects:
        return ""
    rows = (
        (piece.anchor, isolated_html(piece.heading), _held_over(piece), _standing(piece))
        for piece in projects
    )
    return format_html(
        '<section class="glance" aria-labelledby="glance-h"><h2 id="glance-h">Status at a glance'
        "</h2><ul>{}</ul></section>",
        format_html_join("", '<li><a href="#{}">{}{}</a>{}</li>', rows),
    )


def _standing(piece: Piece) -> SafeString:
    document = piece.document
    if document.rag:
        return rag_html(document.rag.colour, document.rag.words)
    if document.no_update:
        return format_html('<span class="rag none">{}No update this week</span>', icon("none"))
    return rag_html(RagColour.NOT_RATED)


def _contents(pieces: Sequence[Piece]) -> SafeString:
    rows = (
        (
            piece.anchor,
            isolated_html(piece.heading),
            _held_over(piece),
            _mark(piece.document.rag),
        )
        for piece in pieces
    )
    return format_html(
        '<nav class="toc" aria-labelledby="toc-h"><h2 id="toc-h">In this digest</h2><ol>{}</ol>'
        "</nav>",
        format_html_join("", '<li><a href="#{}">{}{}{}</a></li>', rows),
    )


def _held_over(piece: Piece) -> SafeString | str:
    """From which days it is, beside the heading that leads to it."""
    if not piece.held_over_from:
        return ""
    return format_html(' <span class="was">held over from {}</span>', piece.held_over_from)


def _mark(rag: Rag | None) -> SafeString | str:
    return format_html(" {}", rag_html(rag.colour)) if rag else ""
