"""The admin's pages for bringing a file in: choose it, see what it would do, confirm."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ddat.spreadsheet import csv_response, csv_text
from people.holding import hold
from people.importing.forms import ConfirmForm, FileForm
from people.importing.resources import Outcome, TableResource
from people.importing.tables import MOST_BYTES, MOST_ROWS, Table, carried_table, read_table
from people.models import User
from people.rights import signed_in

if TYPE_CHECKING:
    Pages = admin.ModelAdmin
else:
    Pages = object

CHANGED_MEANWHILE = (
    "Something here changed after the preview, so nothing was imported yet. "
    "This is what the file would do now: look again, then import."
)
NOTHING_LEFT = "Everything in the file is here already. Nothing was changed."
AT_ONCE = "Somebody changed the same rows at the same moment, so nothing was imported. Try again."


class ImportsTables(Pages):
    """Adds an import to the pages of a model.

    The rows that the preview showed stand in the page itself until they are confirmed: nothing is
    kept on a disk or in a cache, and any process may answer.
    """

    change_list_template = "admin/importing/change_list.html"
    import_resource: ClassVar[type[TableResource]]
    import_confirm_form: ClassVar[type[ConfirmForm]] = ConfirmForm

    def get_urls(self) -> list[Any]:
        """The two pages, before those of Django."""
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=self._name("import")),
            path("import/example/", view(self.import_example), name=self._name("example")),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; see what it would do; bring it in."""
        if "rows" in request.POST:
            return self._import(request)
        is_sent = request.method == "POST"
        form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
        if form.is_valid():
            try:
                data = form.cleaned_data["file"].read(MOST_BYTES + 1)
                resource = self.import_resource(by=signed_in(request))
                table = read_table(
                    data, resource.COLUMNS, needed=resource.NEEDED, unmissed=resource.UNMISSED
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                return self._preview(request, resource.run(table, is_preview=True))
        return self._page(request, {"form": form}, status=422 if form.errors else 200)

    def import_example(self, request: HttpRequest) -> HttpResponse:
        """A file that shows the columns."""
        resource = self.import_resource
        name = f"{self.opts.verbose_name_plural}-example.csv"
        return csv_response(name, list(resource.COLUMNS), resource.EXAMPLE)

    def after_import(self, request: HttpRequest, resource: TableResource, confirm: Any) -> None:
        """What follows once everything is kept."""

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _import(self, request: HttpRequest) -> HttpResponse:
        """Bring in what the preview showed, unless it would no longer do the same."""
        confirm = self.import_confirm_form(request.POST)
        resource = self.import_resource(by=signed_in(request))
        try:
            table = carried_table(request.POST["rows"], resource.COLUMNS)
        except ValidationError as error:
            form = FileForm(request.POST, request.FILES)
            form.errors["file"] = form.error_class(error.messages)
            return self._page(request, {"form": form}, status=422)
        try:
            outcome, is_done = self._run(resource, table, confirm)
        except IntegrityError:
            messages.error(request, AT_ONCE)
            return redirect(self._url("import"))
        if is_done:
            self._tell(request, outcome)
            self.after_import(request, resource, confirm)
        elif outcome.to_do.rows or outcome.refused:
            messages.warning(request, CHANGED_MEANWHILE)
            return self._preview(request, outcome, status=409)
        else:
            messages.info(request, NOTHING_LEFT)
        return redirect(self._url("changelist"))

    @transaction.atomic
    def _run(
        self, resource: TableResource, table: Table, confirm: ConfirmForm
    ) -> tuple[Outcome, bool]:
        """The import, and whether it did what was shown; when not, nothing was kept."""
        self._wait_for_others()
        outcome = resource.run(table, is_preview=False)
        is_as_shown = confirm.is_valid() and (
            confirm.cleaned_data["shown"] == outcome.fingerprint and not outcome.refused
        )
        if not is_as_shown:
            transaction.set_rollback(True)
        elif outcome.to_do.rows:
            self._log(resource)
        return outcome, is_as_shown and bool(outcome.to_do.rows)

    def _wait_for_others(self) -> None:
        """Let imports in one by one: SQLite's transaction does, PostgreSQL waits for this row."""
        hold(User.objects.filter(pk=User.objects.aggregate(first=Min("pk"))["first"]))

    def _log(self, resource: TableResource) -> None:
        """Tell each one's history in the admin."""
        for rows, flag in ((resource.added, ADDITION), (resource.changed, CHANGE)):
            if rows:
                LogEntry.objects.log_actions(
                    resource.by.pk, rows, flag, change_message="Imported from a file."
                )

    def _tell(self, request: HttpRequest, outcome: Outcome) -> None:
        parts = [
            f"{len(lines)} {self._word(len(lines))} {done}."
            for lines, done in ((outcome.new, "added"), (outcome.changed, "changed"))
            if lines
        ]
        messages.success(request, " ".join(parts))

    def _word(self, number: int) -> str:
        return str(self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural)

    def _url(self, page: str) -> str:
        return reverse(f"admin:{self._name(page)}", current_app=self.admin_site.name)

    def _preview(self, request: HttpRequest, outcome: Outcome, status: int = 200) -> HttpResponse:
        """What the file would do, row by row."""
        shown = {"rows": outcome.to_do.carried(), "shown": outcome.fingerprint}
        confirm = self.import_confirm_form(initial=shown) if outcome.to_do.rows else None
        context = {
            "outcome": outcome,
            "confirm": confirm,
            "total": len(outcome.to_do.rows),
            "what": self._word(len(outcome.to_do.rows)),
            "refused_text": _refused_text(outcome),
        }
        return self._page(request, context, status)

    def _page(
        self, request: HttpRequest, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        plural = str(self.opts.verbose_name_plural)
        words = {
            **self.admin_site.each_context(request),
            "title": f"Import {plural}",
            "opts": self.opts,
            "columns": self.import_resource.COLUMNS,
            "import_help": self.import_resource.HELP,
            "most_rows": MOST_ROWS,
            "list_url": self._url("changelist"),
            "import_url": self._url("import"),
            "example_url": self._url("example"),
        }
        template = "preview" if "outcome" in context else "import"
        return TemplateResponse(
            request, f"admin/importing/{template}.html", words | context, status=status
        )


def _refused_text(outcome: Outcome) -> str:
    """The refused rows as CSV, each with its number and why, to be copied and mended."""
    columns = outcome.table.columns
    return csv_text(
        ["row", "reason", *columns],
        (
            [line.row.number, line.reason, *(line.row.cells.get(c, "") for c in columns)]
            for line in outcome.refused
        ),
    )
