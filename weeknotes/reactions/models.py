"""Like, Love and Haha, and how many of each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from ddat.prepared import Asked
from people.models import User
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

ONE_TARGET = Q(digest__isnull=True) ^ Q(update__isnull=True)


class ReactionKind(models.TextChoices):
    """What a reader can answer with."""

    LIKE = "like", "Like"
    LOVE = "love", "Love"
    HAHA = "haha", "Haha"


class ReactionQuerySet(models.QuerySet["Reaction"]):
    """Questions asked of many reactions."""

    def held(self, person: User | Asked, **target: Digest | Update | Asked) -> Any:
        """The kind that a person chose for a target, if they chose one."""
        return self.filter(person=person, **target).values_list("kind", flat=True)


class Reaction(models.Model):
    """One person's answer to a digest or to one update in it."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reactions")
    digest = models.ForeignKey(
        Digest, null=True, on_delete=models.PROTECT, related_name="reactions"
    )
    update = models.ForeignKey(
        Update, null=True, on_delete=models.PROTECT, related_name="reactions"
    )
    kind = models.CharField(max_length=4, choices=ReactionKind.choices)
    reacted_at = models.DateTimeField()

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="reaction_has_one_target"),
            models.CheckConstraint(
                condition=Q(kind__in=ReactionKind.values), name="reaction_kind_is_known"
            ),
            models.UniqueConstraint(fields=["person", "digest"], name="one_reaction_a_digest"),
            models.UniqueConstraint(fields=["person", "update"], name="one_reaction_an_update"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.person_id}"


class ReactionCount(models.Model):
    """How many people chose one kind for one target; kept with the reactions themselves."""

    digest = models.ForeignKey(
        Digest, null=True, on_delete=models.PROTECT, related_name="reaction_counts"
    )
    update = models.ForeignKey(
        Update, null=True, on_delete=models.PROTECT, related_name="reaction_counts"
    )
    kind = models.CharField(max_length=4, choices=ReactionKind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET, name="reaction_count_has_one_target"),
            models.UniqueConstraint(fields=["digest", "kind"], name="one_count_a_digest_and_kind"),
            models.UniqueConstraint(fields=["update", "kind"], name="one_count_an_update_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.count}"
