"""The admin: who may enter, and the door they enter by."""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin, TabularInline
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

NOT_A_DAY = "Enter a day, such as 23/11/2026."
FILTERS_ASK = {"id", "exact", "isnull", "isempty"}
SAVED_MEANWHILE = "Somebody saved the same a moment ago, so nothing was saved. Try again."
TOO_LONG_A_NUMBER = re.compile(r"[\d_]{19}")  # the database's largest has 19 digits


class PortalAdminSite(AdminSite):
    """The admin for people with the admin role, and for a superuser who makes the first one."""

    site_header = "DDaT Weeknotes administration"
    site_title = "DDaT Weeknotes"
    index_title = "People, projects and settings"
    site_url = "/"
    empty_value_display = "none"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter; everything in the admin asks this and nothing else."""
        user = request.user
        return user.is_authenticated and user.is_active and (user.is_admin or user.is_superuser)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer 403 to somebody signed in who may not enter; others are sent to sign in.

        A NUL in the address is answered by 400: PostgreSQL takes none, and no search has one.
        """
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest("A question cannot have a NUL in it.")
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return guarded

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send everybody through the portal's own door, with its limits."""
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            target = reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(target)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out as everywhere else."""
        from people.views import sign_out  # views need the models, which load after the admin site

        return sign_out(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Everybody changes their password on the portal's own page, with its limits."""
        return redirect("account_change_password")

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Nobody is sent here any more."""
        return redirect("account_change_password")


class PortalAdminConfig(AdminConfig):
    """Django's admin with our own site in its place."""

    default_site = "people.admin_site.PortalAdminSite"


class PortalPermissions:
    """Asks the admin site alone who may do what; nothing is deleted unless the class says so."""

    admin_site: AdminSite
    is_deletable = False
    formfield_overrides: Any = {models.DateField: {"error_messages": {"invalid": NOT_A_DAY}}}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.is_deletable and self.admin_site.has_permission(request)


class PortalModelAdmin(PortalPermissions, ModelAdmin):
    """A model's pages in the admin, open to whoever may enter the admin."""

    list_per_page = 50
    view_on_site = False
    changed_by_verbs: Collection[str] = ()  # fields with a verb of their own

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what somebody did between checking it and saving it is told, and undone.

        Where they saved the same, it is checked once more: now that theirs is there, another slug
        is free, and an address that is taken is told beside its field.
        """
        try:
            try:
                return super().changeform_view(request, *args, **kwargs)
            except IntegrityError:
                return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            self.message_user(request, SAVED_MEANWHILE, messages.ERROR)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add the row; of one that is there save what the form changed, and nothing else.

        Either is written down, unless the verb that changes a field does so.
        """
        from people.models import Event  # models load after the admin site
        from people.rights import signed_in
        from people.saving import changed_fields

        if not change:
            super().save_model(request, obj, form, change)
            Event.objects.record(by=signed_in(request), verb="added", thing=obj)
            return
        changed = changed_fields(obj, form)
        if by_verb := [field for field in changed if field in self.changed_by_verbs]:
            self.change_by_verbs(request, obj, by_verb)
        if rest := [field for field in changed if field not in by_verb]:
            obj.save(update_fields=rest)
            Event.objects.record(by=signed_in(request), verb="changed", thing=obj)

    def change_by_verbs(self, request: HttpRequest, obj: Any, fields: list[str]) -> None:
        """Change those fields that have a verb; `obj` says to what."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; 400 when a row is chosen or asked for by what can be no row's number."""
        for row in request.POST.getlist("_selected_action"):
            if not (row.isascii() and row.isdigit()) or TOO_LONG_A_NUMBER.search(row):
                raise BadRequest("What was ticked has no number of a row.")
        for name, values in request.GET.lists():
            if name != SEARCH_VAR and any(TOO_LONG_A_NUMBER.search(value) for value in values):
                raise BadRequest("No row has so long a number.")
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Answer the questions that our filters ask, and no other: some of Django's would break."""
        asked = lookup.split("__")[1:]
        return FILTERS_ASK.issuperset(asked) and super().lookup_allowed(lookup, value, request)


class PortalInline(PortalPermissions, TabularInline):
    """Rows of another model on a model's page, open to whoever may enter the admin."""

    extra = 1
    can_delete = False
    max_num = 100

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The rows; a request that asks for thousands is not drawn in full."""
        return super().get_formset(request, obj, **{"absolute_max": 2 * self.max_num, **kwargs})
