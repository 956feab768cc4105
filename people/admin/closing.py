"""Closing and reopening from the admin's lists."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from ddat import clock
from people.admin.forms import OpenChoicesForm
from people.admin_site import PortalModelAdmin


class ClosedFilter(admin.SimpleListFilter):
    """Open or closed."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The two states."""
        return [("open", "Open"), ("closed", "Closed")]

    def queryset(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        """Those in the chosen state; all when none is chosen."""
        if self.value() not in {"open", "closed"}:
            return rows
        return rows.filter(closed_at__isnull=self.value() == "open")


class CloseableAdmin(PortalModelAdmin):
    """Closing and reopening from the list, through the verbs that write it down."""

    form = OpenChoicesForm
    readonly_fields = ["state"]
    actions = ["close_selected", "reopen_selected"]
    closed_words = "Closed."

    @admin.display(description="state", ordering="closed_at")
    def state(self, row: Any) -> str:
        """Open, or closed since which day."""
        if row.closed_at is None:
            return "Open"
        heir = getattr(row, "merged_into", None)
        day = clock.day(clock.local(row.closed_at).date())
        return f"Merged into {heir} on {day}" if heir else f"Closed on {day}"

    @admin.action(description="Close selected")
    def close_selected(self, request: Any, rows: QuerySet) -> None:
        """Close each that is open."""
        self._each(request, rows.filter(closed_at__isnull=True), "close", self.closed_words)

    @admin.action(description="Reopen selected")
    def reopen_selected(self, request: Any, rows: QuerySet) -> None:
        """Reopen each that is closed."""
        self._each(request, rows.filter(closed_at__isnull=False), "reopen", "Reopened.")

    def _each(self, request: Any, rows: QuerySet, verb: str, words: str) -> None:
        """Do it to each, and say what cannot be done to which."""
        done = 0
        for row in rows:
            try:
                getattr(row, verb)(by=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                self.log_change(request, row, words)
                done += 1
        if done:
            self.message_user(request, words, messages.SUCCESS)
