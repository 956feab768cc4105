"""Update templates in the admin. Drafts and digests are not there: they have their own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from people.admin.forms import SharedChoiceField
from people.admin_site import PortalInline, PortalModelAdmin
from weeknotes.updates.templates import TemplateUse, UpdateTemplate, UpdateTemplateSection


class ChoosingInline(PortalInline):
    """Rows that choose from the same list, which is read once for the page."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **{"form_class": SharedChoiceField, **kwargs}
        )


class SectionInline(ChoosingInline):
    """The sections of a template, in order."""

    model = UpdateTemplateSection
    fields = ["position", "kind", "heading", "product"]
    is_deletable = can_delete = True


class UseInline(ChoosingInline):
    """Whose updates start from a template."""

    model = TemplateUse
    fields = ["team", "project"]
    is_deletable = can_delete = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("team", "project")


@admin.register(UpdateTemplate)
class UpdateTemplateAdmin(PortalModelAdmin):
    """What an update starts with. Changing one changes no update that is written already."""

    is_deletable = True
    list_display = ["name", "starts"]
    fields = ["name", "starts"]
    inlines = [SectionInline, UseInline]
