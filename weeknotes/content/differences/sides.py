"""Differences side by side: each text as it reads, with a mark on what the other does not say."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
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
    shown = [piece for piece in line.pieces if piece.change in (Change.SAME, own)]
    return f"<li{prose.direction(words)}>{''.join(_pieces(shown))}</li>"


def _pieces(pieces: Sequence[Piece]) -> Iterable[str]:
    for piece in pieces:
        is_own = piece.change is not Change.SAME
        words = escape(piece.text)
        yield f"<mark>{words}</mark>" if is_own else words
