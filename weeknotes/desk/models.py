"""An update's place in a digest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update


class Decision(models.TextChoices):
    """What an editor decided about an update."""

    INCLUDED = "included", "Include"
    LEFT_OUT = "left_out", "Leave out"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions asked of many entries."""

    def included(self) -> EntryQuerySet:
        """What will be published, in order."""
        return self.filter(decision=Decision.INCLUDED).order_by("position", "id")

    def left_out(self) -> EntryQuerySet:
        """What an editor keeps out of the digest."""
        return self.filter(decision=Decision.LEFT_OUT).order_by("position", "id")

    def with_update(self) -> EntryQuerySet:
        """Each with its update and the update's subject at hand."""
        return self.select_related(
            "update", "update__digest", "update__team", "update__project__team"
        )


class Entry(models.Model):
    """An update's place in a digest; the note has none, it is always first."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="entries")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["digest", "update"], name="one_entry_an_update"),
            models.UniqueConstraint(
                fields=["update"],
                condition=Q(decision=Decision.INCLUDED),
                name="one_included_entry_an_update",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="entry_decision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update} at {self.position}, {self.get_decision_display().lower()}"
