"""What a list is narrowed to, in words."""

from datetime import date
from typing import Any

from django import forms

from ddat import clock


def asked_in_words(form: forms.Form) -> str:
    """What a filter's checked form asks: "Team: Web, From: 18 May 2026"; nothing for nothing."""
    asked = ((field, form.cleaned_data.get(name)) for name, field in form.fields.items())
    return ", ".join(f"{field.label}: {_words(field, value)}" for field, value in asked if value)


def _words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return clock.day(value)
    is_coded = isinstance(field, forms.ChoiceField) and isinstance(value, str)
    return str(dict(field.choices)[value] if is_coded else value)
