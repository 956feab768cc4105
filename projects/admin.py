"""Projects and products in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from people.admin.closing import CloseableAdmin, ClosedFilter
from people.admin.names import NamedAdmin, taken_over
from people.admin.posts import (
    HeldFilter,
    PostAdmin,
    PostFilter,
    PostInline,
    VacantFilter,
    appoint_all,
    holder,
    with_holder,
)
from people.admin_site import PortalInline
from people.models import Event
from projects.importing import ImportsProjects
from projects.models import Metric, Product, Project, ProjectPost, Workstream

SAME_NAME = (
    "Where the other already has one of the same name, this one stays here as a record and the "
    "other’s is used."
)


class ProjectPostInline(PostInline):
    """Who owns the project and who stands in, on the project's page."""

    model = ProjectPost
    verbose_name_plural = "Owner and deputies"


class WorkstreamInline(PortalInline):
    """The workstreams of a project, on its page."""

    model = Workstream
    fields = ["name", "position", "closed_on"]
    is_deletable = can_delete = True  # until something refers to it


class MetricInline(PortalInline):
    """The metrics of a project, on its page."""

    model = Metric
    fields = ["name", "unit", "good_direction", "decimals", "position"]
    is_deletable = can_delete = True  # until something refers to it


@admin.register(Project)
class ProjectAdmin(ImportsProjects, NamedAdmin):
    """Projects: who owns them, whether they are paused, their workstreams and metrics."""

    list_display = ["name", "code", "team", "owner", "paused_until", "state"]
    list_filter = [ClosedFilter, VacantFilter, "team"]
    list_select_related = ["team", "merged_into"]
    search_fields = ["name", "code", "past_names__name", "past_names__code"]
    search_help_text = "Search by a name or code the project has or once had."
    fields = ["name", "slug", "code", "former_names", "owner", "team", "paused_until", "state"]
    readonly_fields = [*NamedAdmin.readonly_fields, "owner"]
    closed_words = "Closed. No update is expected any more."
    inlines = [ProjectPostInline, WorkstreamInline, MetricInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_holder(super().get_queryset(request), ProjectPost)

    @admin.display(description="owner")
    def owner(self, project: Project) -> str:
        """Who owns the project now, or that nobody does."""
        return holder(project)

    def what_moves(self, project: Project) -> str:
        """Its open workstreams and its metrics."""
        moved = taken_over(
            (project.workstreams.active().count(), "open workstream", "open workstreams"),
            (project.metrics.count(), "metric", "metrics"),
        )
        return f"{moved} {SAME_NAME}" if moved.startswith("These") else moved

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Appoint owners through their verb; save workstreams and metrics as they are."""
        if formset.model is ProjectPost:
            appoint_all(formset, by=request.user)
        else:
            formset.save()
            if change and formset.has_changed():
                what = f"{form.instance}, {formset.model._meta.verbose_name_plural}"  # noqa: SLF001
                Event.objects.record(
                    by=request.user, verb="changed", thing=form.instance, name=what
                )


@admin.register(ProjectPost)
class ProjectPostAdmin(PostAdmin):
    """Who owned which project or stood in for its owner, from when to when."""

    list_display = ["project", "post", "person", "starts_on", "ends_on"]
    list_filter = [HeldFilter, PostFilter]
    list_select_related = ["project", "person"]


@admin.register(Product)
class ProductAdmin(CloseableAdmin):
    """Products: what teams look after."""

    list_display = ["name", "team", "state"]
    list_filter = [ClosedFilter, "team"]
    list_select_related = ["team"]
    search_fields = ["name", "team__name"]
    fields = ["name", "team", "state"]
