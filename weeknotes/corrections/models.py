"""A correction of a published digest while it is prepared: words of its own, seen by editors alone.

Nothing of it stands in a digest, an update or a revision before it is published.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from people.models import User
from weeknotes.content.document import Document
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.updates.models import Update


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions asked of many corrections."""

    def open(self) -> CorrectionQuerySet:
        """Those still being prepared."""
        return self.filter(closed_at__isnull=True).select_related("digest", "opened_by")


class Correction(models.Model):
    """What a published digest is to say instead; closed once it is published or dropped."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="corrections")
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)  # of the title and the summary
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    publication = models.OneToOneField(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=Q(closed_at__isnull=True),
                name="one_open_correction_a_digest",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ Q(closed_by__isnull=False),
                name="correction_closed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(publication__isnull=True) | Q(closed_at__isnull=False),
                name="published_correction_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.digest}"

    @property
    def is_dropped(self) -> bool:
        """Whether it was given up, and nothing of it is kept."""
        return self.closed_at is not None and self.publication_id is None


class CorrectedUpdate(models.Model):
    """What one published update is to say instead, or that it is to be taken out."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="updates")
    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    is_out = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "update"], name="one_corrected_update_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update} in {self.correction}"

    @property
    def document(self) -> Document:
        """The words as typed objects."""
        return Document.from_json(self.content)

    @property
    def last_hand(self) -> tuple[User, datetime]:
        """Who saved these words, and when."""
        return self.made_by, self.made_at
