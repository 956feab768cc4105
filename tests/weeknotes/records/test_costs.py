"""What the records cost: as many queries with sixty digests behind them as with three."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Team, User
from projects.models import Project
from tests.factories import (
    MetricFactory,
    ProjectFactory,
    ProjectPostFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    WorkstreamFactory,
)
from tests.weeknotes.records.telling import document, listed, publish_week, publish_weeks
from weeknotes.content.document import Byline, Document, Item, Rag, RagColour
from weeknotes.content.items import Group
from weeknotes.content.kinds import (
    DateRow,
    DatesSection,
    MetricRow,
    MetricsSection,
    OutcomesSection,
    RiskRow,
    RisksSection,
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.metrics import histories_of
from weeknotes.records.readings import as_told
from weeknotes.records.standing import standings_of

pytestmark = pytest.mark.django_db


@contextmanager
def counting() -> Iterator[list[str]]:
    """Collects the statements that are asked inside."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked.extend(query["sql"] for query in captured)


def whole(person: User, workstream: int | None = None, metric: int | None = None) -> Document:
    """A document with everything that the records tell."""
    thanked = Thanked(name=person.name, person_id=person.pk)
    return Document(
        byline=(Byline(name=person.name, person_id=person.pk),),
        rag=Rag(colour=RagColour.GREEN, words="on track", reason="All is well."),
        sections=(
            OutcomesSection(groups=(Group(items=(Item(text="Done"),)),)),
            MetricsSection(
                rows=(MetricRow(name="m", metric_id=metric, to_value=Decimal(5)),),
                to_on=date(2026, 5, 10),
            ),
            WorkstreamsSection(
                rows=(
                    WorkstreamRow(
                        name="w", workstream_id=workstream, state=WorkstreamState.COMPLETE
                    ),
                )
            ),
            RisksSection(rows=(RiskRow(text="A risk"),), nil_return="None new"),
            DatesSection(rows=(DateRow(what="A day", from_on=date(2099, 1, 1)),)),
            ThanksSection(rows=(ThanksRow(who="A", for_what="all", people=(thanked,)),)),
        ),
    )


def told_house() -> tuple[Project, Team, User, dict[Any, Any]]:
    """A project, a team and a person, and what they say every week."""
    person, team = UserFactory(), TeamFactory(name="Web")
    project = ProjectFactory(name="OneDrive", team=team)
    ProjectPostFactory(project=project, person=person)
    TeamPostFactory(team=team, person=person)
    strand, metric = WorkstreamFactory(project=project), MetricFactory(project=project)
    said = whole(person, strand.pk, metric.pk)
    return project, team, person, {project: said, team: whole(person)}


def test_history_costs_no_query(as_reader: Client) -> None:
    project, team, person, said = told_house()
    pages = ["/projects/", "/projects/?rag=green", "/projects/?since=2026-05-01"]
    pages += [thing.get_absolute_url() for thing in (project, team, person)]

    def costs() -> dict[str, int]:
        counts = {}
        for page in pages:
            with counting() as asked:
                assert as_reader.get(page).status_code == 200
            counts[page] = len(asked)
        with counting() as asked:
            assert as_reader.post("/projects/export/").status_code == 200
        return {**counts, "export": len(asked)}

    publish_weeks(3, said)
    as_reader.get("/projects/")
    few = costs()
    publish_weeks(57, said, start=3)

    assert costs() == few
    assert max(few.values()) <= 25


def steps(ask: Callable[[], Any]) -> int:
    """How many hundred steps SQLite takes to answer what is asked meanwhile."""
    taken: list[int] = []
    connection.connection.set_progress_handler(lambda: taken.append(1), 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(taken)


@pytest.mark.sqlite  # counts its steps
def test_history_is_not_read(as_reader: Client) -> None:
    project, team, person, said = told_house()
    things = (project, team, person)
    pages = ["/projects/", *(thing.get_absolute_url() for thing in things)]

    def costs() -> list[int]:
        return [steps(lambda page=page: as_reader.get(page)) for page in pages]

    def everything() -> int:
        """The control: what reads all that a project ever told."""
        told = PublishedUpdate.objects.current().filter(project=project)
        return steps(lambda: list(told.with_digest()))

    publish_weeks(10, said)
    costs()
    few, all_of_few = costs(), everything()
    publish_weeks(50, said, start=10)
    many = costs()

    # Indexes of the years are gone through, and the dates, thanks and loose figures of all weeks.
    assert everything() > 5 * all_of_few
    more = [(now - then) / 50 for now, then in zip(many, few, strict=True)]
    most = [1, 2.5, 3.5, 2]  # hundred steps for each week more
    assert [grown < bound for grown, bound in zip(more, most, strict=True)] == [True] * 4


RATINGS = {
    "steady": [RagColour.GREEN],
    "alternating": [RagColour.GREEN, RagColour.AMBER],
}


def grows(count: Callable[[], int], said: Callable[[int], dict[Any, Any]]) -> int:
    """How many hundred steps more it takes after sixty weeks than after ten."""
    for week in range(10):
        publish_week(week, said(week))
    count()
    few = count()
    for week in range(10, 60):
        publish_week(week, said(week))
    return count() - few


@pytest.mark.sqlite  # counts its steps
@pytest.mark.parametrize(("ratings", "most"), [("alternating", 1), ("steady", 25)])
def test_how_a_project_stands_is_found_from_the_newest_back(ratings: str, most: int) -> None:
    project, colours = ProjectFactory(), RATINGS[ratings]

    def standing() -> int:
        (found,) = as_told(Project.objects.all())
        return steps(lambda: standings_of([found]))

    # A rating that never turned is looked for in all its weeks: in half a hundred steps each.
    assert grows(standing, lambda week: {project: colours[week % len(colours)]}) <= most


@pytest.mark.sqlite  # counts its steps
@pytest.mark.parametrize("valued", [range(60), range(0, 60, 2), range(3), ()])
def test_what_a_metric_was_before_is_not_read(valued: Sequence[int]) -> None:
    metric = MetricFactory(unit="")

    def reading(week: int) -> dict[Any, Any]:
        value = Decimal(week) if week in valued else None
        row = MetricRow(name="m", metric_id=metric.pk, to_value=value, words="Said.")
        return {metric.project: document(None, MetricsSection(rows=(row,)))}

    # The index of which metrics the project told is gone through: in ten steps a week.
    assert grows(lambda: steps(lambda: histories_of(metric.project)), reading) <= 6


@pytest.mark.sqlite  # PostgreSQL reads tables as small as a test's whole, whatever their indexes
def test_no_page_reads_what_others_told(as_reader: Client) -> None:
    project, team, person, said = told_house()
    publish_weeks(2, said)
    for thing in (project, team, person):
        with counting() as asked:
            as_reader.get(thing.get_absolute_url())
        with connection.cursor() as cursor:
            steps = [
                str(step[3])
                for sql in asked
                if sql.startswith("SELECT") and "reading" in sql
                for step in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            ]
        # A digest's whole publication would be every update there is.
        found = [step for step in steps if re.match("SEARCH (W0|weeknotes_publishedu)", step)]
        assert found != []
        assert [step for step in found if "(publication_id=?" in step] == []


@pytest.mark.parametrize("address", ["/projects/", "/projects/?rag=green", "/teams/web/"])
def test_projects_cost_no_query(as_reader: Client, address: str) -> None:
    team, person = TeamFactory(name="Web"), UserFactory()
    counts = []
    for week, more in enumerate([1, 2, 27]):
        for number in range(more):
            ProjectFactory(name=f"P {week} {number}", team=team)
        publish_weeks(1, {one: whole(person) for one in Project.objects.all()}, start=week)
        with counting() as asked:
            assert len(listed(as_reader.get(address))) == Project.objects.count()
        counts.append(len(asked))

    assert counts == [counts[0]] * 3


def test_no_page_reads_what_is_not_published(as_reader: Client) -> None:
    project, team, person, said = told_house()
    publish_weeks(2, said)
    pages = ["/projects/", "/projects/?rag=green&since=2026-05-01&words=o&show=all"]
    pages += [thing.get_absolute_url() for thing in (project, team, person)]

    with counting() as asked:
        for page in pages:
            as_reader.get(page)
        as_reader.post("/projects/export/")

    drafts = [sql for sql in asked if '"weeknotes_revision"' in sql or '"weeknotes_update"' in sql]
    assert drafts == []
    assert [sql for sql in asked if '"weeknotes_publishedupdate"' in sql] != []
