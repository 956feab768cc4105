"""Rows of a section: small forms of one kind, of which blank ones say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms

MAX_ROWS = 100

Typed = Mapping[str, Any]


class RowForm(forms.Form):
    """One row; leave it blank and it is dropped."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.has_changed()


Row = TypeVar("Row", bound=RowForm)


class Rows(Generic[Row]):
    """The rows of one section, as many as were sent, or the saved ones and one to fill in."""

    def __init__(
        self,
        row_form: type[Row],
        *,
        prefix: str,
        typed: Typed | None = None,
        saved: Sequence[Mapping[str, Any]] = (),
        spare: int = 1,
        is_checked: bool = True,
    ) -> None:
        """`typed` is what was sent; unless `is_checked`, it is shown again without a verdict.

        A new section shows `spare` rows.
        """
        self.prefix = prefix
        if typed is None:
            count = min(MAX_ROWS, max(spare, len(saved) + bool(spare)))
        else:
            count = row_count(typed.get(f"{prefix}-count"))
        self.forms: list[Row] = []
        for index in range(count):
            row_prefix = f"{prefix}-{index}"
            if typed is not None and is_checked:
                self.forms.append(row_form(data=typed, prefix=row_prefix))
            elif typed is not None:
                initial = typed_values(row_form, typed, row_prefix)
                self.forms.append(row_form(initial=initial, prefix=row_prefix))
            else:
                initial = dict(saved[index]) if index < len(saved) else {}
                self.forms.append(row_form(initial=initial, prefix=row_prefix))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.forms)

    @property
    def count(self) -> int:
        """How many rows the page shows."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """Whether every row that is not blank can be read."""
        return all(tuple(form.is_valid() for form in self.forms))

    def filled(self) -> list[dict[str, Any]]:
        """What the rows say, blank ones left out."""
        return [form.cleaned_data for form in self.forms if not form.is_blank]


def typed_values(form: type[forms.Form], typed: Typed, prefix: str) -> dict[str, Any]:
    """What was typed into a form's fields, as it was typed."""
    start = f"{prefix}-" if prefix else ""
    return {name: typed.get(f"{start}{name}", "") for name in form.base_fields}


def row_count(value: Any) -> int:
    """How many rows a form says it sent; none where it says no number."""
    text = str(value or "0")
    return min(MAX_ROWS, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 0
