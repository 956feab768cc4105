"""Taking a list out of the admin as a CSV file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from ddat import clock
from ddat.spreadsheet import csv_response
from people.models import Event
from people.rights import signed_in

if TYPE_CHECKING:
    Pages = admin.ModelAdmin
else:
    Pages = object

Column = tuple[str, Callable[[Any], object]]


class ExportsTable(Pages):
    """Adds "Download as CSV" to a list: for the selected rows, or all as they are filtered."""

    export_columns: ClassVar[Sequence[Column]]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those of the list, and the download."""
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET:
            actions["export_selected"] = self.get_action("export_selected")
        return actions

    @admin.action(description="Download selected as CSV")
    def export_selected(self, request: HttpRequest, rows: QuerySet) -> HttpResponse:
        """The selected rows as a file; that it was taken is written down."""
        what = str(self.opts.verbose_name_plural)
        cells = [[read(row) for _, read in self.export_columns] for row in rows]
        asked = ", ".join(f"{name}: {words}" for name, words in request.GET.items() if words)
        is_all = request.POST.get("select_across") == "1"
        Event.objects.record_export(
            by=signed_in(request),
            what=what,
            count=len(cells),
            name=asked if is_all else "selected one by one",
        )
        header = [name for name, _ in self.export_columns]
        return csv_response(f"{what}-{clock.today().isoformat()}.csv", header, cells)
