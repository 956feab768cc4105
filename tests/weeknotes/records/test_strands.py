"""Workstreams and risks on a project's page, as they were told last."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from projects.models import Project
from tests.factories import MetricFactory, ProjectFactory, WorkstreamFactory
from tests.weeknotes.browse import spoken
from tests.weeknotes.records.telling import correct, document, page, publish_week, table
from tests.weeknotes.week import editor
from weeknotes.content.document import Document, RagColour
from weeknotes.content.kinds import (
    MetricRow,
    MetricsSection,
    RiskKind,
    RiskRow,
    RisksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.publications.withdrawing import withdraw

pytestmark = pytest.mark.django_db

GREEN, AMBER, RED = RagColour.GREEN, RagColour.AMBER, RagColour.RED
NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def strands(client: Client, project: Project) -> list[str]:
    return [spoken(row) for row in page(client, project).select(".strands > div")]


def risks(client: Client, project: Project) -> str:
    return spoken(page(client, project).select_one("section[aria-labelledby=risks-h]"))


def going(*rows: tuple[int | None, str]) -> Document:
    said = [
        WorkstreamRow(workstream_id=pk, name=name, state=WorkstreamState.IN_PROGRESS)
        for pk, name in rows
    ]
    return document(None, WorkstreamsSection(rows=tuple(said)))


def test_workstreams_stand_as_told_last(as_reader: Client, project: Project) -> None:
    first, second = (WorkstreamFactory(project=project, name=n, position=0) for n in "ab")
    WorkstreamFactory(project=project, name="c", position=1)
    closed = WorkstreamFactory(project=project, name="d", closed_on=date(2026, 6, 1))
    done = WorkstreamRow(workstream_id=first.pk, name="a", state=WorkstreamState.COMPLETE)
    publish_week(
        0, {project: going((first.pk, "a"), (second.pk, "b"), (closed.pk, "d"), (None, "Gone"))}
    )
    others = going((None, "Other")).sections[-1].rows
    publish_week(1, {project: document(None, WorkstreamsSection(rows=(done, *others)))})
    first.name = "A, renamed"
    first.save()

    assert strands(as_reader, project) == [
        "A, renamed Complete",
        "b From the digest for 11 to 15 May 2026: b In progress",
        "c Not told yet",
        "Other In progress",
    ]
    assert "From the digest for 18 to 22 May 2026, workstreams" in spoken(
        page(as_reader, project).select_one("section[aria-labelledby=strands-h]")
    )


def test_workstream_leaves_the_page_on_the_day_it_is_closed(
    as_reader: Client, project: Project
) -> None:
    WorkstreamFactory(project=project, name="Ends", closed_on=date(2026, 6, 21))

    before = strands(as_reader, project)
    with time_machine.travel(datetime(2026, 6, 20, 23, 30, tzinfo=UTC), tick=False):
        after = strands(as_reader, project)

    assert (before, after) == (["Ends Not told yet"], [])


def test_workstream_by_name_alone_goes_with_the_update_that_names_it(
    as_reader: Client, project: Project
) -> None:
    publish_week(0, {project: going((None, "Passing"))})
    named = strands(as_reader, project)
    publish_week(1, {project: GREEN})
    still = strands(as_reader, project)
    publish_week(2, {project: going((None, "Other"))})

    passing = ["Passing In progress"]
    assert (named, still) == (passing, passing)
    assert strands(as_reader, project) == ["Other In progress"]


def test_what_a_merger_moves_is_told_of_both(as_reader: Client, project: Project) -> None:
    old, by = ProjectFactory(name="Sharing"), editor()
    strand, metric = WorkstreamFactory(project=old, name="Deploy"), MetricFactory(project=old)
    figure = MetricRow(name="m", metric_id=metric.pk, unit=metric.unit, to_value=Decimal(7))
    own = WorkstreamFactory(project=project, name="Own")
    told = Document(
        sections=(*going((strand.pk, "Deploy")).sections, MetricsSection(rows=(figure,)))
    )
    publish_week(0, {old: told, project: going((own.pk, "Own"), (None, "Named"))})
    old.merge(into=project, by=by, at=datetime(2026, 6, 3, 12, tzinfo=UTC))

    of_heir = ["Deploy In progress", "Own In progress", "Named In progress"]
    assert strands(as_reader, project) == of_heir
    assert strands(as_reader, old) == ["Deploy In progress"]
    assert table(page(as_reader, project)) == table(page(as_reader, old))
    assert len(table(page(as_reader, project))) == 1

    publish_week(1, {project: going((strand.pk, "Deploy"))})

    told_now = "From the digest for 11 to 15 May 2026"
    assert strands(as_reader, project) == [
        "Deploy In progress",
        f"Own {told_now}: Own In progress",
    ]
    assert strands(as_reader, old) == ["Deploy In progress"]


@pytest.mark.parametrize("how", ["withdrawn", "corrected away"])
def test_what_a_merger_moved_and_nobody_tells_any_more_is_not_of_the_old_project(
    as_reader: Client, project: Project, how: str
) -> None:
    old = ProjectFactory(name="Sharing")
    strand, metric = WorkstreamFactory(project=old, name="Deploy"), MetricFactory(project=old)
    figure = MetricRow(name="m", metric_id=metric.pk, unit=metric.unit, to_value=Decimal(7))
    moved = Document(
        sections=(*going((strand.pk, "Deploy")).sections, MetricsSection(rows=(figure,)))
    )
    told = publish_week(0, {old: moved})
    old.merge(into=project, by=editor(), at=datetime(2026, 6, 3, 12, tzinfo=UTC))
    assert strands(as_reader, old) == ["Deploy In progress"]
    assert len(table(page(as_reader, old))) == 1

    if how == "withdrawn":
        withdraw(digest=told.digest, by=editor(), reason="Too early", at=NOW)
    else:
        correct(told, {old: GREEN})

    assert strands(as_reader, old) == []
    assert table(page(as_reader, old)) == []
    assert strands(as_reader, project) == ["Deploy Not told yet"]


def test_risks_stand_as_told_last(as_reader: Client, project: Project) -> None:
    old = RisksSection(rows=(RiskRow(text="Old worry"),))
    new = RisksSection(
        nil_return="No new blockers",
        rows=(
            RiskRow(text="**Egress** is slow", kind=RiskKind.ISSUE, owner="Sam Lee"),
            RiskRow(text="Cold", opened_on=date(2026, 3, 2)),
        ),
    )
    publish_week(0, {project: document(None, old)})
    publish_week(1, {project: document(None, new)})
    publish_week(2, {project: GREEN})

    assert risks(as_reader, project) == (
        "Open risks No new blockers Egress is slow Issue, owner Sam Lee "
        "Cold Opened 2 March 2026, no owner From the digest for 18 to 22 May 2026, risks"
    )


def test_nil_return_closes_the_risks_before_it(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: document(None, RisksSection(rows=(RiskRow(text="Old worry"),)))})
    publish_week(1, {project: document(None, RisksSection(nil_return="No risks"))})

    assert (
        risks(as_reader, project)
        == "Open risks No risks From the digest for 18 to 22 May 2026, risks"
    )


def test_project_that_told_no_risk_says_so(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: GREEN})

    assert risks(as_reader, project) == "Open risks No risks published yet"
