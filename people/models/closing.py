"""Closing and reopening teams, projects and products."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from ddat import clock
from people.models.events import Event
from people.models.history import keep_history

if TYPE_CHECKING:
    from people.models.users import User


class CloseableQuerySet(models.QuerySet):
    """What may be closed, asked by whether it is."""

    def active(self, on: date | None = None) -> Self:
        """Those not closed by the end of the day (today unless given)."""
        day = on or clock.today()
        return self.filter(Q(closed_at__isnull=True) | Q(closed_at__date__gt=day))


class Closeable(models.Model):
    """Something that is closed by somebody at some time, and may be opened again."""

    objects: Any

    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="%(class)s_closed_by_and_at_together",
            )
        ]

    @property
    def is_closed(self) -> bool:
        """Whether it is closed at the moment."""
        return self.closed_at is not None

    @transaction.atomic
    def close(self, *, by: "User", at: datetime | None = None) -> None:
        """Close it: no update is expected any more. A second time does nothing."""
        moment = at or clock.now()
        open_row = type(self).objects.filter(pk=self.pk, closed_at__isnull=True)
        if open_row.update(closed_at=moment, closed_by=by):
            Event.objects.record(by=by, verb="closed", thing=self, at=moment)
        self.refresh_from_db(fields=["closed_at", "closed_by"])
        keep_history(self, by=by, at=moment)

    @transaction.atomic
    def reopen(self, *, by: "User", at: datetime | None = None) -> None:
        """Open it again. On something open it does nothing."""
        closed_row = type(self).objects.filter(pk=self.pk, closed_at__isnull=False)
        if closed_row.update(closed_at=None, closed_by=None):
            Event.objects.record(by=by, verb="reopened", thing=self, at=at)
        self.refresh_from_db(fields=["closed_at", "closed_by"])
        keep_history(self, by=by, at=at)
