"""A correction in preparation: its words are here and nowhere else until it is published."""

from __future__ import annotations

from django.db import models

from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.publications.models import ChangeKind


class Correction(models.Model):
    """What editors prepare to correct in a published digest; gone once published or abandoned.

    `words` holds by anchor the documents that differ from what is published; none where an
    update is taken out.
    """

    digest = models.OneToOneField(Digest, on_delete=models.PROTECT, related_name="correction")
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    kind = models.CharField(max_length=11, choices=ChangeKind.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    words = models.JSONField(default=dict)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["", *ChangeKind.values]),
                name="correction_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Correction of {self.digest}"
