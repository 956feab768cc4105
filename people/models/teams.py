"""Teams, and who leads them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import IsNull
from django.urls import reverse

from ddat import clock
from people.holding import hold
from people.models.history import History, changing
from people.models.names import Named, NamedQuerySet, PastName
from people.models.posts import Post, PostQuerySet, post_constraints, post_field
from people.slugs import SLUG_LENGTH, free_slug

if TYPE_CHECKING:
    from people.models.users import User


LAST_PLACE = 32_767  # the most that such a column holds on PostgreSQL; on SQLite it holds more


class TeamQuerySet(NamedQuerySet):
    """Teams, asked by their place in the house and who writes for them."""

    def directorate(self) -> "Team":
        """The one team above all others. Raises Team.DoesNotExist before it is made."""
        team: Team = self.get(parent__isnull=True)
        return team

    def reporting(self, on: date | None = None) -> "TeamQuerySet":
        """Teams not closed by the end of the day (today) that are expected to tell their week."""
        return self.active(on).filter(is_reporting=True)

    def written_by(self, user: "User", on: date | None = None) -> "TeamQuerySet":
        """Teams that `user` leads or is a deputy of on the day (today unless given)."""
        posts = TeamPost.objects.held_on(on or clock.today())
        return self.filter(Exists(posts.filter(person=user, team=OuterRef("pk"))))


class Team(Named):
    """A team of the directorate, or the directorate itself, which alone has no parent."""

    NAMES = ("name", "short_name")

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        editable=False,
        help_text="Stands in addresses. Set once, from the first name, and never reused.",
    )
    short_name = models.CharField(
        max_length=60, blank=True, help_text="For narrow places, such as “Web”. May be empty."
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name="belongs to",
        help_text="The team it is part of. Only the directorate is part of none.",
    )
    house_order = models.PositiveSmallIntegerField(
        "order in the digest",
        default=100,
        validators=[MaxValueValidator(LAST_PLACE)],
        help_text="Where it stands in the digest: low numbers first.",
    )
    is_reporting = models.BooleanField(
        "reports",
        default=True,
        help_text="An update is expected from it for every digest.",
    )

    objects = TeamQuerySet.as_manager()
    history = History()

    class Meta(Named.Meta):
        ordering = ["house_order", "name", "id"]
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(
                IsNull(F("parent"), True),
                condition=Q(parent__isnull=True),
                name="only_the_directorate_lacks_a_parent",
                violation_error_message="Choose the team it belongs to. "
                "Only the directorate has none.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="team_is_not_its_own_parent",
                violation_error_message="A team cannot belong to itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, giving a new team its slug."""
        if not self.slug:
            self.slug = free_slug(Team, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page about it."""
        return reverse("weeknotes:team", args=[self.slug])

    def clean(self) -> None:
        """Raise ValidationError when the parent stands below this team."""
        for above in self.ancestors() if self.pk else ():
            if above.parent_id == self.pk:
                message = f"{self.parent} belongs to this team. Choose another."
                raise ValidationError({"parent": message})

    def ancestors(self) -> Iterator["Team"]:
        """The team it belongs to, the one that belongs to, and so on; each once, even in a circle.

        Two admins who put two teams below each other at one moment could make one.
        """
        above, seen = self.parent, {self.pk}
        while above is not None and above.pk not in seen:
            yield above
            seen.add(above.pk)
            above = above.parent

    @property
    def house_heading(self) -> str:
        """The heading its update carries unless the writer changes it."""
        return self.name

    def close(self, *, by: "User", at: datetime | None = None) -> None:
        """Close it: no update is expected any more. Raises ValidationError for the directorate."""
        if self.parent_id is None:
            raise ValidationError(f"{self} is the directorate itself. It cannot be closed.")
        super().close(by=by, at=at)

    def refuse_merge(self, *, into: "Team") -> None:
        """Raise ValidationError, saying what to do, when it cannot be merged into the other."""
        if self.parent_id is None:
            raise ValidationError(f"{self} is the directorate itself. It cannot be merged.")
        super().refuse_merge(into=into)
        if self in into.ancestors():
            raise ValidationError(f"{into} belongs to {self}. Let it belong to another team first.")
        taken = {name.casefold() for name in into.products.values_list("name", flat=True)}
        for product in self.products.filter(closed_at__isnull=True):
            if product.name.casefold() in taken:
                raise ValidationError(f"Both teams have a product “{product}”. Rename one first.")

    def hold_people(self) -> None:
        """Hold its people."""
        hold(self.people.all())

    def hand_on(self, *, into: "Team", by: "User", at: datetime) -> None:
        """Let its people, and the open teams, projects and products it has, belong to the heir."""
        for things, field in (
            (self.people.all(), "team"),
            (self.teams.filter(closed_at__isnull=True), "parent"),
            (self.projects.filter(closed_at__isnull=True), "team"),
            (self.products.filter(closed_at__isnull=True), "team"),
        ):
            for thing in things:
                setattr(thing, field, into)
                with changing(thing, by=by, at=at):
                    thing.save(update_fields=[field])


class TeamName(PastName):
    """What a team was called until it was renamed."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="past_names")
    short_name = models.CharField(max_length=60, blank=True)

    class Meta(PastName.Meta):
        verbose_name = "former name"


class TeamPost(Post):
    """Who leads a team or stands in for its lead, from when to when."""

    SUBJECT = "team"

    team = models.ForeignKey(Team, models.PROTECT, related_name="posts")
    post = post_field("lead")

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = "team lead or deputy"
        verbose_name_plural = "team leads and deputies"
        constraints = post_constraints("team", "lead")
