"""Teams and their leads in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from people.admin.posts import PostAdmin, PostFilter, PostInline, appoint_all, holder, with_holder
from people.admin_site import PortalModelAdmin
from people.models import Team, TeamPost


class TeamPostInline(PostInline):
    """Who leads the team and who stands in, on the team's page."""

    model = TeamPost
    verbose_name_plural = "Lead and deputies"


@admin.register(Team)
class TeamAdmin(PortalModelAdmin):
    """Teams: their names, where they stand in the house, and who leads them."""

    list_display = ["name", "short_name", "parent", "lead", "house_order", "is_reporting"]
    list_filter = ["is_reporting"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name"]
    fields = ["name", "slug", "short_name", "parent", "house_order", "is_reporting"]
    readonly_fields = ["slug"]
    inlines = [TeamPostInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_holder(super().get_queryset(request), TeamPost)

    @admin.display(description="lead")
    def lead(self, team: Team) -> str:
        """Who leads the team now, or that nobody does."""
        return holder(team)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Appoint through the verb that ends the present lead's post and writes it down."""
        appoint_all(formset, by=request.user)


@admin.register(TeamPost)
class TeamPostAdmin(PostAdmin):
    """Who led which team or stood in for its lead, from when to when."""

    list_display = ["team", "title", "person", "starts_on", "ends_on"]
    list_filter = [PostFilter, "team", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["team", "person"]
