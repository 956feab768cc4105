"""Form fields that take what people type and give what a document holds."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ddat import prose
from ddat.widgets import DayInput

TEXT_LIMIT = 20_000
LONGEST_NUMBER = 40  # characters
NUMBER_LIMIT = Decimal(10) ** 15


class LineField(forms.CharField):
    """One line of words, cleaned as prose.clean_line does."""

    def __init__(self, *, max_length: int = 200, required: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, required=required, **kwargs)
        too_long = f"Shorten “{self.label}” to {max_length} characters. It has %(show_value)d now."
        own = kwargs.get("error_messages", {})
        self.error_messages |= {"max_length": own.get("max_length", too_long)}

    def to_python(self, value: Any) -> str:
        """The line without control characters and odd spaces."""
        return prose.clean_line(str(super().to_python(value) or ""))


class TextField(forms.CharField):
    """Several lines of words, cleaned as prose.clean does."""

    def __init__(self, *, rows: int = 4, required: bool = False, **kwargs: Any) -> None:
        attrs = {"rows": rows, **kwargs.pop("attrs", {})}
        super().__init__(
            max_length=TEXT_LIMIT,
            required=required,
            strip=False,
            widget=forms.Textarea(attrs=attrs),
            error_messages={
                "max_length": "Shorten this to 20,000 characters. It has %(show_value)d now."
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """The text with its indents kept and blank lines at either end dropped."""
        return prose.clean(str(super().to_python(value) or "")).strip("\n")


class NumberField(forms.Field):
    """A number as people write it: "1,412" or "12.5"; gives a Decimal or None."""

    def __init__(self, *, label: str, whole: bool = False, **kwargs: Any) -> None:
        mode = "numeric" if whole else "decimal"
        attrs = {"inputmode": mode, "class": "govuk-input--width-5", "autocomplete": "off"}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.whole = whole

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or ValidationError with a message that shows how to write it."""
        typed = prose.clean_line(str(value or "")).replace(",", "").replace(" ", "")
        if not typed:
            return None
        if len(typed) > LONGEST_NUMBER:
            raise ValidationError(self._too_long)
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or typed.upper() != typed.lower():
            raise ValidationError(self._how_to)
        if self.whole and (number != number.to_integral_value() or number < 0):
            raise ValidationError(self._how_to)
        if abs(number) >= NUMBER_LIMIT or _decimals(number) > 6:
            raise ValidationError(self._too_long)
        return number

    @property
    def _too_long(self) -> str:
        return f"Enter “{self.label}” with at most 15 digits, and 6 after the point"

    @property
    def _how_to(self) -> str:
        kind = "a whole number, like 14" if self.whole else "a number, like 1,412"
        return f"Enter “{self.label}” as {kind}"


class HiddenNumberField(forms.IntegerField):
    """A number the page carries along unseen; what is not one counts as none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int | None:
        """The number, or None: the person cannot mend what they do not see."""
        try:
            return super().clean(value) if len(str(value or "")) < LONGEST_NUMBER else None
        except ValidationError:
            return None


class DayField(forms.DateField):
    """A day, from the browser's calendar or typed."""

    def __init__(self, *, label: str, required: bool = False, **kwargs: Any) -> None:
        messages = {
            "invalid": f"Enter “{label}” as a day, like 18 May 2026",
            "required": f"Enter “{label}”",
        }
        super().__init__(
            label=label,
            required=required,
            widget=DayInput(),
            error_messages=messages,
            **kwargs,
        )


def decimals_of(*numbers: Decimal | None) -> int:
    """How many places after the point the most exact of these numbers has."""
    return max((_decimals(number) for number in numbers if number is not None), default=0)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
