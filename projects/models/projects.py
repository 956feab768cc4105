"""Projects, and who owns them."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from ddat import clock
from people.models import Post, PostQuerySet, Team, User
from people.slugs import SLUG_LENGTH, free_slug
from projects.models.closing import Closeable, CloseableQuerySet

RESERVED_SLUGS = frozenset({"status"})  # /projects/status/ is to be the board


class ProjectQuerySet(CloseableQuerySet):
    """Projects, asked by who writes for them and when."""

    def unpaused(self, on: date | None = None) -> "ProjectQuerySet":
        """Projects that are not paused on the day (today unless given)."""
        day = on or clock.today()
        return self.filter(Q(paused_until__isnull=True) | Q(paused_until__lt=day))

    def written_by(self, user: User, on: date | None = None) -> "ProjectQuerySet":
        """Projects that `user` owns on the day (today unless given), and so writes for."""
        posts = ProjectPost.objects.held_on(on or clock.today())
        return self.filter(Exists(posts.filter(person=user, project=OuterRef("pk"))))


class Project(Closeable):
    """A project of a team, told about every week unless it is paused or closed."""

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

    class Meta(Closeable.Meta):
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


class ProjectPostQuerySet(PostQuerySet):
    """Who owns which project."""

    def appoint(
        self,
        *,
        project: Project,
        person: User,
        by: User,
        on: date | None = None,
        at: datetime | None = None,
    ) -> "ProjectPost":
        """Make `person` the project's owner from `on` (today unless given), ending the present one.

        Appointing the present owner again does nothing. Raises ValidationError when the present
        owner began after that day, or when another post covers it or a later one.
        """
        post: ProjectPost = self._appoint(project, person=person, by=by, on=on, at=at)
        return post


class ProjectPost(Post):
    """Who owns a project, from when to when."""

    SUBJECT = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="posts")

    objects = ProjectPostQuerySet.as_manager()

    class Meta(Post.Meta):
        verbose_name = "project owner"
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(ends_on__isnull=True),
                name="one_open_owner_per_project",
                violation_error_message="This project has an owner. End that post first.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_post_ends_after_it_starts",
                violation_error_message="It cannot end before its first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, owner of {self.project}"
