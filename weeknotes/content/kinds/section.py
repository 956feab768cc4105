"""What sections of every kind have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from weeknotes.content.codec import DocumentError, from_plain, to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of an update: a heading, words before and after its rows, perhaps a product."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    heading: str = ""
    before: str = ""
    after: str = ""
    product_id: int | None = None
    product_name: str = ""

    @property
    def printed_heading(self) -> str:
        """Its heading, or the product it is about where it has none: "Product: Drupal"."""
        if self.heading or not self.product_name:
            return self.heading
        return f"Product: {self.product_name}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print under its heading."""
        return not any(text.strip() for text in self.words())

    def words(self) -> Iterator[str]:
        """The texts that print under its heading, in order."""
        yield self.before
        yield from self.row_words()
        yield self.after

    def row_words(self) -> Iterator[str]:
        """The texts of its rows, in order."""
        yield from ()

    def to_json(self) -> dict[str, Any]:
        """The section as JSON values, with its kind; what is empty is left out."""
        return {"kind": self.kind, **to_plain(self)}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The section again from JSON values of this kind; DocumentError if they are not."""
        if not isinstance(data, dict) or data.get("kind") != cls.kind:
            raise DocumentError(f"This is not a section of the kind {cls.kind}.")
        return from_plain(cls, {name: value for name, value in data.items() if name != "kind"})
