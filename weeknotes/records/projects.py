"""The list of projects: in the house's order, a page at a time, or all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import CharField, QuerySet
from django.http import QueryDict

from ddat import clock
from ddat.prepared import Asked, Prepared
from projects.models import Project
from weeknotes.content.document import RagColour
from weeknotes.digests.writers import writers_of
from weeknotes.records.asking import TODAY
from weeknotes.records.filters import ProjectFilter
from weeknotes.records.readings import NO_UPDATE, as_told
from weeknotes.records.standing import Standing

COLUMNS = [
    "Project",
    "Code",
    "Team",
    "Owner",
    "Status",
    "Since",
    "Before that",
    "Last rating",
    "Last rated on",
    "Writer’s words",
    "Reason",
    "Last in the digest of",
    "Published on",
]
COLOURS = (RagColour.GREEN, RagColour.AMBER, RagColour.RED)


def narrowed(asked: QueryDict) -> ProjectFilter:
    """The projects that were asked for: by team in house order, then by name."""
    projects = as_told(Project.objects.select_related("team"))
    in_order = projects.order_by("team__house_order", "team__name", "team_id", "name", "pk")
    return ProjectFilter(asked, queryset=in_order)


def found_project(slug: str) -> Project | None:
    """The project of an address with its team, as it stands today."""
    return next(iter(_found(slug=slug, today=clock.today())), None)


def silent_since(found: ProjectFilter) -> int:
    """How many more had the colour asked for when last rated, and have told of no update since."""
    colour = found.asked("rag")
    if colour not in COLOURS:
        return 0
    return _asking(found, rag=NO_UPDATE).qs.filter(latest_rating=colour).count()


def closed_too(found: ProjectFilter) -> int:
    """How many closed projects match but for the status asked for, where they are left out."""
    return 0 if found.asked("show") else _asking(found, show="closed", rag="").qs.count()


def rows_of(standings: Sequence[Standing]) -> Iterator[list[object]]:
    """A row for each project, in the order of `COLUMNS`; its owner is today's."""
    writers = writers_of(one.project for one in standings)
    for one in standings:
        owner = writers[one.project].holder
        yield [
            one.project.name,
            one.project.code,
            one.project.team.name,
            owner.name if owner else "",
            one.colour.label if one.is_rating else one.words,
            one.since if one.is_rating else None,
            one.before.label if one.is_rating and one.before else "",
            one.colour.label if one.rated else "",
            one.rated.came_out_on if one.rated else None,
            one.writers_words,
            one.reason,
            one.told.told_in if one.told else "",
            one.told.came_out_on if one.told else None,
        ]


def _as_told_by_slug() -> QuerySet:
    projects = Project.objects.select_related("team", "merged_into")
    return as_told(projects, TODAY).filter(slug=Asked("slug", CharField()))


_found = Prepared(_as_told_by_slug)


def _asking(found: ProjectFilter, **changed: str) -> ProjectFilter:
    """The same question with some of it changed."""
    asked = QueryDict(mutable=True)
    given = found.form.data
    asked.update({name: str(given[name]) for name in found.filters if name in given})
    asked.update(changed)
    return narrowed(asked)
