"""Who has the same update open: told to its writers alone, and forgotten soon after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from ddat import clock
from people.models import User
from weeknotes.digests.models import Digest

ASKS_AGAIN = timedelta(seconds=150)  # static/js/presence.js asks every 30 seconds
WITHOUT_SCRIPTS = timedelta(minutes=15)  # after a button of the form itself


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Who has what open."""

    def note_down(
        self,
        *,
        digest: Digest,
        anchor: str,
        person: User,
        lasts: timedelta,
        at: datetime | None = None,
    ) -> None:
        """Write down that a person has this open for so long from now; forget who had not lately.

        One row for each person and update, however often and from however many windows.
        """
        at = at or clock.now()
        self.filter(until__lt=at).delete()
        here = Presence(digest=digest, anchor=anchor, person=person, since=at, until=at + lasts)
        self.bulk_create(
            [here],
            update_conflicts=True,
            unique_fields=["digest", "anchor", "person"],
            update_fields=["until"],
        )

    def others(
        self, *, digest: Digest, anchor: str, person: User, at: datetime | None = None
    ) -> list[Presence]:
        """Who else has this open now, the first to open it first."""
        here = self.filter(digest=digest, anchor=anchor, until__gte=at or clock.now())
        return list(here.exclude(person=person).select_related("person").order_by("since", "id"))

    def leave(self, *, digest: Digest, anchor: str, person: User) -> None:
        """Forget that a person has this open."""
        self.filter(digest=digest, anchor=anchor, person=person).delete()


class Presence(models.Model):
    """That somebody has the form of an update open, until they have not been heard of for a while.

    No record of work: nobody but its writers sees it, and nothing of it is kept.
    """

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="+")
    anchor = models.CharField(max_length=120)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "anchor", "person"], name="one_presence_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} is also editing, since {clock.lately(self.since)}."
