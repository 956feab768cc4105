"""Projects, teams and people, told by what was published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ddat import clock
from ddat.narrowing import asked_in_words
from ddat.spreadsheet import csv_response
from people.models import Event, Team, User
from people.rights import signed_in
from weeknotes.digests.writers import writers_of
from weeknotes.records import projects as listing
from weeknotes.records.diary import dates_of, thanks_to
from weeknotes.records.metrics import histories_of
from weeknotes.records.names import names_of
from weeknotes.records.posts import posts_of
from weeknotes.records.readings import as_told
from weeknotes.records.standing import closed_words, standings_of
from weeknotes.records.stories import signed_by, stories_of, told_by
from weeknotes.records.strands import risks_of, strands_of

PROJECTS_A_PAGE = 30
STORIES_A_PAGE = 10
LONGEST_QUESTION = 2_000  # characters of an address that somebody is sent to


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Every project and how it stands, narrowed by what the address says."""
    found = listing.narrowed(request.GET)
    page = _page(request, found.qs, PROJECTS_A_PAGE)
    context = {
        "form": found.form,
        "page": page,
        "has_no_page": _has_no_page(request, page),
        "standings": standings_of(page.object_list),
        "is_narrowed": found.is_narrowed,
        "silent": listing.silent_since(found),
        "closed": listing.closed_too(found),
    }
    return render(request, "weeknotes/records/projects.html", context)


@require_POST
def export_projects(request: HttpRequest) -> HttpResponse:
    """The projects that the address asks for, all pages of them, as a file."""
    found = listing.narrowed(request.GET)
    if found.errors:
        asked = request.GET.urlencode()[:LONGEST_QUESTION]
        return redirect(f"{reverse('weeknotes:projects')}?{asked}")
    standings = standings_of(found.qs)
    Event.objects.record_export(
        by=signed_in(request),
        what="projects",
        count=len(standings),
        name=asked_in_words(found.form),
    )
    name = f"projects-{clock.today().isoformat()}.csv"
    return csv_response(name, listing.COLUMNS, listing.rows_of(standings))


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project: how it stands, its workstreams, metrics and risks, and what it published."""
    found = listing.found_project(slug)
    if found is None:
        raise Http404
    (standing,) = standings_of([found])
    context = {
        "project": found,
        "standing": standing,
        "names": names_of(found),
        "writers": writers_of([found])[found],
        "strands": strands_of(found),
        "histories": histories_of(found),
        "risks": risks_of(found),
        "dates": dates_of(found),
        **_told(request, told_by(found)),
    }
    return render(request, "weeknotes/records/project.html", context)


@require_safe
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """One team: who leads it and belongs to it, its projects, and what it told."""
    found = get_object_or_404(Team.objects.select_related("parent", "merged_into"), slug=slug)
    open_projects = as_told(found.projects.select_related("team").active())
    context = {
        "team": found,
        "closed_words": closed_words(found),
        "names": names_of(found),
        "writers": writers_of([found])[found],
        "people": found.people.active().by_name(),
        "teams": found.teams.active(),
        "standings": standings_of(open_projects.order_by("name", "pk")),
        "closed": found.projects.filter(closed_at__isnull=False).count(),
        "histories": histories_of(found),
        "strands": strands_of(found),
        "risks": risks_of(found),
        "dates": dates_of(found),
        **_told(request, told_by(found)),
    }
    return render(request, "weeknotes/records/team.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person: who they are, what they look after, and what carried their byline."""
    people = User.objects.with_rights().select_related("team")
    found = get_object_or_404(people, slug=slug)
    context = {
        "person": found,
        "posts": posts_of(found) if found.is_active else [],
        "thanks": thanks_to(found),
        **_told(request, signed_by(found), found),
    }
    return render(request, "weeknotes/records/person.html", context)


def _told(request: HttpRequest, told: Sequence[int], person: User | None = None) -> dict[str, Any]:
    """A page of what was published, of these ids."""
    page = _page(request, told, STORIES_A_PAGE)
    return {
        "page": page,
        "has_no_page": _has_no_page(request, page),
        "stories": stories_of(list(page.object_list), person),
    }


def _page(request: HttpRequest, rows: QuerySet | Sequence[int], size: int) -> Page:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _has_no_page(request: HttpRequest, page: Page) -> bool:
    """Whether a page was asked for that there is not; the nearest is shown instead."""
    return request.GET.get("page", "") not in ("", str(page.number))
