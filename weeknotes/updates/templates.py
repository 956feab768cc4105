"""Which sections a subject's update starts with, set by an admin without code."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from people.models import Team
from people.models.teams import LAST_PLACE
from projects.models import Product, Project
from weeknotes.content.kinds import KINDS

KIND_CHOICES = [(kind, section.label) for kind, section in KINDS.items()]


class UpdateTemplate(models.Model):
    """The sections that an update starts with."""

    class Starts(models.TextChoices):
        """Whose updates start from a template when no other is chosen for them."""

        CHOSEN = "", "Only those chosen below"
        PROJECTS = "projects", "Every project with no template of its own"
        TEAMS = "teams", "Every team with no template of its own"

    name = models.CharField(max_length=100, unique=True)
    starts = models.CharField(
        "used by",
        max_length=8,
        choices=Starts.choices,
        default=Starts.CHOSEN,
        blank=True,
        help_text="One template can serve all projects, and one all teams.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["starts"], condition=~Q(starts=""), name="one_default_template_each"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UpdateTemplateSection(models.Model):
    """One section of an update template."""

    template = models.ForeignKey(UpdateTemplate, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(LAST_PLACE)], help_text="Smallest first."
    )
    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    heading = models.CharField(
        max_length=200, blank=True, help_text="The house heading, such as “Looking ahead”."
    )
    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Only where the section is about one product.",
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.heading or self.get_kind_display()


class TemplateUse(models.Model):
    """That one team's or project's updates start from a template."""

    template = models.ForeignKey(UpdateTemplate, on_delete=models.CASCADE, related_name="uses")
    team = models.OneToOneField(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="template_use"
    )
    project = models.OneToOneField(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="template_use"
    )

    class Meta:
        verbose_name = "team or project that starts from this"
        verbose_name_plural = "teams and projects that start from this"
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=True) ^ Q(project__isnull=True),
                name="template_use_has_one_subject",
                violation_error_message="Choose a team or a project, not both.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.team or self.project)
