"""Narrowing a list: what the filters have in common, and what was asked in words."""

from datetime import date
from typing import Any

import django_filters
from django import forms

from ddat import clock
from ddat.widgets import DayInput

NOT_A_DAY = "Enter a day, like 18/05/2026"
NOT_WORDS = {
    "max_length": "Enter at most 100 characters",
    "null_characters_not_allowed": "Enter words without a null character",
}


class WordsFilter(django_filters.CharFilter):
    """Words to look for, 100 characters at most."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput(attrs={"class": "govuk-input", "type": "search"})
        super().__init__(max_length=100, error_messages=NOT_WORDS, widget=box, **options)


class DayFilter(django_filters.DateFilter):
    """A day that the list begins or ends with."""

    def __init__(self, **options: Any) -> None:
        box = DayInput(attrs={"class": "govuk-input"})
        super().__init__(error_messages={"invalid": NOT_A_DAY}, widget=box, **options)


def asked_in_words(form: forms.Form) -> str:
    """What a filter's checked form asks: "Team: Web, From: 18 May 2026"; nothing for nothing."""
    asked = ((field, form.cleaned_data.get(name)) for name, field in form.fields.items())
    return ", ".join(f"{field.label}: {_words(field, value)}" for field, value in asked if value)


def _words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return clock.day(value)
    is_coded = isinstance(field, forms.ChoiceField) and isinstance(value, str)
    return str(dict(field.choices)[value] if is_coded else value)
