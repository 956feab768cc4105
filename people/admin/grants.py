"""Role grants in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from ddat import clock
from people.admin.forms import EveryConstraintForm, choose_active
from people.admin_site import PortalModelAdmin
from people.models import RoleGrant, User


class RoleGrantForm(EveryConstraintForm):
    """Who gets which role."""

    by: User

    def clean(self) -> dict[str, Any] | None:
        """Refuse to let somebody give themselves a role, or a leaver one."""
        data = super().clean() or {}
        person, role = data.get("person"), data.get("role")
        if person and role:
            RoleGrant.objects.refuse_own(person=person, role=role, by=self.by)
            try:
                person.refuse_leaver()
            except ValidationError as error:
                self.add_error("person", error)
        return data


@admin.register(RoleGrant)
class RoleGrantAdmin(PortalModelAdmin):
    """Who has which role, by whom and since when. A grant is ended, never changed or deleted."""

    form = RoleGrantForm
    list_display = ["person", "role", "granted_by", "granted", "ended_by", "ended"]
    list_filter = ["role", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "granted_by", "ended_by"]
    search_fields = ["person__forename", "person__surname", "person__email"]
    ordering = ["-granted_at", "-id"]
    actions = ["end_selected"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was granted stays as it was granted."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Two questions to grant one; by whom and when follow by themselves."""
        fields = ["person", "role"]
        return [*fields, "granted_by", "granted", "ended_by", "ended"] if obj else fields

    @admin.display(description="granted at", ordering="granted_at")
    def granted(self, grant: RoleGrant) -> str:
        """When it was given: "Monday 18 May at 9am"."""
        return clock.moment(grant.granted_at)

    @admin.display(description="ended at", ordering="ended_at")
    def ended(self, grant: RoleGrant) -> str | None:
        """When it ended or will end; None while that is not known."""
        return clock.moment(grant.ended_at) if grant.ended_at else None

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **choose_active(db_field, kwargs)
        )

    def save_model(self, request: Any, obj: RoleGrant, form: Any, change: bool) -> None:
        """Grant through the verb that writes it down."""
        grant = RoleGrant.objects.grant(person=obj.person, role=obj.role, by=request.user)
        obj.pk = grant.pk

    @admin.action(description="End selected grants")
    def end_selected(self, request: Any, grants: QuerySet[RoleGrant]) -> None:
        """End each grant that is open and not one's own, and say what happened."""
        ended = 0
        for grant in grants.filter(ended_at__isnull=True).select_related("person"):
            try:
                grant.end(by=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                self.log_change(request, grant, "Ended.")
                ended += 1
        if ended:
            word = "grant" if ended == 1 else "grants"
            self.message_user(request, f"{ended} {word} ended.", messages.SUCCESS)
