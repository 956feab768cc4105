"""One form for each kind of section: what it offers, and the section it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from projects.models import Product
from weeknotes.content.kinds import Section
from weeknotes.content.kinds.text import TextSection
from weeknotes.updates.forms.fields import TEXT_LIMIT, LineField, TextField
from weeknotes.updates.forms.rows import RowForm, Rows, Typed, typed_values

NEARLY_FULL = TEXT_LIMIT * 9 // 10


class SectionForm(forms.Form):
    """What every section has: a heading, words before and after, perhaps a product."""

    use_required_attribute = False
    section_class: ClassVar[type[Section]]
    row_form: ClassVar[type[RowForm] | None] = None
    row_label: ClassVar[str] = "row"
    row_class: ClassVar[str] = ""
    rows_hint: ClassVar[str] = ""
    first_heading: ClassVar[str] = ""
    spare_rows: ClassVar[int] = 1
    body: ClassVar[str] = "rows"

    heading = LineField(max_length=300, label="Section heading", help_text="May be empty.")
    product = forms.ChoiceField(
        label="About a product", required=False, help_text="Only if all of it is."
    )
    before = TextField(rows=2, label="Words before", help_text="Optional.")
    after = TextField(rows=2, label="Words after", help_text="Optional.")

    def __init__(
        self,
        *,
        key: str,
        products: Sequence[Product],
        typed: Typed | None = None,
        saved: Section | None = None,
        offered: Sequence[Mapping[str, Any]] = (),
        is_checked: bool = True,
    ) -> None:
        """`key` prefixes its fields; `typed` is shown without a verdict unless `is_checked`.

        `offered` are rows to show after the saved ones.
        """
        self.key = key
        self.is_new = False
        data = typed if is_checked else None
        super().__init__(
            data=data,
            prefix=key,
            initial=self._initial(key, typed, saved),
        )
        self.products = {str(product.pk): product.name for product in products}
        self._offer(products)
        shown = [*(self.rows_from(saved) if saved else ()), *offered]
        self.rows = self._rows(typed, shown, is_checked)

    def _offer(self, products: Sequence[Product]) -> None:
        """Offer the products there are, and one closed since if the section is about it."""
        choice = self.fields["product"]
        assert isinstance(choice, forms.ChoiceField)
        chosen = str(self["product"].value() or "")
        choice.choices = [("", "None")] + [
            (str(product.pk), product.name)
            for product in products
            if not product.is_closed or str(product.pk) == chosen
        ]

    def _initial(self, key: str, typed: Typed | None, saved: Section | None) -> dict[str, Any]:
        if typed is not None:
            return typed_values(type(self), typed, key)
        return self.initial_from(saved) if saved else {}

    def _rows(
        self, typed: Typed | None, shown: Sequence[Mapping[str, Any]], is_checked: bool
    ) -> Rows[RowForm] | None:
        if self.row_form is None:
            return None
        return Rows(
            self.row_form,
            prefix=f"{self.key}-row",
            typed=typed,
            saved=shown,
            spare=self.spare_rows,
            is_checked=is_checked,
        )

    def is_valid(self) -> bool:
        """Whether the section and all its rows can be read, and it is not too long as a whole."""
        rows_are_valid = self.rows is None or self.rows.is_valid()
        return super().is_valid() and rows_are_valid and self._fits()

    def _fits(self) -> bool:
        length = sum(len(words) for words in self.section().words())
        if length > TEXT_LIMIT:
            message = (
                f"Shorten “{self.shown_heading}” to {TEXT_LIMIT:,} characters in all. "
                f"It has {length:,} now."
            )
            self.add_error(self.first_field.name, message)
        return length <= TEXT_LIMIT

    @property
    def first_field(self) -> BoundField:
        """The field that holds its words, or its heading where rows do."""
        return next(
            (self[name] for name in ("text", "lines") if name in self.fields), self["heading"]
        )

    @property
    def room_left(self) -> str:
        """How much of the most that a section takes is used, once that is nearly all of it."""
        parts: list[forms.Form] = [self, *(self.rows or ())]
        said = (
            bound for part in parts for bound in part if bound.name not in ("heading", "product")
        )
        length = sum(len(str(bound.value() or "")) for bound in said)
        if length < NEARLY_FULL:
            return ""
        return f"{length:,} of at most {TEXT_LIMIT:,} characters are used in this section."

    @property
    def kind(self) -> str:
        """The kind of section."""
        return self.section_class.kind

    @property
    def label(self) -> str:
        """What the page calls the section while it has no heading."""
        return self.section_class.label

    @property
    def shown_heading(self) -> str:
        """The heading as typed or saved, else the kind of section."""
        return str(self["heading"].value() or "") or self.label

    @property
    def body_template(self) -> str:
        """The template of what only this kind of section has."""
        return f"weeknotes/updates/_{self.body}.html"

    @property
    def own_fields(self) -> list[BoundField]:
        """The fields that only this kind of section has."""
        return [self[name] for name in self.fields if name not in SectionForm.base_fields]

    @property
    def has_more(self) -> bool:
        """Whether the fields that are folded away say something, have an error, or are new."""
        names = [name for name in ("before", "after", "product") if name in self.fields]
        has_errors = any(self[name].errors for name in ("heading", *names))
        return self.is_new or has_errors or any(self[name].value() for name in names)

    def section(self) -> Section:
        """What was typed, as a section of a document; call it once the form is valid."""
        return self._said

    @cached_property
    def _said(self) -> Section:
        return self.section_class(**self._shared(), **self.own())

    def own(self) -> dict[str, Any]:
        """What this kind of section takes beside what every section has."""
        return {}

    def filled_rows(self) -> list[dict[str, Any]]:
        """What the rows say, blank ones left out."""
        return self.rows.filled() if self.rows else []

    def _shared(self) -> dict[str, Any]:
        said = self.cleaned_data
        product = said["product"]
        return {
            "heading": said["heading"],
            "before": said.get("before", ""),
            "after": said.get("after", ""),
            "product_id": int(product) if product else None,
            "product_name": self.products.get(product, ""),
        }

    @classmethod
    def initial_from(cls, section: Section) -> dict[str, Any]:
        """What the form shows of a saved section."""
        return {
            "heading": section.heading,
            "product": str(section.product_id or ""),
            "before": section.before,
            "after": section.after,
        }

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """What the form's rows show of a saved section."""
        return ()


class TextForm(SectionForm):
    """Words, with lists and headings where they help."""

    section_class = TextSection
    body = "text"
    before = None  # type: ignore[assignment]
    after = None  # type: ignore[assignment]
    text = TextField(
        rows=8,
        label="Words",
        help_text="Each line is a paragraph. “- ” before it makes a list, two spaces more an inner "
        "list, “#” a heading.",
        attrs={"data-lines": "prose"},
    )

    def own(self) -> dict[str, Any]:
        """The words."""
        return {"text": self.cleaned_data["text"]}

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of saved words."""
        return {**super().initial_from(section), "text": section.text}
