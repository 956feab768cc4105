"""What a project is followed by: its workstreams and its metrics."""

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower

from ddat import clock
from people.models.teams import LAST_PLACE
from projects.models.projects import Project

MOST_DECIMALS = 6


class WorkstreamQuerySet(models.QuerySet["Workstream"]):
    """Workstreams, asked by whether they are still reported on."""

    def active(self, on: date | Value | None = None) -> "WorkstreamQuerySet":
        """Workstreams not closed by the end of the day (today unless given)."""
        day = on or clock.today()
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Workstream(models.Model):
    """A named strand of a project with its own state, such as Deployment."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="workstreams")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(LAST_PLACE)], help_text="Low numbers first."
    )
    closed_on = models.DateField(
        null=True, blank=True, help_text="The first day it is no longer reported on."
    )

    objects = WorkstreamQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "project",
                Lower("name"),
                condition=Q(closed_on__isnull=True),
                name="workstream_name_unique_in_its_project",
                violation_error_message="This project has an open workstream with this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GoodDirection(models.TextChoices):
    """Which way is good news."""

    UP = "up", "Up is good"
    DOWN = "down", "Down is good"
    NONE = "", "Neither"


class Metric(models.Model):
    """A named measure of a project; its values are told with the updates."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="metrics")
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40, blank=True, help_text="Such as users. May be empty.")
    good_direction = models.CharField(
        max_length=4, choices=GoodDirection.choices, default=GoodDirection.NONE, blank=True
    )
    decimals = models.PositiveSmallIntegerField(
        default=0,
        validators=[MaxValueValidator(MOST_DECIMALS)],
        help_text="How many decimal places its values have: 0 for whole numbers.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(LAST_PLACE)], help_text="Low numbers first."
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "project",
                Lower("name"),
                name="metric_name_unique_in_its_project",
                violation_error_message="This project has a metric with this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
