"""The people who work here."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import Exists, Expression, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower, Trim
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ddat import clock
from ddat.prose import clean_line
from people.mail import moved_mail, send_later
from people.models.events import Event
from people.models.grants import Role, RoleGrant
from people.models.history import History
from people.models.teams import Team
from people.slugs import SLUG_LENGTH, free_slug

EMAIL_TAKEN = "Somebody with this email address is here already."
# What decides whether somebody gets in: each is changed by a verb of its own.
ACCESS = {"password", "last_login", "is_superuser", "leaves_on", "session_number"}
OWN_EMAIL = "You cannot change your own email address. Ask another admin to do it."


class StartPage(models.TextChoices):
    """Where somebody wants to begin after signing in."""

    HOME = "home", "Home"
    MINE = "mine", "My updates"


class UserQuerySet(models.QuerySet["User"]):
    """People, asked by name, role and whether they still work here."""

    def with_rights(self, at: datetime | Expression | None = None) -> "UserQuerySet":
        """Each person with their roles (now), so that asking for them costs no further query."""
        grants = RoleGrant.objects.filter(person=OuterRef("pk"))
        open_grants = grants.lasting_beyond(at or clock.now())
        return self.annotate(
            has_editor_grant=Exists(open_grants.filter(role=Role.EDITOR)),
            has_admin_grant=Exists(open_grants.filter(role=Role.ADMIN)),
        )

    def active(self, on: date | None = None) -> "UserQuerySet":
        """People who work here on the day (today unless given)."""
        day = on or clock.today()
        return self.filter(Q(leaves_on__isnull=True) | Q(leaves_on__gt=day))

    def staying(self) -> "UserQuerySet":
        """People who work here, and of whom nobody knows that they will leave."""
        return self.filter(leaves_on__isnull=True)

    def leaving(self) -> "UserQuerySet":
        """People who work here and will leave on a coming day."""
        return self.filter(leaves_on__gt=clock.today())

    def left(self) -> "UserQuerySet":
        """People who no longer work here."""
        return self.filter(leaves_on__lte=clock.today())

    def who_did_something(self) -> "UserQuerySet":
        """People of whom the record tells something."""
        return self.filter(Exists(Event.objects.filter(by=OuterRef("pk"))))

    def known_by(self, email: str) -> "UserQuerySet":
        """Whoever has this address, in whatever case, here or in allauth's own record."""
        rows = EmailAddress.objects.filter(email__iexact=email, user=OuterRef("pk"))
        return self.filter(Q(email=email.lower()) | Exists(rows))

    def named(self, names: Iterable[str]) -> "UserQuerySet":
        """People called by one of these names in full, such as "Sam Okafor"."""
        full_name = Trim(Concat("forename", Value(" "), "surname"))
        return self.alias(full_name=full_name).filter(full_name__in=list(names))

    def by_name(self) -> "UserQuerySet":
        """In the order of a phone list."""
        return self.order_by("surname", "forename", "id")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Adds people, with their email address in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add a person. Without a password they cannot sign in by password."""
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add somebody who may enter the admin to make the first admin there."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        """The person with this email address, in any case."""
        user: User = self.get(email=(email or "").lower())
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. They sign in by email; what they may do follows from their grants and posts."""

    email = models.EmailField(
        "work email",
        unique=True,
        error_messages={"unique": EMAIL_TAKEN},
    )
    forename = models.CharField(max_length=100)
    surname = models.CharField(
        max_length=100, blank=True, help_text="Leave empty for somebody with one name."
    )
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        editable=False,
        help_text="Stands in addresses. Set once, from the first name, and never reused.",
    )
    job_title = models.CharField(max_length=150, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="people")
    leaves_on = models.DateField(
        "leaves on",
        null=True,
        blank=True,
        editable=False,
        help_text="The first day they are no longer here. Empty while nobody knows of one.",
    )
    start_page = models.CharField(
        "after signing in", max_length=10, choices=StartPage.choices, default=StartPage.HOME
    )
    shows_email = models.BooleanField("show my email address on my page", default=True)
    date_joined = models.DateTimeField("added", default=clock.now, editable=False)
    session_number = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Signed into every cookie and mailed link: those with another number are dead.",
    )

    objects = UserManager()
    history = History(
        excluded_fields=["password", "last_login", "session_number", "start_page", "shows_email"],
        cascade_delete_history=True,  # somebody added by mistake goes altogether
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["forename", "surname"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["surname", "forename", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=EMAIL_TAKEN,
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower(F("email"))), name="user_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, giving a new person their slug: from the name alone, never from the email.

        What decides over access is left as it is, unless it is named or a password was just set:
        an older copy of the row must not turn it back.
        """
        if not self.password:
            self.set_unusable_password()
        if not self.slug:
            self.slug = free_slug(User, self.name, otherwise="person")
        if not self._state.adding and kwargs.get("update_fields") is None:
            deferred = self.get_deferred_fields()
            kwargs["update_fields"] = {
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.attname not in deferred
            } - (ACCESS - {"password"} if vars(self).get("_password") else ACCESS)  # Django's own
        super().save(*args, **kwargs)

    @transaction.atomic
    def change_email(self, to: str, *, by: "User", at: datetime | None = None) -> None:
        """Give them another email address; they sign in again, with it. The same one does nothing.

        Links mailed before are dead, and the old address is mailed what was done. Raises
        ValidationError for one's own address, for one that is none, and for one that somebody
        has, in whatever case.
        """
        if by.pk == self.pk:
            raise ValidationError(OWN_EMAIL)
        validate_email(email := to.strip().lower())
        person = User.objects.select_for_update().get(pk=self.pk)
        if email == person.email:
            return
        if User.objects.exclude(pk=self.pk).known_by(email).exists():
            raise ValidationError(EMAIL_TAKEN)
        old, self.email = person.email, email
        self.save(update_fields=["email"])
        self._let_allauth_follow()
        self.end_sessions()
        what = f"{self}, from {old} to {email}"
        Event.objects.record(by=by, verb="changed the email of", thing=self, name=what, at=at)
        message = moved_mail(self, old=old, by=by)
        transaction.on_commit(lambda: send_later(message))

    def _let_allauth_follow(self) -> None:
        """Allauth's own record of the address, where it keeps one, says the same: one row."""
        rows = EmailAddress.objects.filter(user=self)
        kept = rows.order_by("-primary", "pk").first()
        if kept:
            rows.exclude(pk=kept.pk).delete()
            rows.update(email=self.email, primary=True, verified=True)

    def end_sessions(self) -> None:
        """End every session of theirs, and every link mailed to them, for ever."""
        User.objects.filter(pk=self.pk).update(session_number=F("session_number") + 1)
        self.refresh_from_db(fields=["session_number"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, of the password and the session number."""
        signed = f"{self.session_number}:{self.password}"
        return salted_hmac("people.User", signed, secret=secret, algorithm="sha256").hexdigest()

    def get_absolute_url(self) -> str:
        """The page about them."""
        return reverse("weeknotes:person", args=[self.slug])

    def clean(self) -> None:
        """Lower the email's case and tidy the names."""
        super().clean()
        self.email = self.email.strip().lower()
        self.forename = clean_line(self.forename)
        self.surname = clean_line(self.surname)
        self.job_title = clean_line(self.job_title)

    @property
    def name(self) -> str:
        """The name as it is shown: forename, then surname."""
        return clean_line(f"{self.forename} {self.surname}")

    def get_full_name(self) -> str:
        """The name as it is shown, for Django."""
        return self.name

    def get_short_name(self) -> str:
        """The forename, for Django."""
        return self.forename

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django's is a column
        """Whether they work here today; asked by Django and allauth before anybody is let in."""
        return self.leaves_on is None or clock.today() < self.leaves_on

    def refuse_leaver(self) -> None:
        """Raise ValidationError when they have left, or will leave on a coming day."""
        if self.leaves_on is None:
            return
        if not self.is_active:
            raise ValidationError(f"{self} has left. Choose somebody who works here.")
        day = clock.day(self.leaves_on)
        raise ValidationError(f"{self} leaves on {day}. Choose somebody who stays.")

    @property
    def is_editor(self) -> bool:
        """Whether they compose and publish digests."""
        return self._has_role(Role.EDITOR)

    @property
    def is_admin(self) -> bool:
        """Whether they manage people and settings."""
        return self._has_role(Role.ADMIN)

    @property
    def is_staff(self) -> bool:
        """What Django calls somebody who may enter the admin."""
        return self.is_admin

    def _has_role(self, role: Role) -> bool:
        """Read the role from `with_rights()` when it was asked there, else ask now."""
        annotated: bool | None = getattr(self, f"has_{role.value}_grant", None)
        if annotated is not None:
            return annotated
        return RoleGrant.objects.open().filter(person=self.pk, role=role).exists()
