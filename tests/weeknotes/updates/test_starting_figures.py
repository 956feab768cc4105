"""What an update starts from: last time's figures and strands."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from people.models import Team, User
from projects.models import Project
from tests.factories import MetricFactory, WorkstreamFactory
from tests.weeknotes.updates.start import following, started, template, told
from weeknotes.content.document import NoUpdate
from weeknotes.content.kinds import MetricsSection, TextSection, WorkstreamsSection
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.digests.models import Digest

pytestmark = pytest.mark.django_db


def test_metrics_come_from_the_project_at_first(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    metric = MetricFactory(
        project=project, name="Active use", unit="users", good_direction="up", decimals=1
    )
    MetricFactory(name="Of another project")

    section = started(digest, project, writer).sections[0]

    row = MetricRow(name="Active use", unit="users", good="up", decimals=1, metric_id=metric.pk)
    assert section == MetricsSection(heading="Project, metrics", rows=(row,))


def test_metrics_start_from_the_values_they_had_reached(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    use = MetricRow(
        name="Active use", unit="users", from_value=Decimal(2109), to_value=Decimal(2136)
    )
    told(
        digest,
        project,
        MetricsSection(
            from_on=date(2026, 5, 3),
            to_on=date(2026, 5, 10),
            rows=(use, MetricRow(name="", words="Slightly more."), MetricRow(name="Syncing")),
        ),
    )

    section = started(following(digest), project, writer).sections[0]

    assert (section.from_on, section.to_on) == (date(2026, 5, 10), None)
    assert section.rows == (
        replace(use, from_value=Decimal(2136), to_value=None),
        MetricRow(name="Syncing"),
    )


def test_workstreams_stand_as_last_time(digest: Digest, project: Project, writer: User) -> None:
    template("Project", "workstreams", starts="projects")
    strands = [
        WorkstreamFactory(project=project, name=name, position=position)
        for position, name in enumerate(("Deployment", "Adoption", "Nobody has told"))
    ]
    WorkstreamFactory(project=project, closed_on=date(2026, 5, 1))
    told(
        digest,
        project,
        WorkstreamsSection(
            rows=(
                WorkstreamRow(name="Adoption", state=WorkstreamState.PAUSED),
                WorkstreamRow(name="Deployment", state=WorkstreamState.COMPLETE),
                WorkstreamRow(name="Gone since", state=WorkstreamState.COMPLETE),
            )
        ),
    )

    section = started(following(digest), project, writer).sections[0]

    assert [(row.name, row.state.value, row.workstream_id) for row in section.rows] == [
        ("Deployment", "complete", strands[0].pk),
        ("Adoption", "paused", strands[1].pk),
    ]


def test_workstream_stands_as_it_did_under_its_old_name(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "workstreams", starts="projects")
    strand = WorkstreamFactory(project=project, name="Roll-out")
    row = WorkstreamRow(name="Deployment", state=WorkstreamState.PAUSED, workstream_id=strand.pk)
    told(digest, project, WorkstreamsSection(rows=(row,)))

    section = started(following(digest), project, writer).sections[0]

    assert section.rows == (replace(row, name="Roll-out"),)


def test_week_without_an_update_resets_nothing(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    strand = WorkstreamFactory(project=project, name="Deployment")
    stands = WorkstreamRow(
        name="Deployment", state=WorkstreamState.COMPLETE, workstream_id=strand.pk
    )
    told(
        digest,
        project,
        MetricsSection(rows=(MetricRow(name="Syncing", to_value=Decimal(12)),)),
        WorkstreamsSection(rows=(stands,)),
    )
    quiet = following(digest)
    drafted = MetricsSection(rows=(MetricRow(name="Drafted", to_value=Decimal(99)),))
    told(quiet, project, drafted, no_update=NoUpdate(lines="On leave."))

    metrics, workstreams = started(following(quiet), project, writer).sections

    assert metrics.rows == (MetricRow(name="Syncing", from_value=Decimal(12)),)
    assert workstreams.rows == (stands,)


def test_each_kind_starts_from_the_last_update_that_tells_of_it(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    WorkstreamFactory(project=project, name="Deployment")
    told(
        digest,
        project,
        MetricsSection(rows=(MetricRow(name="Syncing", to_value=Decimal(12)),)),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="Deployment", state=WorkstreamState.NOT_STARTED),)
        ),
    )
    later = following(digest)
    told(
        later,
        project,
        MetricsSection(before="No figures this week."),
        WorkstreamsSection(
            rows=(WorkstreamRow(name="deployment", state=WorkstreamState.COMPLETE),)
        ),
    )

    metrics, workstreams = started(following(later), project, writer).sections

    assert [(row.name, row.from_value) for row in metrics.rows] == [("Syncing", Decimal(12))]
    assert [row.state.value for row in workstreams.rows] == ["complete"]


def test_metric_without_a_new_figure_keeps_its_value(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    row = MetricRow(name="Syncing", from_value=Decimal(1356))
    days = {"from_on": date(2026, 5, 3), "to_on": date(2026, 5, 10)}
    told(digest, project, MetricsSection(rows=(row, MetricRow(name="Mood", words="Up")), **days))

    section = started(following(digest), project, writer).sections[0]

    assert section.rows == (row, MetricRow(name="Mood"))
    assert (section.from_on, section.to_on) == (date(2026, 5, 3), None)


def test_values_of_different_days_leave_the_day_open(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    rows = (
        MetricRow(name="Syncing", from_value=Decimal(1356)),
        MetricRow(name="Sharing", from_value=Decimal(726), to_value=Decimal(760)),
    )
    days = {"from_on": date(2026, 5, 3), "to_on": date(2026, 5, 10)}
    told(digest, project, MetricsSection(rows=rows, **days))

    section = started(following(digest), project, writer).sections[0]

    assert [row.from_value for row in section.rows] == [Decimal(1356), Decimal(760)]
    assert section.from_on is None


def test_metric_added_since_appears_after_those_told(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "metrics", starts="projects")
    renamed = MetricFactory(project=project, name="New name", position=1)
    typed = MetricFactory(project=project, name="Syncing", position=2)
    told(
        digest,
        project,
        MetricsSection(
            rows=(
                MetricRow(name="syncing", to_value=Decimal(12)),
                MetricRow(name="Old name", metric_id=renamed.pk, to_value=Decimal(3)),
                MetricRow(name="By hand", to_value=Decimal(4)),
            )
        ),
    )
    added = MetricFactory(project=project, name="Sharing", unit="users", position=0)

    section = started(following(digest), project, writer).sections[0]

    assert [(row.name, row.metric_id, row.from_value) for row in section.rows] == [
        ("syncing", typed.pk, Decimal(12)),
        ("Old name", renamed.pk, Decimal(3)),
        ("By hand", None, Decimal(4)),
        ("Sharing", added.pk, None),
    ]


def test_start_costs_the_same_for_one_week_and_for_ten(
    digest: Digest, project: Project, writer: User, django_assert_num_queries: Any
) -> None:
    template("Project", "metrics", "workstreams", starts="projects")
    for weeks in (1, 9):
        for _ in range(weeks):
            told(digest, project, TextSection(text="Met."), by=writer)
            digest = following(digest)
        with django_assert_num_queries(7):
            started(digest, project, writer)


def test_team_has_neither_metrics_nor_workstreams(digest: Digest, team: Team, writer: User) -> None:
    template("Team", "metrics", "workstreams", starts="teams")

    assert [section.rows for section in started(digest, team, writer).sections] == [(), ()]
