"""Narrowing the record."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms

from ddat.clock import LONDON
from ddat.widgets import DayInput
from people.events.words import kind_choices, verb_choices
from people.forms import PersonChoiceField
from people.models import Event, User
from people.models.events import EventQuerySet

SELECT = {"class": "govuk-select"}
NOT_A_DAY = {"invalid": "Enter a day, such as 18/05/2026"}


class PersonFilter(django_filters.ModelChoiceFilter):
    """Somebody who did something."""

    field_class = PersonChoiceField  # type: ignore[assignment]  # said too narrowly there


class EventFilter(django_filters.FilterSet):
    """Events by who, what was done, to what kind of thing, when, and the thing's name."""

    by = PersonFilter(
        label="Who",
        empty_label="Anybody",
        queryset=User.objects.who_did_something().by_name(),
        widget=forms.Select(attrs=SELECT),
    )
    verb = django_filters.ChoiceFilter(
        label="Did what",
        empty_label="Anything",
        choices=verb_choices,
        widget=forms.Select(attrs=SELECT),
    )
    kind = django_filters.ChoiceFilter(
        label="To what",
        empty_label="Anything",
        choices=kind_choices,
        widget=forms.Select(attrs=SELECT),
    )
    from_day = django_filters.DateFilter(
        label="From",
        method="since",
        error_messages=NOT_A_DAY,
        widget=DayInput(attrs={"class": "govuk-input"}),
    )
    to_day = django_filters.DateFilter(
        label="To",
        method="until",
        error_messages=NOT_A_DAY,
        widget=DayInput(attrs={"class": "govuk-input"}),
    )
    words = django_filters.CharFilter(
        label="Words in the name",
        field_name="name",
        lookup_expr="icontains",
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input", "type": "search"}),
    )

    class Meta:
        model = Event
        fields: list[str] = []

    def since(self, events: EventQuerySet, name: str, day: date) -> EventQuerySet:
        """Events of this day in London or a later one."""
        return events.filter(at__gte=_midnight(day))

    def until(self, events: EventQuerySet, name: str, day: date) -> EventQuerySet:
        """Events of this day in London or an earlier one."""
        return (
            events.filter(at__lt=_midnight(day + timedelta(days=1))) if day < date.max else events
        )

    def in_words(self) -> str:
        """What the record is narrowed to, for people: "Who: Ada Min, From: 2026-05-11"."""
        chosen: dict[str, Any] = self.form.cleaned_data if self.is_bound else {}
        told = [
            f"{self.filters[name].label}: {self._in_words(name, value)}"
            for name, value in chosen.items()
            if value
        ]
        return ", ".join(told)

    def _in_words(self, name: str, value: Any) -> str:
        choices = {"verb": verb_choices, "kind": kind_choices}
        return str(dict(choices[name]())[value] if name in choices else value)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)
