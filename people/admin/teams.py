"""Teams and their leads in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from people.admin.closing import ClosedFilter
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
from people.models import Team, TeamPost


class TeamPostInline(PostInline):
    """Who leads the team and who stands in, on the team's page."""

    model = TeamPost
    verbose_name_plural = "Lead and deputies"


@admin.register(Team)
class TeamAdmin(NamedAdmin):
    """Teams: their names, where they stand in the house, and who leads them."""

    list_display = ["name", "parent", "lead", "is_reporting", "state"]
    list_filter = [ClosedFilter, VacantFilter, "is_reporting"]
    list_select_related = ["parent", "merged_into"]
    search_fields = ["name", "short_name", "past_names__name", "past_names__short_name"]
    ordering = ["house_order", "name", "id"]
    search_help_text = "Search by a name the team has or once had."
    fields = [
        "name",
        "slug",
        "short_name",
        "former_names",
        "lead",
        "parent",
        "house_order",
        "is_reporting",
        "state",
    ]
    readonly_fields = [*NamedAdmin.readonly_fields, "lead"]
    closed_words = "Closed. No update is expected any more."
    inlines = [TeamPostInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_holder(super().get_queryset(request), TeamPost)

    @admin.display(description="lead")
    def lead(self, team: Team) -> str:
        """Who leads the team now, or that nobody does."""
        return holder(team)

    def what_moves(self, team: Team) -> str:
        """Its people, and what it has that is open."""
        return taken_over(
            (team.people.count(), "person", "people"),
            (team.teams.active().count(), "open team", "open teams"),
            (team.projects.active().count(), "open project", "open projects"),
            (team.products.active().count(), "open product", "open products"),
        )

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Appoint through the verb that ends the present lead's post and writes it down."""
        appoint_all(formset, by=request.user)


@admin.register(TeamPost)
class TeamPostAdmin(PostAdmin):
    """Who led which team or stood in for its lead, from when to when."""

    list_display = ["team", "post", "person", "starts_on", "ends_on"]
    list_filter = [HeldFilter, PostFilter, "team"]
    list_select_related = ["team", "person"]
