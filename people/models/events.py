"""The record of who changed what."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models

from ddat.clock import now

if TYPE_CHECKING:
    from people.models.users import User

NAME_LENGTH = 300


def kind_of(thing: models.Model) -> str:
    """What kind of thing it is, in one word: "rolegrant" for a RoleGrant."""
    return type(thing).__name__.lower()


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a row that only ever gets company."""


class EventQuerySet(models.QuerySet["Event"]):
    """The record: it is added to, never changed or deleted."""

    def record(
        self,
        *,
        by: "User",
        verb: str,
        thing: models.Model,
        name: str | None = None,
        at: datetime | None = None,
    ) -> "Event":
        """Write down that `by` did `verb` to `thing`, under its name as it stands now."""
        return self.create(
            by=by,
            verb=verb,
            kind=kind_of(thing),
            object_id=thing.pk,
            name=(str(thing) if name is None else name)[:NAME_LENGTH],
            at=at or now(),
        )

    def record_export(
        self, *, by: "User", what: str, count: int, name: str = "", at: datetime | None = None
    ) -> "Event":
        """Write down that `by` took `count` rows of `what` ("people") out as a file.

        `name` says what they were narrowed to, in words: "Team: Web"; empty for all.
        """
        told = f"{what}, {count} row{'' if count == 1 else 's'}" + (f" ({name})" if name else "")
        return self.create(
            by=by,
            verb="exported",
            kind=what,
            object_id=0,
            name=told[:NAME_LENGTH],
            at=at or now(),
        )

    def last_of(self, *, verb: str, thing: models.Model) -> "Event | None":
        """The last time this was done to a thing, with who did it; None if it never was."""
        about = self.filter(kind=kind_of(thing), object_id=thing.pk, verb=verb)
        return about.newest_first().first()

    def newest_first(self) -> "EventQuerySet":
        """The record from its end, with those who did it."""
        return self.select_related("by").order_by("-at", "-id")

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Events are never deleted.")


class Event(models.Model):
    """One thing that somebody did: who, what, to which thing, when. Never changed or deleted.

    The thing is named in plain fields, so that any app may write one and none is needed to read it.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=40, help_text="Such as granted, submitted or published.")
    kind = models.CharField(max_length=60, help_text="The model of the thing, such as rolegrant.")
    object_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=NAME_LENGTH, help_text="The thing's name as it stood then.")
    at = models.DateTimeField(default=now)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["kind", "object_id"], name="event_about"),
            models.Index(fields=["at", "id"], name="event_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the event the first time; raise `AppendOnlyError` after that."""
        if not self._state.adding:
            raise AppendOnlyError("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise `AppendOnlyError`: events stay."""
        raise AppendOnlyError("Events are never deleted.")
