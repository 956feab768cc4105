"""Who may compose and publish, and who manages people and settings."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Expression, F, Q

from ddat import clock
from people.models.events import Event

if TYPE_CHECKING:
    from people.models.users import User


class Role(models.TextChoices):
    """Two roles side by side; neither contains the other."""

    EDITOR = "editor", "Editor"
    ADMIN = "admin", "Admin"


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants of roles; the way to give one."""

    def open(self) -> "RoleGrantQuerySet":
        """Grants that hold now; one may be known to end on a coming day."""
        return self.lasting_beyond(clock.now())

    def ended(self) -> "RoleGrantQuerySet":
        """Grants that no longer hold."""
        return self.filter(ended_at__lte=clock.now())

    def lasting_beyond(self, moment: datetime | Expression) -> "RoleGrantQuerySet":
        """Grants that will still hold after a moment."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment))

    def lasting(self) -> "RoleGrantQuerySet":
        """Grants without an end, of people of whom nobody knows that they will leave."""
        staying = get_user_model().objects.staying()
        return self.filter(ended_at__isnull=True, person__in=staying)

    def with_people(self) -> "RoleGrantQuerySet":
        """Each with whose it is, who gave it and who ended it at hand."""
        return self.select_related("person", "granted_by", "ended_by")

    def hold(self) -> None:
        """Take every grant that has no end, in one order, till the transaction ends.

        Two admins who end each other's role at one moment then come one after the other.
        """
        list(self.filter(ended_at__isnull=True).order_by("pk").select_for_update())

    def refuse_own(self, *, person: "User", role: str, by: "User") -> None:
        """Raise ValidationError when `by` would give themselves a role.

        A superuser may make themselves the first admin, as somebody has to be.
        """
        if person.pk != by.pk:
            return
        here = get_user_model().objects.active()
        admins = self.open().filter(role=Role.ADMIN, person__in=here)
        if by.is_superuser and role == Role.ADMIN and not admins.exists():
            return
        raise ValidationError("You cannot give yourself a role. Ask another admin to do it.")

    @transaction.atomic
    def grant(
        self, *, person: "User", role: str, by: "User", at: datetime | None = None
    ) -> "RoleGrant":
        """Give `person` a role. One they have already stays as it is.

        Raises ValidationError when `by` would give it to themselves, or `person` is a leaver.
        """
        self.refuse_own(person=person, role=role, by=by)
        people = get_user_model().objects.select_for_update(no_key=True)
        people.get(pk=person.pk).refuse_leaver()  # one at a time
        present = self.filter(person=person, role=role, ended_at__isnull=True).first()
        if present is not None:
            return present
        grant = self.create(
            person=person, role=Role(role), granted_by=by, granted_at=at or clock.now()
        )
        Event.objects.record(by=by, verb="granted", thing=grant, at=grant.granted_at)
        return grant


class RoleGrant(models.Model):
    """A role somebody was given, by whom and when; and, once ended, by whom and when."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_grants")
    role = models.CharField(
        max_length=10,
        choices=Role.choices,
        help_text="An editor composes and publishes digests. "
        "An admin manages people, projects and settings.",
    )
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["granted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(ended_at__isnull=True),
                name="one_open_grant_per_person_and_role",
                violation_error_message="This person has the role already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="role_grant_ended_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="role_grant_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()}"

    @transaction.atomic
    def end(self, *, by: "User", on: date | None = None, at: datetime | None = None) -> None:
        """Take the role away at once, or from a coming day `on`. A second time does nothing.

        Raises ValidationError when `by` would take it from themselves, or when it is the last of
        its role: no slip of the hand leaves the house without an admin or an editor.
        """
        if by.pk == self.person_id:
            raise ValidationError("You cannot end your own role. Ask another admin to do it.")
        moment = at or clock.now()
        ended_at = max(moment, clock.start_of(on)) if on else moment
        RoleGrant.objects.hold()
        self._refuse_last()
        still_open = RoleGrant.objects.lasting_beyond(ended_at).filter(pk=self.pk)
        if still_open.update(ended_by=by, ended_at=ended_at):
            Event.objects.record(by=by, verb="ended", thing=self, at=moment)
        self.refresh_from_db(fields=["ended_by", "ended_at"])

    def _refuse_last(self) -> None:
        lasting = RoleGrant.objects.lasting().filter(role=self.role)
        if list(lasting.values_list("pk", flat=True)) == [self.pk]:
            role = self.get_role_display().lower()
            raise ValidationError(
                f"{self.person} is the last {role}. Make somebody else an {role} first."
            )
