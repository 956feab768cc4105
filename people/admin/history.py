"""The History page of people, teams and projects: who changed what, from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ddat import clock
from people.admin_site import PortalModelAdmin

ON_A_PAGE = 50
UNTOLD = {"id", "slug"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field's value before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """Who changed what, at once."""

    at: datetime
    by: str
    is_added: bool
    is_first: bool
    changes: list[Change]

    @property
    def moment(self) -> str:
        """When it was changed: "Monday 18 May at 9am"."""
        return clock.moment(self.at)


class HistoryAdmin(PortalModelAdmin):
    """Shows the history that the model keeps, in place of the admin's own log."""

    history_template = "admin/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What was changed, the newest first."""
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        rows = thing.history.select_related("history_user").order_by("-history_id")
        page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {thing}",
            "opts": self.opts,
            "thing": thing,
            "page": page,
            "rows": list(told(list(page), rows[page.end_index() : page.end_index() + 1])),
        }
        return TemplateResponse(request, self.history_template, context)


def told(rows: list[Any], before: Any) -> Iterator[Row]:
    """What each row changed of the one before it; `before` holds the one before the last."""
    chain = [*rows, *before]
    names = _names(chain)
    for place, row in enumerate(rows):
        older = chain[place + 1] if place + 1 < len(chain) else None
        yield Row(
            at=row.history_date,
            by=row.history_user.name if row.history_user else "the portal itself",
            is_added=row.history_type == "+" and row.history_user is not None,
            is_first=older is None,
            changes=list(_changes(older, row, names)) if older else [],
        )


def _changes(older: Any, row: Any, names: dict[Any, dict[Any, str]]) -> Iterator[Change]:
    for field in row.tracked_fields:
        before, after = (getattr(one, field.attname) for one in (older, row))
        if before != after and field.name not in UNTOLD:
            yield Change(
                field=str(field.verbose_name).capitalize(),
                before=_in_words(field, before, names),
                after=_in_words(field, after, names),
            )


def _names(rows: list[Any]) -> dict[Any, dict[Any, str]]:
    """What the rows that these point to are called today, in one query for each kind."""
    asked: dict[Any, set[Any]] = {}
    for row in rows:
        for field in row.tracked_fields:
            if field.remote_field and getattr(row, field.attname) is not None:
                asked.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    return {
        model: {one.pk: str(one) for one in model.objects.filter(pk__in=pks)}
        for model, pks in asked.items()
    }


def _in_words(field: models.Field, value: Any, names: dict[Any, dict[Any, str]]) -> str:
    if value is None or value == "":
        return "empty"
    if field.remote_field:
        return names[field.related_model].get(value, "somebody or something gone")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return clock.moment(value)
    return clock.day(value) if isinstance(value, date) else str(value)
