"""A post somebody holds from one day to another: leading a team, owning a project, standing in."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from ddat import clock
from people.holding import hold
from people.models.events import Event

if TYPE_CHECKING:
    from people.models.users import User


class PostKind(models.TextChoices):
    """Somebody leads a team or owns a project; others stand in for them."""

    HOLDER = "holder", "Lead or owner"
    DEPUTY = "deputy", "Deputy"


def post_field(title: str) -> models.CharField:
    """Which post it is, its holder called a lead or an owner."""
    return models.CharField(
        max_length=6,
        choices=[(PostKind.HOLDER.value, title.capitalize()), PostKind.choices[1]],
        default=PostKind.HOLDER,
        help_text=f"A deputy may write what the {title} writes, for as long as the post lasts.",
    )


class PostQuerySet(models.QuerySet):
    """Posts, asked by the days they are held."""

    def holders(self) -> Self:
        """Those who lead or own, not those who stand in for them."""
        return self.filter(post=PostKind.HOLDER)

    def rivals_of(self, post: "Post") -> Self:
        """The posts that may share no day with this one.

        A lead's or owner's: those of the same team or project. A deputy's: their own there.
        """
        subject = getattr(post, post.SUBJECT)
        if subject.pk is None:
            return self.none()
        same = self.filter(post=post.post, **{post.SUBJECT: subject}).exclude(pk=post.pk)
        return same.filter(person=post.person_id) if post.is_deputy else same

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

    def refuse_appointment(self, post: "Post") -> None:
        """Raise ValidationError when the person cannot take the post that `post` describes.

        Whoever leads or owns without an end may be followed, from their first day on.
        """
        if post.ends_on is not None and post.ends_on <= post.starts_on:
            raise ValidationError(
                {"ends_on": f"Choose a day after the first one, {clock.day(post.starts_on)}."}
            )
        _refuse_leaver(post)
        subject = getattr(post, post.SUBJECT)
        if subject.merged_into is not None:
            raise ValidationError(
                f"{subject} was merged into {subject.merged_into}. Appoint somebody there."
            )
        rivals = self.rivals_of(post)
        present = None if post.is_deputy else rivals.open().first()
        if present is not None:
            if post.starts_on < present.starts_on:
                raise ValidationError({"starts_on": _too_early(present.person, present.starts_on)})
            rivals = rivals.exclude(pk=present.pk)
        try:
            rivals.refuse_overlap(post.starts_on, post.ends_on)
        except ValidationError as error:
            raise ValidationError({"starts_on": error.messages}) from error

    @transaction.atomic
    def appoint(
        self,
        *,
        person: "User",
        by: "User",
        on: date | None = None,
        until: date | None = None,
        post: str = PostKind.HOLDER,
        at: datetime | None = None,
        **subject: Any,
    ) -> Any:
        """Give `person` a post of `team=` or `project=` from `on` (today unless given).

        `until` is the first day they no longer hold it. The present lead or owner is followed;
        a deputy stands beside them, as do other deputies. The same appointment again does
        nothing. Raises ValidationError when the present lead or owner began after that day, or
        when another post covers one of its days.
        """
        (person,) = hold(get_user_model().objects.filter(pk=person.pk))  # who leaves waits, or has
        of = subject[self.model.SUBJECT]
        (of,) = hold(type(of).objects.filter(pk=of.pk))
        new = self.model(
            person=person,
            starts_on=on or clock.today(),
            ends_on=until,
            post=post,
            **{self.model.SUBJECT: of},
        )
        rivals = self.rivals_of(new)
        if new.is_deputy:
            present = rivals.filter(starts_on=new.starts_on, ends_on=until).first()
        else:
            present = rivals.open().first()
        if present is not None and present.person_id == person.pk:
            return present
        self.refuse_appointment(new)
        if present is not None:
            present.end(by=by, on=new.starts_on, at=at)
        new.save()
        Event.objects.record(by=by, verb="appointed", thing=new, at=at)
        return new


def post_constraints(subject: str, title: str) -> list[models.BaseConstraint]:
    """What holds for the posts of a team ("lead") as for those of a project ("owner")."""
    return [
        models.UniqueConstraint(
            fields=[subject],
            condition=Q(ends_on__isnull=True, post=PostKind.HOLDER),
            name=f"one_open_{title}_per_{subject}",
            violation_error_message=f"This {subject} has {_a(title)}. End that post first.",
        ),
        models.UniqueConstraint(
            fields=[subject, "person"],
            condition=Q(ends_on__isnull=True, post=PostKind.DEPUTY),
            name=f"one_open_deputy_post_per_person_and_{subject}",
            violation_error_message=f"They are a deputy of this {subject} already.",
        ),
        models.CheckConstraint(
            condition=Q(post__in=PostKind.values), name=f"{subject}_post_is_known"
        ),
        models.CheckConstraint(
            condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            name=f"{subject}_post_ends_after_it_starts",
            violation_error_message="It cannot end before its first day.",
        ),
    ]


class Post(models.Model):
    """A person holds a post from `starts_on` until the day before `ends_on`."""

    SUBJECT: ClassVar[str]  # the name of the field that says what the post is of
    objects: Any
    post: Any
    get_post_display: Any

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

    def __str__(self) -> str:
        return f"{self.person}, {self.title} of {getattr(self, self.SUBJECT)}"

    @property
    def is_deputy(self) -> bool:
        """Whether the person stands in for whoever leads or owns."""
        return bool(self.post == PostKind.DEPUTY)

    @property
    def title(self) -> str:
        """What the post is called: lead, owner or deputy."""
        return str(self.get_post_display()).lower()

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
            type(self).objects.rivals_of(self).refuse_overlap(starts_on, ends_on)

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
        hold(type(subject).objects.filter(pk=subject.pk))
        self.refuse_days(starts_on=starts_on, ends_on=ends_on)
        (stored,) = hold(type(self).objects.filter(pk=self.pk))
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


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _refuse_leaver(post: Post) -> None:
    """Raise ValidationError when the person will not be here for all of the post."""
    leaves_on = post.person.leaves_on
    if leaves_on is None or (post.ends_on is not None and post.ends_on <= leaves_on):
        return
    if not post.person.is_active:
        raise ValidationError({"person": f"{post.person} has left. Choose somebody who is here."})
    day = clock.day(leaves_on)
    raise ValidationError(
        {"person": f"{post.person} leaves on {day}. Choose somebody else, or end the post by then."}
    )


def _too_early(person: "User", began: date) -> str:
    return f"{person} began on {clock.day(began)}. Choose that day or a later one."
