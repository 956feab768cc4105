"""Narrowing the list of projects."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from ddat import clock
from ddat.narrowing import DayFilter, WordsFilter
from people.models import Team
from projects.models import Project
from projects.models.projects import ProjectQuerySet
from weeknotes.content.document import RagColour
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.records.readings import NO_UPDATE

RAGS = [*((colour.value, colour.label) for colour in RagColour), (NO_UPDATE, "No update")]
SHOWS = [
    ("active", "Active"),
    ("paused", "Paused"),
    ("closed", "Closed"),
    ("all", "All, closed ones as well"),
]


class ProjectFilter(django_filters.FilterSet):
    """Projects by words, team, how they stand, and when they were told last; from `as_told`.

    Closed projects are left out unless they are asked for.
    """

    words = WordsFilter(label="Name or code", method="with_words")
    team = django_filters.ModelChoiceFilter(
        label="Team",
        queryset=Team.objects.all(),
        to_field_name="slug",
        empty_label="All teams",
        error_messages={"invalid_choice": "Choose a team from the list"},
    )
    rag = django_filters.ChoiceFilter(
        label="Status",
        choices=RAGS,
        method="standing_so",
        empty_label="Any",
        error_messages={"invalid_choice": "Choose a status from the list"},
    )
    show = django_filters.ChoiceFilter(
        label="Active or closed",
        choices=SHOWS,
        method="shown",
        empty_label="All but closed",
        error_messages={"invalid_choice": "Choose active, paused, closed or all"},
    )
    since = DayFilter(label="Told since", method="told_since")

    class Meta:
        model = Project
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow by all that was asked and can be read; closed ones only when asked for."""
        narrowed = super().filter_queryset(queryset)
        return narrowed if self.asked("show") else narrowed.filter(closed_at__isnull=True)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked."""
        return any(self.form.data.get(name) for name in self.filters)

    def asked(self, name: str) -> Any:
        """What was asked of this filter, if it can be read."""
        return self.form.cleaned_data.get(name)

    def with_words(self, projects: ProjectQuerySet, name: str, words: str) -> ProjectQuerySet:
        """Projects with these words in their name or code, today's or an old one, and their heirs.

        What was merged twice over leads to the one that goes on, too.
        """
        named = Project.objects.named_like(words)
        goes_on = Q(pk__in=named.values("merged_into"))
        goes_on |= Q(pk__in=named.values("merged_into__merged_into"))
        return projects.filter(Q(pk__in=named.values("pk")) | goes_on)

    def standing_so(self, projects: ProjectQuerySet, name: str, rag: str) -> ProjectQuerySet:
        """Projects that stand so now; one without an update stands so, whatever it was before."""
        return projects.filter(standing=rag)

    def shown(self, projects: ProjectQuerySet, name: str, show: str) -> ProjectQuerySet:
        """Active, paused or closed projects, or all of them."""
        match show:
            case "active":
                return projects.filter(closed_at__isnull=True).exclude(standing=RagColour.PAUSED)
            case "paused":
                return projects.filter(closed_at__isnull=True, standing=RagColour.PAUSED)
            case "closed":
                return projects.filter(closed_at__isnull=False)
        return projects

    def told_since(self, projects: ProjectQuerySet, name: str, day: date) -> ProjectQuerySet:
        """Projects that told something, in a digest that first came out on the day or later."""
        start = clock.start_of(day)
        since = Publication.objects.filter(number=1, published_at__gte=start)
        told = PublishedUpdate.objects.current().filter(
            project=OuterRef("pk"),
            is_no_update=False,
            publication__digest__in=since.values("digest"),
        )
        return projects.filter(Exists(told))
