"""What changed between two documents: section by section, line by line, word by word."""

from weeknotes.content.differences.comparing import Difference, Part, compare
from weeknotes.content.differences.html import difference_html, lines_html
from weeknotes.content.differences.lines import Change, ChangedLine, Piece, compare_lines
from weeknotes.content.differences.typed import section_lines

__all__ = [
    "Change",
    "ChangedLine",
    "Difference",
    "Part",
    "Piece",
    "compare",
    "compare_lines",
    "difference_html",
    "lines_html",
    "section_lines",
]
