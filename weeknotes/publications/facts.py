"""Rows told from what was published, written by publication alone."""

from __future__ import annotations

from typing import Any

from django.db import models

from people.models import User
from projects.models import Metric, Project, Workstream
from weeknotes.content.document import RagColour
from weeknotes.content.kinds.risks import RiskKind
from weeknotes.content.kinds.workstreams import WorkstreamState
from weeknotes.content.states import ItemState
from weeknotes.digests.subjects import Subject
from weeknotes.publications.models import (
    BEHIND_THE_PAGE,
    Publication,
    PublishedUpdate,
    field_of,
)


class FactQuerySet(models.QuerySet[Any]):
    """What was told, asked by where."""

    def current(self) -> FactQuerySet:
        """What each digest's newest publication says; asked row by row, for the newest of some."""
        current = Publication.objects.current()
        of_it = current.filter(pk=models.OuterRef("published_update__publication"))
        return self.filter(models.Exists(of_it))

    def all_current(self) -> FactQuerySet:
        """The same for going through many: the list of what is published is made once.

        Joined, and not asked for by id: so an index alone says when each was told.
        """
        return self.filter(published_update__publication__in=Publication.objects.current())

    def told_by(self, kind: type[Subject], pk: Any) -> FactQuerySet:
        """What the team or project of that id told."""
        return self.filter(**{f"published_update__{field_of(kind)}": pk})

    def with_digest(self) -> FactQuerySet:
        """Each with the update and the digest it was told in, without its pages."""
        behind = (f"published_update__publication__{name}" for name in BEHIND_THE_PAGE)
        return self.select_related("published_update__publication__digest").defer(*behind)


class Fact(models.Model):
    """What one published update says, as a row in the order it was said."""

    published_update = models.ForeignKey(
        PublishedUpdate, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    position = models.PositiveIntegerField()

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position"]


class PublishedByline(Fact):
    """One name of an update's byline, as printed."""

    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="bylines")
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)


class RagReading(Fact):
    """A project's RAG as published."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="rag_readings")
    colour = models.CharField(max_length=10, choices=[(c.value, c.label) for c in RagColour])
    words = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)


class Item(Fact):
    """One line of outcomes or plans."""

    kind = models.CharField(max_length=12)
    group = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(
        max_length=20, blank=True, choices=[(s.value, s.label) for s in ItemState]
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")


class MetricReading(Fact):
    """A measure's value for a period, in the metric's own unit."""

    project = models.ForeignKey(
        Project,
        null=True,
        on_delete=models.PROTECT,
        related_name="metric_readings",
        db_index=False,
    )
    metric = models.ForeignKey(
        Metric, null=True, on_delete=models.PROTECT, related_name="readings", db_index=False
    )
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50, blank=True)
    from_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    to_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    # When its update was due, once more, and the last day that it is from: that day if none is
    # given. So the newest readings are found without those before them.
    due_on = models.DateField()
    until = models.DateField()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["metric", "-until", "-due_on"], name="readings_of_metric"),
            # Most readings may be words: the last value is found without those after it.
            models.Index(
                fields=["metric", "-until", "-due_on"],
                condition=models.Q(to_value__isnull=False),
                name="values_of_metric",
            ),
            models.Index(fields=["project", "metric"], name="metrics_told"),
        ]


class StatusCount(Fact):
    """How many things stand in one state."""

    name = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=100)
    number = models.BigIntegerField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    as_of = models.DateField(null=True)


class WorkstreamReading(Fact):
    """A workstream's state as published."""

    project = models.ForeignKey(
        Project,
        null=True,
        on_delete=models.PROTECT,
        related_name="workstream_readings",
        db_index=False,
    )
    workstream = models.ForeignKey(
        Workstream, null=True, on_delete=models.PROTECT, related_name="readings", db_index=False
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=[(s.value, s.label) for s in WorkstreamState])
    due_on = models.DateField()  # as its update was, once more

    class Meta(Fact.Meta):
        indexes = [
            models.Index(fields=["workstream", "-due_on"], name="readings_of_workstream"),
            models.Index(fields=["project", "workstream"], name="workstreams_told"),
        ]


class Risk(Fact):
    """A risk, issue, dependency or blocker; or, as a nil return, that there are no new ones."""

    kind = models.CharField(
        max_length=12, blank=True, choices=[(k.value, k.label) for k in RiskKind]
    )
    text = models.TextField()
    owner = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField(null=True)
    is_nil_return = models.BooleanField(default=False)


class DiaryDate(Fact):
    """A date for the diary; of one given in words alone no day is known."""

    what = models.TextField()
    when = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    where = models.CharField(max_length=200, blank=True)
    for_whom = models.CharField(max_length=200, blank=True)


class Thanks(Fact):
    """Thanks to one person or team, named as printed; a line that thanks two is two of these."""

    published_update = models.ForeignKey(
        PublishedUpdate, on_delete=models.PROTECT, related_name="thanks"
    )
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="thanks")
    name = models.TextField()
    for_what = models.TextField(blank=True)

    class Meta(Fact.Meta):
        verbose_name_plural = "thanks"
