"""Names that change: the old ones stay findable, and what was merged leads to its heir."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from ddat import clock
from people.holding import hold
from people.models.closing import Closeable, CloseableQuerySet
from people.models.events import Event
from people.models.history import changing

if TYPE_CHECKING:
    from people.models.users import User

MOST_WORDS = 10  # of a search; more find nothing else


class NamedQuerySet(CloseableQuerySet):
    """Teams or projects, asked by any name they ever had."""

    def active(self, on: date | None = None) -> Self:
        """Those not closed by the end of the day (today unless given), nor merged into another."""
        return super().active(on).filter(merged_into__isnull=True)

    def named_like(self, text: str) -> Self:
        """Those with every word of the text in a present or an old name, in any case."""
        found = self
        for word in text.replace("\x00", " ").split()[:MOST_WORDS]:
            says = Q(*[(f"{name}__icontains", word) for name in self.model.NAMES], _connector=Q.OR)
            past = self.model.past_names.rel.related_model.objects
            of_it = {self.model.past_names.rel.field.name: OuterRef("pk")}
            found = found.filter(says | Exists(past.filter(says, **of_it)))
        return found


class Named(Closeable):
    """A team or a project: it may be renamed, and merged into another of its kind."""

    NAMES: ClassVar[tuple[str, ...]]  # the fields by which it is known
    refusals: ClassVar[list[Callable[[Any], None]]] = []  # asked by `refuse_merge`, from any app
    objects: Any
    posts: Any
    past_names: Any

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from"
    )

    class Meta(Closeable.Meta):
        abstract = True
        constraints = [
            *Closeable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="%(class)s_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_at__isnull=False),
                name="%(class)s_is_closed_when_merged",
            ),
        ]

    def is_active_on(self, day: date) -> bool:
        """Whether it is neither closed by the end of the day nor merged into another."""
        is_open = self.closed_at is None or clock.local(self.closed_at).date() > day
        return is_open and self.merged_into is None

    @transaction.atomic
    def rename(self, *, to: str, by: "User", at: datetime | None = None, **also: str) -> None:
        """Give it another name, and keep the old one findable. The same name does nothing.

        `also` is the other thing it is known by: a project's code, a team's short name. The slug,
        and with it every address, stays.
        """
        moment, new = at or clock.now(), {"name": to, **also}
        stored = hold(type(self).objects.filter(pk=self.pk))[0]
        old = {name: getattr(stored, name) for name in self.NAMES}
        for name, value in new.items():
            setattr(self, name, value)
        if old == {**old, **new}:
            return
        self.past_names.create(**old, until=moment, changed_by=by)
        with changing(self, by=by, at=moment):
            self.save(update_fields=list(new))
        Event.objects.record(by=by, verb="renamed", thing=self, name=f"{stored} to {self}", at=at)

    def reopen(self, *, by: "User", at: datetime | None = None) -> None:
        """Open it again. Raises ValidationError when it was merged: its heir goes on."""
        if self.merged_into is not None:
            raise ValidationError(
                f"{self} was merged into {self.merged_into}, so it cannot be reopened. "
                "Add a new one instead."
            )
        super().reopen(by=by, at=at)

    def refuse_merge(self, *, into: Self) -> None:
        """Raise ValidationError, saying what to do, when it cannot be merged into the other."""
        if self.pk == into.pk:
            raise ValidationError("It cannot be merged into itself. Choose another.")
        if self.merged_into is not None:
            raise ValidationError(f"{self} was merged into {self.merged_into} already.")
        if into.is_closed:
            raise ValidationError(f"{into} is closed. Reopen it first, or choose another.")
        for refuse in self.refusals:
            refuse(self)

    @transaction.atomic
    def merge(self, *, into: Self, by: "User", at: datetime | None = None) -> None:
        """Close it for good and let another go on: its posts end, what is current moves there.

        What was published stays as it is. A second time does nothing. Raises ValidationError as
        `refuse_merge` does.
        """
        moment = at or clock.now()
        self.hold_people()
        hold(type(self).objects.filter(pk__in=[self.pk, into.pk]))
        self.refresh_from_db()
        into.refresh_from_db()
        if self.merged_into == into:
            return
        self.refuse_merge(into=into)
        day = clock.local(moment).date()
        for post in self.posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)):
            last = max(day, post.starts_on)
            post.redate(starts_on=post.starts_on, ends_on=last, by=by, at=moment)
        self.hand_on(into=into, by=by, at=moment)
        self.merged_into = into
        if not self.is_closed:
            self.closed_at, self.closed_by = moment, by
        with changing(self, by=by, at=moment):
            self.save(update_fields=["merged_into", "closed_at", "closed_by"])
        Event.objects.record(
            by=by, verb="merged", thing=self, name=f"{self} into {into}", at=moment
        )

    def hold_people(self) -> None:
        """Hold whoever a merger moves, before what is merged: people come first."""

    def hand_on(self, *, into: Self, by: "User", at: datetime) -> None:
        """Move what is current to the heir; each kind says what that is beside its posts."""


class PastName(models.Model):
    """A name that something had until somebody changed it."""

    name = models.CharField(max_length=120)
    until = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return self.name
