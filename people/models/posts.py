"""A post somebody holds from one day to another: leading a team, owning a project."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from ddat import clock
from people.models.events import Event

if TYPE_CHECKING:
    from people.models.users import User


class PostQuerySet(models.QuerySet):
    """Posts, asked by the days they are held."""

    def open(self) -> Self:
        """Posts without a last day."""
        return self.filter(ends_on__isnull=True)

    def held_on(self, day: date) -> Self:
        """Posts held on `day`; the day a post ends is the first day it is no longer held."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Posts held on any day from `starts_on` until before `ends_on` (None: without an end)."""
        later = Q(ends_on__isnull=True) | Q(ends_on__gt=Greatest(F("starts_on"), starts_on))
        if ends_on is None:
            return self.filter(later)
        return self.filter(later, starts_on__lt=ends_on) if starts_on < ends_on else self.none()

    def refuse_overlap(self, starts_on: date, ends_on: date | None) -> None:
        """Raise ValidationError, saying what to do, when one of these posts covers such a day."""
        taken = self.overlapping(starts_on, ends_on).first()
        if taken is not None:
            raise ValidationError(
                f"{taken.person} has this post from {_days(taken)}. "
                "Choose days outside that, or change that post first."
            )

    def refuse_appointment(self, subject: models.Model, *, on: date) -> None:
        """Raise ValidationError when nobody can take the subject's post from the day.

        Whoever holds it without an end may be followed, from their first day on.
        """
        posts = self.filter(**{self.model.SUBJECT: subject})
        present = posts.open().first()
        if present is not None and on < present.starts_on:
            raise ValidationError(_too_early(present.person, present.starts_on))
        posts.exclude(ends_on__isnull=True).refuse_overlap(on, None)

    @transaction.atomic
    def _appoint(
        self,
        subject: Any,
        *,
        person: "User",
        by: "User",
        on: date | None,
        at: datetime | None,
    ) -> Any:
        """Close the subject's open post on the day and open one for `person`.

        Raises ValidationError as `refuse_appointment` does.
        """
        day = on or clock.today()
        type(subject).objects.select_for_update().get(pk=subject.pk)  # one at a time
        post = self.model(person=person, starts_on=day)
        setattr(post, self.model.SUBJECT, subject)
        present = self.open().filter(**{self.model.SUBJECT: subject}).first()
        if present is not None and present.person_id == person.pk:
            return present
        self.refuse_appointment(subject, on=day)
        if present is not None:
            present.end(by=by, on=day, at=at)
        post.save()
        Event.objects.record(by=by, verb="appointed", thing=post, at=at)
        return post


class Post(models.Model):
    """A person holds a post from `starts_on` until the day before `ends_on`."""

    SUBJECT: ClassVar[str]  # the name of the field that says what the post is of
    objects: Any

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="%(class)ss", verbose_name="person"
    )
    starts_on = models.DateField("first day", help_text="Such as 11/05/2026.")
    ends_on = models.DateField(
        "ends on",
        null=True,
        blank=True,
        help_text="The first day they no longer hold it. Leave empty while they hold it.",
    )

    class Meta:
        abstract = True
        ordering = ["starts_on", "id"]

    def held_on(self, day: date) -> bool:
        """Whether the person holds the post on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def refuse_days(self, *, starts_on: date, ends_on: date | None) -> None:
        """Raise ValidationError when somebody else's post covers a day that this one would gain.

        Taking days away is never refused.
        """
        stored = type(self).objects.get(pk=self.pk)
        ends_no_later = stored.ends_on is None or (
            ends_on is not None and ends_on <= stored.ends_on
        )
        if starts_on < stored.starts_on or not ends_no_later:
            others = type(self).objects.filter(**{self.SUBJECT: getattr(self, self.SUBJECT)})
            others.exclude(pk=self.pk).refuse_overlap(starts_on, ends_on)

    def end(self, *, by: "User", on: date | None = None, at: datetime | None = None) -> None:
        """End the post: `on` is the first day it is no longer held. A second time does nothing.

        Raises ValidationError when `on` is before the post began.
        """
        if self.ends_on is None:
            self.redate(starts_on=self.starts_on, ends_on=on or clock.today(), by=by, at=at)

    @transaction.atomic
    def redate(
        self,
        *,
        starts_on: date,
        ends_on: date | None,
        by: "User",
        at: datetime | None = None,
    ) -> None:
        """Set both days, to end a post or to put a mistake right. The same days do nothing.

        Raises ValidationError when it would end before it began, or when another post of the
        same team or project covers one of its days.
        """
        if ends_on is not None and ends_on < starts_on:
            raise ValidationError(_too_early(self.person, starts_on))
        subject = getattr(self, self.SUBJECT)
        type(subject).objects.select_for_update().get(pk=subject.pk)  # one at a time
        self.refuse_days(starts_on=starts_on, ends_on=ends_on)
        stored = type(self).objects.select_for_update().get(pk=self.pk)
        was_open = stored.ends_on is None
        is_same = (stored.starts_on, stored.ends_on) == (starts_on, ends_on)
        self.starts_on, self.ends_on = starts_on, ends_on
        if is_same:
            return
        self.save(update_fields=["starts_on", "ends_on"])
        verb = "ended" if was_open and ends_on is not None else "redated"
        Event.objects.record(by=by, verb=verb, thing=self, at=at)


def _days(post: Post) -> str:
    """The days that a post covers: "11 to 15 May 2026", or its first one when it has no end."""
    if post.ends_on is None:
        return clock.day(post.starts_on)
    return clock.period(post.starts_on, post.ends_on - timedelta(days=1))


def _too_early(person: "User", began: date) -> str:
    return f"{person} began on {clock.day(began)}. Choose that day or a later one."
