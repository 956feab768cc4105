"""People in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from ddat import clock
from people.admin.forms import OpenChoicesForm
from people.admin.history import HistoryAdmin
from people.admin.importing import ImportsPeople
from people.admin.leaving import HereFilter, LeavingAdmin, where_in_words
from people.admin.links import SendsLinks
from people.admin.removal import RemovalAdmin
from people.models import Role, User
from people.models.users import EMAIL_TAKEN
from people.rights import signed_in

EMAIL_WARNING = (
    "With another address they are signed out everywhere, and have to sign in again with it. "
    "Links mailed to them before stop working, and the old address is told by mail."
)


class PersonForm(OpenChoicesForm):
    """What the portal knows of a person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "email" in self.fields:
            self.fields["email"].help_text = EMAIL_WARNING

    def clean_email(self) -> str:
        """Tell beside the field that somebody has the address, in whatever case."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).known_by(email).exists():
            raise ValidationError(EMAIL_TAKEN)
        return email


class RoleFilter(admin.SimpleListFilter):
    """People who have a role today."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The two roles."""
        return Role.choices

    def queryset(self, request: HttpRequest, people: QuerySet) -> QuerySet:
        """Those with the chosen role; everybody when none is chosen."""
        if self.value() in Role.values:
            return people.filter(**{f"has_{self.value()}_grant": True})
        return people


@admin.register(User)
class UserAdmin(LeavingAdmin, RemovalAdmin, ImportsPeople, SendsLinks, HistoryAdmin):
    """People: added, changed, mailed a link for their password, and let go when they leave."""

    form = PersonForm
    changed_by_verbs = ("email",)
    list_display = ["email", "name", "team", "roles", "here"]
    list_filter = [HereFilter, RoleFilter, "team"]
    list_select_related = ["team"]
    search_fields = ["email", "forename", "surname", "job_title"]
    search_help_text = (
        "Search by a name, an email address or a job title. To give somebody a role or end one, "
        "open their page."
    )
    ordering = ["surname", "forename", "id"]
    filter_horizontal = []
    readonly_fields = ["here", "password_set", "roles", "added"]
    fieldsets = [
        (None, {"fields": ["email", "forename", "surname", "job_title", "team"]}),
        ("Sign-in", {"fields": ["here", "password_set", "roles", "added"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of somebody new only who they are: they set their own password."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:1]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody changes their own address."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "email"] if obj == request.user else fields

    def change_by_verbs(self, request: HttpRequest, obj: User, fields: list[str]) -> None:
        """Change the email address."""
        obj.change_email(obj.email, by=signed_in(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Answer no question about passwords."""
        return "password" not in lookup and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people: Any = super().get_queryset(request)
        return people.with_rights()  # type: ignore[no-any-return]

    @admin.display(description="at present", ordering="leaves_on")
    def here(self, person: User) -> str:
        """Whether they are here, and until when."""
        return where_in_words(person)

    @admin.display(description="added")
    def added(self, person: User) -> str:
        """When they were added: "Monday 18 May at 9am"."""
        return clock.moment(person.date_joined)

    @admin.display(description="roles")
    def roles(self, person: User) -> str:
        """The roles they have today."""
        held = [(person.is_editor, Role.EDITOR), (person.is_admin, Role.ADMIN)]
        return ", ".join(role.label for has_it, role in held if has_it) or "No role"

    @admin.display(description="password")
    def password_set(self, person: User) -> str:
        """Whether they can sign in by password; nobody else sets one for them."""
        if not person.is_active:
            return "They have left and cannot sign in."
        if person.has_usable_password():
            return "They have a password, which only they can change."
        return "They have none yet. They set one with the link that is mailed to them."
