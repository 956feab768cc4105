"""Reading: home, the archive, and a digest."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ddat import clock
from people.rights import signed_in
from weeknotes.publications.gone import gone
from weeknotes.publications.heads import with_heads
from weeknotes.publications.models import Publication
from weeknotes.reactions.bars import counted, standings
from weeknotes.reading.filters import ArchiveFilter
from weeknotes.reading.freshness import etag_of, published
from weeknotes.reading.page import kept_page
from weeknotes.updates.owing import owed_by

EARLIER_ON_HOME = 4
DIGESTS_A_PAGE = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest digest, earlier ones, and what I owe."""
    publications = Publication.objects.current().for_lists().newest_first()
    shown = with_heads(publications[: EARLIER_ON_HOME + 1])
    return render(
        request,
        "weeknotes/reading/home.html",
        {
            "latest": next(iter(shown), None),
            "earlier": shown[1:],
            "owed": owed_by(signed_in(request)),
        },
    )


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every published digest, newest first, by year or words."""
    publications = Publication.objects.current().for_lists().newest_first()
    narrowed = ArchiveFilter(request.GET, queryset=publications)
    page = Paginator(narrowed.qs, DIGESTS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_heads(page.object_list)
    return render(
        request,
        "weeknotes/reading/archive.html",
        {
            "form": narrowed.form,
            "page": page,
            "is_narrowed": any(request.GET.get(name) for name in narrowed.filters),
        },
    )


@require_safe
def digest(request: HttpRequest, slug: str) -> HttpResponse:
    """One digest as it was published, with this reader's reactions; 410 once it is withdrawn.

    304, before anything is assembled, where the browser's copy still is what it would be.
    """
    found = next(iter(published(slug=slug)), None)
    if found is None:
        return gone(request, slug)
    counts = counted(publication=found[0], person=signed_in(request))
    etag = etag_of(request, found, counts)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        page = kept_page(found, clock.today().year)
        response = HttpResponse(page.read_by(request, standings(counts)))
    for name, value in (("Cache-Control", "private, no-cache"), ("Vary", "Cookie"), ("ETag", etag)):
        if value:
            response[name] = value
    return response
