"""An update's place in a digest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.updates.models import REPORTED, Update


class Decision(models.TextChoices):
    """What an editor decided about an update."""

    INCLUDED = "included", "Include"
    LEFT_OUT = "left_out", "Leave out"
    HELD = "held", "Hold over"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions asked of many entries."""

    def included(self) -> EntryQuerySet:
        """What will be published, in order."""
        return self.filter(decision=Decision.INCLUDED).order_by("position", "id")

    def going_in(self) -> EntryQuerySet:
        """What will be published as it stands now: what is included and not returned."""
        return self.included().filter(update__state__in=REPORTED)

    def left_out(self) -> EntryQuerySet:
        """What an editor keeps out of the digest."""
        return self.filter(decision=Decision.LEFT_OUT).order_by("position", "id")

    def held(self) -> EntryQuerySet:
        """What an editor holds over for the next digest."""
        return self.filter(decision=Decision.HELD).order_by("position", "id")

    def waiting(self) -> EntryQuerySet:
        """What is held over and in no later digest yet, the longest held first."""
        later = Entry.objects.filter(
            update=models.OuterRef("update"), digest__gt=models.OuterRef("digest")
        )
        return self.held().filter(~models.Exists(later)).order_by("digest", "position", "id")

    def held_words(self) -> str:
        """What the writers of the update of these entries are told of its being held over."""
        entries = list(self.select_related("digest").order_by("digest"))
        if not any(entry.decision == Decision.HELD for entry in entries):
            return ""
        last = entries[-1]
        if last.decision == Decision.HELD:
            return "Held over for the next digest."
        if last.decision == Decision.LEFT_OUT:
            return "Held over, and left out of the digest after."
        if last.digest.is_withdrawn:
            return "Held over, and withdrawn since."
        if last.digest.is_published:
            return f"Held over for the digest of {last.digest.period}."
        return f"Held over: it goes into the digest of {last.digest.period}."

    def changed_since(self, version: int) -> EntryQuerySet:
        """What was decided or moved after the digest stood at this version."""
        changed = self.filter(Q(decided_in__gt=version) | Q(moved_in__gt=version))
        return changed.with_update().select_related("decided_by", "moved_by")

    def with_update(self) -> EntryQuerySet:
        """Each with its update and the update's subject at hand."""
        return self.select_related(
            "update", "update__digest", "update__team", "update__project__team"
        )


class Entry(models.Model):
    """An update's place in a digest; the note has none, it is always first.

    `decided_in` and `moved_in` are the digest's version at that change: an editor whose desk shows
    an earlier one has not seen it.
    """

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="entries")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_in = models.PositiveIntegerField(default=0)
    moved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_in = models.PositiveIntegerField(default=0)

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
            models.CheckConstraint(
                condition=Q(moved_at__isnull=True) ^ Q(moved_by__isnull=False),
                name="entry_moved_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update} at {self.position}, {self.get_decision_display().lower()}"

    @property
    def anchor(self) -> str:
        """Where its update stands on the desk of its digest."""
        return self.update.anchor_in(self.digest)

    def changed_since(self, version: int) -> bool:
        """Whether it was decided or moved after the digest stood at this version."""
        return max(self.decided_in, self.moved_in) > version
