"""Projects and products in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from people.admin.posts import PostAdmin, PostFilter, PostInline, appoint_all, holder, with_holder
from people.admin_site import PortalInline, PortalModelAdmin
from projects.importing import ImportsProjects
from projects.models import Metric, Product, Project, ProjectPost, Workstream


class ClosedFilter(admin.SimpleListFilter):
    """Open or closed."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The two states."""
        return [("open", "Open"), ("closed", "Closed")]

    def queryset(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """Those in the chosen state; all when none is chosen."""
        if self.value() not in {"open", "closed"}:
            return rows
        return rows.filter(closed_at__isnull=self.value() == "open")


class CloseableAdmin(PortalModelAdmin):
    """Closing and reopening from the list, through the verbs that write it down."""

    readonly_fields = ["closed_at", "closed_by"]
    actions = ["close_selected", "reopen_selected"]
    closed_words = "Closed."

    @admin.action(description="Close selected")
    def close_selected(self, request: Any, rows: QuerySet) -> None:
        """Close each that is open."""
        for row in rows.filter(closed_at__isnull=True):
            row.close(by=request.user)
            self.log_change(request, row, "Closed.")
        self.message_user(request, self.closed_words, messages.SUCCESS)

    @admin.action(description="Reopen selected")
    def reopen_selected(self, request: Any, rows: QuerySet) -> None:
        """Reopen each that is closed."""
        for row in rows.filter(closed_at__isnull=False):
            row.reopen(by=request.user)
            self.log_change(request, row, "Reopened.")
        self.message_user(request, "Reopened.", messages.SUCCESS)


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
class ProjectAdmin(ImportsProjects, CloseableAdmin):
    """Projects: who owns them, whether they are paused, their workstreams and metrics."""

    list_display = ["name", "code", "team", "owner", "paused_until", "closed_at"]
    list_filter = [ClosedFilter, "team"]
    list_select_related = ["team"]
    search_fields = ["name", "code"]
    fields = ["name", "slug", "code", "team", "paused_until", "closed_at", "closed_by"]
    readonly_fields = ["slug", *CloseableAdmin.readonly_fields]
    closed_words = "Closed. No update is expected any more."
    inlines = [ProjectPostInline, WorkstreamInline, MetricInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_holder(super().get_queryset(request), ProjectPost)

    @admin.display(description="owner")
    def owner(self, project: Project) -> str:
        """Who owns the project now, or that nobody does."""
        return holder(project)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Appoint owners through their verb; save workstreams and metrics as they are."""
        if formset.model is ProjectPost:
            appoint_all(formset, by=request.user)
        else:
            formset.save()


@admin.register(ProjectPost)
class ProjectPostAdmin(PostAdmin):
    """Who owned which project or stood in for its owner, from when to when."""

    list_display = ["project", "title", "person", "starts_on", "ends_on"]
    list_filter = [PostFilter, ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["project", "person"]


@admin.register(Product)
class ProductAdmin(CloseableAdmin):
    """Products: what teams look after."""

    list_display = ["name", "team", "closed_at"]
    list_filter = [ClosedFilter, "team"]
    list_select_related = ["team"]
    search_fields = ["name"]
    fields = ["name", "team", "closed_at", "closed_by"]
