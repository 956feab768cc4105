"""What an editor asked when they returned an update to its writers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ddat import clock
from people.models import User
from weeknotes.updates.models import Update

LONGEST_QUESTION = 2_000


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions asked of many questions."""

    def open(self) -> QuestionQuerySet:
        """Those whose update was not submitted again."""
        return self.filter(answered_at__isnull=True)

    def with_people(self) -> QuestionQuerySet:
        """Each with who asked and who answered at hand."""
        return self.select_related("asked_by", "answered_by")


class Question(models.Model):
    """An update returned with a question; it is answered when the update is submitted again."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="questions")
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["update"],
                condition=Q(answered_at__isnull=True),
                name="one_open_question_an_update",
            ),
            models.CheckConstraint(condition=~Q(question=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) ^ Q(answered_by__isnull=False),
                name="question_answered_at_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return f"Question about {self.update}"

    @property
    def asked_words(self) -> str:
        """Who asked, and when: "Di Rector, Thursday 14 May at 9:12am"."""
        return f"{self.asked_by.name}, {clock.moment(self.asked_at)}"

    @property
    def answered_words(self) -> str:
        """Who submitted the update again, and when; nothing while it is open."""
        if self.answered_by is None or self.answered_at is None:
            return ""
        return f"{self.answered_by.name}, {clock.moment(self.answered_at)}"
