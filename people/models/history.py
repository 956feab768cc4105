"""Who changed a person, a team or a project, and how it stood before."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from simple_history.models import HistoricalRecords

from ddat.clock import now

if TYPE_CHECKING:
    from people.models.users import User


class History(HistoricalRecords):  # type: ignore[misc]  # the package has no types
    """How a thing stood after each change; saving it as it was, or what is left out, is none."""

    def create_history_model(self, model: type[models.Model], inherited: bool) -> Any:
        """The model of the rows, with words of its own."""
        rows = super().create_history_model(model, inherited)
        rows.__doc__ = f"How a {model.__name__.lower()} stood after a change, and who made it."
        return rows

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        """Write a row when something it keeps was saved with another value."""
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= set(self.excluded_fields):
            return
        if created or not stands_as_told(instance):
            super().post_save(instance, created, using=using, **kwargs)


def stands_as_told(thing: Any) -> bool:
    """Whether the newest row of its history says what is true now."""
    latest = thing.history.order_by("history_id").last()
    return latest is not None and all(
        getattr(latest, field.attname) == getattr(thing, field.attname)
        for field in latest.tracked_fields
    )


@contextmanager
def changing(thing: Any, *, by: "User", at: datetime | None = None) -> Iterator[None]:
    """Write down that `by` makes the changes saved inside; it may stand inside another."""
    keys = {"_history_user": by, "_history_date": at or now()}  # where the package looks
    outer = {key: vars(thing)[key] for key in keys if key in vars(thing)}
    vars(thing).update(keys)
    try:
        yield
    finally:
        for key in keys:
            del vars(thing)[key]
        vars(thing).update(outer)


def keep_history(thing: Any, *, by: "User", at: datetime | None = None) -> None:
    """Keep how a thing stands after a change that went round `save`; if it has a history."""
    rows: Any = getattr(type(thing), "history", None)
    if rows is None:
        return
    thing = type(thing).objects.get(pk=thing.pk)
    if stands_as_told(thing):
        return
    rows.create(
        history_type="~",
        history_user=by,
        history_date=at or now(),
        **{field.attname: getattr(thing, field.attname) for field in rows.model.tracked_fields},
    )
