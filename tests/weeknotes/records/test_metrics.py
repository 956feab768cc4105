"""The readings of each metric on a project's page, and how they changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from projects.models import Project
from tests.factories import MetricFactory
from tests.weeknotes.browse import spoken
from tests.weeknotes.records.telling import document, page, publish_week, table
from weeknotes.content.kinds import (
    MetricRow,
    MetricsSection,
)

pytestmark = pytest.mark.django_db


def measured(project: Project, week: int, *rows: MetricRow, to_on: date | None = None) -> None:
    section = MetricsSection(rows=rows, to_on=to_on)
    publish_week(week, {project: document(None, section)})


def test_readings_stand_by_their_periods_with_their_change(
    as_reader: Client, project: Project
) -> None:
    metric = MetricFactory(project=project, name="Users", unit="users", good_direction="up")
    row = MetricRow(name="Users", unit="users", metric_id=metric.pk, to_value=Decimal(2109))
    later = MetricRow(
        name="Users",
        unit="users",
        metric_id=metric.pk,
        from_value=Decimal(2109),
        to_value=Decimal(2136),
        words="A good week.",
    )
    measured(project, 1, row, to_on=date(2026, 5, 3))
    measured(project, 0, later, to_on=date(2026, 5, 10))

    found = page(as_reader, project)

    section = found.select_one("section[aria-labelledby=metric-1]")
    assert spoken(section.h2) == "Users"
    assert spoken(section.p) == (
        "Users increased by 1.3%, from 2,109 to 2,136 users. A good week. That is better."
    )
    assert table(found) == [
        [
            "To 10 May 2026, Users in the digest of 11 to 15 May 2026",
            "2,136 users A good week.",
            "+27 users better",
            "+1.3%",
        ],
        [
            "To 3 May 2026, Users in the digest of 18 to 22 May 2026",
            "2,109 users",
            "not known",
            "not given",
        ],
    ]
    assert "Up is good." in spoken(section)


@pytest.mark.parametrize(
    ("unit", "good", "before", "after", "said"),
    [
        ("", "down", 10, 12, ["12", "+2 worse", "+20.0%"]),
        ("", "down", 12, 10, ["10", "−2 better", "−16.7%"]),
        ("", "", 12, 10, ["10", "−2", "−16.7%"]),
        ("%", "up", 12, 10, ["10%", "−2 points worse", "not given"]),
        ("£", "", 1000, 2500, ["£2,500", "+£1,500", "+150.0%"]),
        ("", "up", 0, 5, ["5", "+5 better", "not given"]),
        ("", "up", 5, 5, ["5", "no change", "not given"]),
    ],
)
def test_change_is_worked_out_in_the_metrics_unit(
    as_reader: Client,
    project: Project,
    unit: str,
    good: str,
    before: int,
    after: int,
    said: list[str],
) -> None:
    metric = MetricFactory(project=project, name="m", unit=unit, good_direction=good)
    for week, value in enumerate([before, after]):
        row = MetricRow(name="m", unit=unit, metric_id=metric.pk, to_value=Decimal(value))
        measured(project, week, row)

    assert table(page(as_reader, project))[0][1:] == said


def test_change_is_since_the_last_value_in_the_same_unit(
    as_reader: Client, project: Project
) -> None:
    values = [("h", 100), *[("h", None)] * 7, ("H", 110), ("days", -7), ("days", -2)]
    for week, (unit, value) in enumerate(values):
        known = None if value is None else Decimal(value)
        measured(project, week, MetricRow(name="Wait", unit=unit, to_value=known))

    rows = table(page(as_reader, project))

    assert [row[1:3] for row in rows] == [
        ["−2 days", "+5 days"],
        ["−7 days", "not known"],
        ["110 H", "+10 H"],
        *[["No new figure", "not known"]] * 2,
    ]


def test_reading_of_words_is_shown_as_said(as_reader: Client, project: Project) -> None:
    measured(project, 0, MetricRow(name="Mood", words="People <b>like</b> it."))

    section = page(as_reader, project).select_one("section[aria-labelledby=metric-1]")

    assert spoken(section) == "Mood 11 to 15 May 2026 People <b>like</b> it."


def test_what_is_no_metric_of_the_project_stands_last(as_reader: Client, project: Project) -> None:
    metric = MetricFactory(project=project, name="Users")
    own = MetricRow(name="Users", unit=metric.unit, metric_id=metric.pk, to_value=Decimal(7))
    measured(project, 0, MetricRow(name="Mood", words="Good."), own)

    found = page(as_reader, project)

    assert [spoken(heading) for heading in found.select("[id^=metric-]")] == ["Users", "Mood"]


def test_words_without_a_name_stand_under_a_heading(as_reader: Client, project: Project) -> None:
    measured(project, 0, MetricRow(name="", words="Steady."))

    assert spoken(page(as_reader, project).select_one("#metric-1")) == "Said in words"


def test_last_five_readings_are_shown(as_reader: Client, project: Project) -> None:
    for week in range(10):
        measured(project, week, MetricRow(name="m", to_value=Decimal(week)))

    rows = table(page(as_reader, project))

    assert [row[1] for row in rows] == ["9", "8", "7", "6", "5"]
    assert rows[-1][2] == "+1"


def test_change_is_known_of_all_that_are_shown_behind_words_alone(
    as_reader: Client, project: Project
) -> None:
    weekly, once = (MetricFactory(project=project, name=name, unit="") for name in ("w", "o"))
    told_once = MetricRow(name="o", metric_id=once.pk, to_value=Decimal(1))
    measured(project, 0, told_once)
    for week in range(1, 9):
        measured(project, week, MetricRow(name="w", metric_id=weekly.pk, to_value=Decimal(week)))
    measured(project, 9, MetricRow(name="w", metric_id=weekly.pk, words="Not counted."))

    rows = [row[1:3] for row in table(page(as_reader, project))]

    assert rows == [
        ["Not counted.", "not known"],
        *([str(week), "+1"] for week in (8, 7, 6, 5)),
        ["1", "not known"],
    ]


def test_change_is_known_behind_any_number_of_words(as_reader: Client, project: Project) -> None:
    metric = MetricFactory(project=project, unit="")
    for week in range(12):
        value = Decimal(week) if week in (0, 1, 9) else None
        measured(project, week, MetricRow(name="m", metric_id=metric.pk, to_value=value))

    rows = [row[1:3] for row in table(page(as_reader, project))]

    nothing = ["No new figure", "not known"]
    assert rows == [nothing, nothing, ["9", "+8"], nothing, nothing]
