"""Inputs that Django's forms have not: a day as browsers ask for it, choices with hints."""

from collections.abc import Mapping
from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, by the browser's own calendar; the value is always year-month-day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class HintedRadios(forms.RadioSelect):
    """Radio buttons with a sentence beside each; `hints` are by value."""

    def __init__(self, *, hints: Mapping[str, str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs)
        self.hints = hints

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option, and its hint for the template pack."""
        option = super().create_option(*args, **kwargs)
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option
