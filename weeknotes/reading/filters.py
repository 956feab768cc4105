"""Narrowing the archive."""

from __future__ import annotations

import django_filters
from django.db.models import Q
from django.forms import TextInput

from ddat.narrowing import WordsFilter
from weeknotes.publications.models import Publication, PublicationQuerySet

NOT_A_YEAR = "Enter a year, like 2026"


class ArchiveFilter(django_filters.FilterSet):
    """Published digests by year and by words of their title or summary."""

    words = WordsFilter(label="Words in the title or summary", method="with_words")
    year = django_filters.NumberFilter(
        label="Year",
        method="in_year",
        min_value=1900,
        max_value=9999,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], NOT_A_YEAR),
        widget=TextInput(
            attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "numeric"}
        ),
    )

    class Meta:
        model = Publication
        fields: list[str] = []

    def with_words(
        self, publications: PublicationQuerySet, name: str, words: str
    ) -> PublicationQuerySet:
        """Digests whose title or summary holds these words."""
        return publications.filter(
            Q(digest__title__icontains=words) | Q(digest__summary__icontains=words)
        )

    def in_year(
        self, publications: PublicationQuerySet, name: str, year: int
    ) -> PublicationQuerySet:
        """Digests due out in this year."""
        return publications.filter(digest__due_on__year=int(year))
