"""Inputs that Django's forms have not: a day or time as browsers ask for it, choices with hints."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms.widgets import DateTimeBaseInput


class BrowsersInput(DateTimeBaseInput):
    """An input that browsers draw themselves and that shows nothing but values of its format.

    Whatever else was typed comes back in a line of text, so that it can be seen and mended.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the type of input that can show the value."""
        context = super().get_context(name, value, attrs)
        typed = context["widget"]["value"]
        if typed and not _is_written_as(typed, str(self.format)):
            context["widget"]["type"] = "text"
        return context


class DayInput(BrowsersInput, forms.DateInput):
    """A day, by the browser's own calendar; the value is always year-month-day."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeOfDayInput(BrowsersInput, forms.TimeInput):
    """A time of day, by the browser's own clock; the value is always hours and minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


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


def _is_written_as(typed: str, written: str) -> bool:
    try:
        return datetime.strptime(typed, written).strftime(written) == typed  # noqa: DTZ007 - no zone
    except ValueError:
        return False
