"""Narrowing the record."""

from __future__ import annotations

from datetime import date, timedelta

import django_filters
from django import forms

from ddat import clock
from ddat.narrowing import DayFilter, WordsFilter
from people.events.words import kind_choices, verb_choices
from people.forms import PersonChoiceField
from people.models import Event, User
from people.models.events import EventQuerySet

SELECT = {"class": "govuk-select"}


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
    from_day = DayFilter(label="From", method="since")
    to_day = DayFilter(label="To", method="until")
    words = WordsFilter(label="Words in the name", field_name="name", lookup_expr="icontains")

    class Meta:
        model = Event
        fields: list[str] = []

    def since(self, events: EventQuerySet, name: str, day: date) -> EventQuerySet:
        """Events of this day in London or a later one."""
        return events.filter(at__gte=clock.start_of(day))

    def until(self, events: EventQuerySet, name: str, day: date) -> EventQuerySet:
        """Events of this day in London or an earlier one."""
        if day == date.max:
            return events
        return events.filter(at__lt=clock.start_of(day + timedelta(days=1)))
