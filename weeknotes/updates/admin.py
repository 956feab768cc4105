"""Update templates in the admin. Drafts and digests are not there: they have their own pages."""

from django.contrib import admin

from people.admin_site import PortalInline, PortalModelAdmin
from weeknotes.updates.templates import TemplateUse, UpdateTemplate, UpdateTemplateSection


class SectionInline(PortalInline):
    """The sections of a template, in order."""

    model = UpdateTemplateSection
    fields = ["position", "kind", "heading", "product"]
    is_deletable = can_delete = True


class UseInline(PortalInline):
    """Whose updates start from a template."""

    model = TemplateUse
    fields = ["team", "project"]
    is_deletable = can_delete = True


@admin.register(UpdateTemplate)
class UpdateTemplateAdmin(PortalModelAdmin):
    """What an update starts with. Changing one changes no update that is written already."""

    is_deletable = True
    list_display = ["name", "starts"]
    fields = ["name", "starts"]
    inlines = [SectionInline, UseInline]
