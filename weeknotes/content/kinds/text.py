"""Free words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from weeknotes.content.kinds.section import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSection(Section):
    """Words in small Markdown: paragraphs, headings, nested lists."""

    kind: ClassVar[str] = "text"
    label: ClassVar[str] = "Text"
    hint: ClassVar[str] = "Paragraphs, headings and lists in your own words."

    text: str = ""

    def row_words(self) -> Iterator[str]:
        """The text."""
        yield self.text
