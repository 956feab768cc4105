"""The pages of the record."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ddat import clock
from ddat.narrowing import asked_in_words
from ddat.spreadsheet import csv_response
from people.events.filters import EventFilter
from people.events.words import KINDS, said
from people.models import Event
from people.rights import editors_and_admins_only, signed_in

EVENTS_A_PAGE = 50
LONGEST_QUESTION = 2_000  # characters of an address that somebody is sent to


@editors_and_admins_only
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    narrowed = EventFilter(request.GET, queryset=Event.objects.newest_first(), request=request)
    page = Paginator(narrowed.qs, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": narrowed.form,
        "page": page,
        "days": _by_day(page),
        "is_narrowed": any(request.GET.get(name) for name in narrowed.filters),
    }
    return render(request, "people/events.html", context)


@editors_and_admins_only
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file, once the filter can be read; that it was taken is written down."""
    narrowed = EventFilter(request.GET, queryset=Event.objects.newest_first(), request=request)
    if narrowed.errors:
        return redirect(f"{reverse('events')}?{request.GET.urlencode()[:LONGEST_QUESTION]}")
    rows = [
        [
            clock.local(event.at).isoformat(sep=" ", timespec="seconds"),
            event.by.name,
            event.by.email,
            said(event.verb, event.kind, event.name)[0].rstrip(":"),
            KINDS.get(event.kind, event.kind),
            event.name,
        ]
        for event in narrowed.qs
    ]
    Event.objects.record_export(
        by=signed_in(request), what="events", name=asked_in_words(narrowed.form), count=len(rows)
    )
    header = ["When (London)", "Who", "Email", "Did what", "Kind of thing", "Name"]
    return csv_response(f"events-{clock.today().isoformat()}.csv", header, rows)


def _by_day(events: Iterable[Event]) -> list[tuple[str, list[dict[str, str]]]]:
    """A page's events under the days they happened on, in London."""
    days: dict[str, list[dict[str, str]]] = {}
    for event in events:
        on = clock.local(event.at).date()
        done, thing = said(event.verb, event.kind, event.name)
        days.setdefault(f"{clock.weekday_day(on)} {on.year}", []).append(
            {
                "time": clock.time_of_day(event.at),
                "who": str(event.by),
                "done": done,
                "thing": thing,
            }
        )
    return list(days.items())
