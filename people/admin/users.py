"""People in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from people.admin.leaving import HereFilter, where_in_words
from people.admin_site import PortalModelAdmin
from people.models import Event, Role, User
from people.models.users import EMAIL_TAKEN

FIRST_ONE_SET = "set a first password for"
FIRST_ONE_ONLY = (
    "This person has a password already, and an admin sets a first one only. "
    "Nobody can set another here."
)


class PersonForm(forms.ModelForm):
    """What the portal knows of a person."""

    def clean_email(self) -> str:
        """Tell beside the field that somebody has the address, in whatever case."""
        email: str = self.cleaned_data["email"].lower()
        if User.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise ValidationError(EMAIL_TAKEN)
        return email


class PersonAddForm(PersonForm):
    """A new person, with a first password if they are to sign in by one."""

    first_password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Tell it to them yourself. Left empty, they cannot sign in by password.",
    )

    class Meta:
        model = User
        fields = ["email", "forename", "surname", "job_title", "team"]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, without a type
        password = self.cleaned_data.get("first_password")
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("first_password", error)

    def save(self, commit: bool = True) -> User:
        """Set the password, or make it one that nothing matches."""
        self.instance.set_password(self.cleaned_data["first_password"] or None)
        person: User = super().save(commit)
        return person


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
class UserAdmin(PortalModelAdmin, DjangoUserAdmin):
    """People: added, changed, given a first password, and let go when they leave."""

    add_form = PersonAddForm
    add_form_template = None
    form = PersonForm
    list_display = ["email", "name", "job_title", "team", "roles", "here"]
    list_filter = [HereFilter, RoleFilter, "team"]
    list_select_related = ["team"]
    search_fields = ["email", "forename", "surname", "job_title"]
    ordering = ["surname", "forename", "id"]
    filter_horizontal = []
    readonly_fields = ["here", "password_set", "roles", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "forename", "surname", "job_title", "team"]}),
        ("Sign-in", {"fields": ["here", "password_set", "roles", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "forename",
                    "surname",
                    "job_title",
                    "team",
                    "first_password",
                ]
            },
        ),
    ]

    def save_model(self, request: Any, obj: User, form: Any, change: bool) -> None:
        """Save the person; a first password is written down as such."""
        super().save_model(request, obj, form, change)
        if not change and obj.has_usable_password():
            Event.objects.record(by=request.user, verb=FIRST_ONE_SET, thing=obj)

    @transaction.atomic
    def user_change_password(self, request: Any, id: str, form_url: str = "") -> HttpResponse:
        """Set a first password, and write it down.

        Whoever could set another would sign in as that person, so a second one is refused.
        """
        person = self.get_object(request, unquote(id))
        if person is not None:
            locked = User.objects.select_for_update().get(pk=person.pk)  # one at a time
            if locked.has_usable_password():
                raise PermissionDenied(FIRST_ONE_ONLY)
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if person is not None:
            person.refresh_from_db(fields=["password"])
            if person.has_usable_password():
                Event.objects.record(by=request.user, verb=FIRST_ONE_SET, thing=person)
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people: Any = super().get_queryset(request)
        return people.with_rights()  # type: ignore[no-any-return]

    @admin.display(description="here", ordering="leaves_on")
    def here(self, person: User) -> str:
        """Whether they are here, and until when."""
        return where_in_words(person)

    @admin.display(description="roles")
    def roles(self, person: User) -> str | None:
        """The roles they have today."""
        held = [(person.is_editor, Role.EDITOR), (person.is_admin, Role.ADMIN)]
        return ", ".join(role.label for has_it, role in held if has_it) or None

    @admin.display(description="password")
    def password_set(self, person: User) -> str:
        """Whether they can sign in by password, and where to set a first one."""
        if person.has_usable_password():
            return "They have a password, which nobody else can change here."
        href = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html(
            'They cannot sign in by password. <a href="{}">Set a first password</a>', href
        )
