"""Differences side by side: each text as it reads, with a mark on what the other does not say."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from ddat import prose
from weeknotes.content.differences.lines import Change, ChangedLine, Piece


def old_side_html(lines: Sequence[ChangedLine]) -> SafeString:
    """The old text; nothing where it says nothing."""
    return _side([line for line in lines if line.old is not None], Change.REMOVED)


def new_side_html(lines: Sequence[ChangedLine]) -> SafeString:
    """The new text; nothing where it says nothing."""
    return _side([line for line in lines if line.new is not None], Change.ADDED)


def _side(lines: Sequence[ChangedLine], own: Change) -> SafeString:
    rows = "".join(_row(line, own) for line in lines)
    return mark_safe(f'<ul class="side-lines">{rows}</ul>' if rows else "")


def _row(line: ChangedLine, own: Change) -> str:
    words = (line.old if own is Change.REMOVED else line.new) or ""
    inner = escape(words) if line.is_same else _pieces(line.pieces, own)
    return f"<li{prose.direction(words)}>{inner}</li>"


def _pieces(pieces: Sequence[Piece], own: Change) -> str:
    """The words of one side; what only it says is marked."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.change is own else escape(piece.text)
        for piece in pieces
        if piece.change in (Change.SAME, own)
    )
