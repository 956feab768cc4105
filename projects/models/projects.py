"""Projects, and who owns them."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from ddat import clock
from people.models import (
    History,
    Named,
    NamedQuerySet,
    PastName,
    Post,
    PostQuerySet,
    Team,
    User,
    post_constraints,
    post_field,
)
from people.slugs import SLUG_LENGTH, free_slug

# /projects/status/ is to be the board; /projects/export/ is where the list is taken as a file.
RESERVED_SLUGS = frozenset({"export", "status"})


class ProjectQuerySet(NamedQuerySet):
    """Projects, asked by who writes for them and when."""

    def unpaused(self, on: date | None = None) -> "ProjectQuerySet":
        """Projects that are not paused on the day (today unless given)."""
        day = on or clock.today()
        return self.filter(Q(paused_until__isnull=True) | Q(paused_until__lt=day))

    def written_by(self, user: User, on: date | None = None) -> "ProjectQuerySet":
        """Projects that `user` owns or is a deputy of on the day (today unless given)."""
        posts = ProjectPost.objects.held_on(on or clock.today())
        return self.filter(Exists(posts.filter(person=user, project=OuterRef("pk"))))


class Project(Named):
    """A project of a team, told about every week unless it is paused or closed."""

    NAMES = ("name", "code")

    name = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        editable=False,
        help_text="Stands in addresses. Set once, from the first name, and never reused.",
    )
    code = models.CharField(max_length=20, blank=True, help_text="Such as PR910B. May be empty.")
    team = models.ForeignKey(Team, models.PROTECT, related_name="projects")
    paused_until = models.DateField(
        null=True,
        blank=True,
        help_text="The last day of a pause, such as 29/05/2026. No update is expected until then.",
    )

    objects = ProjectQuerySet.as_manager()
    history = History()

    class Meta(Named.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.house_heading

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, giving a new project its slug."""
        if not self.slug:
            self.slug = free_slug(Project, self.name, reserved=RESERVED_SLUGS)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page about it."""
        return reverse("weeknotes:project", args=[self.slug])

    @property
    def house_heading(self) -> str:
        """The heading its update carries unless the writer changes it: code, then name."""
        return f"{self.code} {self.name}".strip()

    def hand_on(self, *, into: "Project", by: User, at: datetime) -> None:
        """Let its open workstreams and its metrics belong to the heir.

        Where the heir has one of the name, its own goes on: this workstream is closed, and this
        metric stays as a record.
        """
        known = {strand.name.casefold() for strand in into.workstreams.active()}
        for strand in self.workstreams.active():
            if strand.name.casefold() in known:
                strand.closed_on = clock.local(at).date()
            else:
                strand.project = into
            strand.save()
        known = {metric.name.casefold() for metric in into.metrics.all()}
        for metric in self.metrics.all():
            if metric.name.casefold() not in known:
                metric.project = into
                metric.save()


class ProjectName(PastName):
    """What a project was called until it was renamed, or given another code."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="past_names")
    code = models.CharField(max_length=20, blank=True)

    class Meta(PastName.Meta):
        verbose_name = "former name"

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class ProjectPost(Post):
    """Who owns a project or stands in for its owner, from when to when."""

    SUBJECT = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="posts")
    post = post_field("owner")

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = "project owner or deputy"
        verbose_name_plural = "project owners and deputies"
        constraints = post_constraints("project", "owner")
