"""A project's page: how it stands, its workstreams, metrics and risks, and what it published."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from projects.models import Project
from tests.factories import MetricFactory, ProjectFactory, ProjectPostFactory, WorkstreamFactory
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.records.telling import document, publish_week
from tests.weeknotes.week import editor
from weeknotes.content.document import Document, Item, RagColour
from weeknotes.content.items import Group
from weeknotes.content.kinds import (
    MetricRow,
    MetricsSection,
    OutcomesSection,
    RiskKind,
    RiskRow,
    RisksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)

pytestmark = pytest.mark.django_db

GREEN, AMBER, RED = RagColour.GREEN, RagColour.AMBER, RagColour.RED
NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def project(db: None) -> Project:
    return ProjectFactory(name="OneDrive", code="PR9")


def page(client: Client, project: Project, query: str = "") -> BeautifulSoup:
    response = client.get(f"{project.get_absolute_url()}{query}")
    assert response.status_code == 200
    return read(response)


def now(client: Client, project: Project) -> str:
    return spoken(page(client, project).select_one(".now"))


def strands(client: Client, project: Project) -> list[str]:
    return [spoken(row) for row in page(client, project).select(".strands > div")]


def risks(client: Client, project: Project) -> str:
    return spoken(page(client, project).select_one("section[aria-labelledby=risks-h]"))


def table(found: BeautifulSoup) -> list[list[str]]:
    return [[spoken(cell) for cell in row.select("th, td")] for row in found.select("tbody tr")]


def measured(project: Project, week: int, *rows: MetricRow, to_on: date | None = None) -> None:
    section = MetricsSection(rows=rows, to_on=to_on)
    publish_week(week, {project: document(None, section)})


# How it stands


def test_project_never_told_has_a_page(as_reader: Client, project: Project) -> None:
    found = page(as_reader, project)

    assert headings(found.main) == [
        "h1 OneDrive",
        "h2 What was published",
        "h2 Workstreams",
        "h2 Open risks",
    ]
    assert spoken(found.select_one(".now")) == "Not rated"
    assert "Nothing is published about it yet, so it is not rated." in spoken(found.main)
    assert "Owner: vacant" in spoken(found.main)


def test_unknown_project_is_not_found(as_reader: Client) -> None:
    assert as_reader.get("/projects/nobody/").status_code == 404


def test_rating_is_told_with_its_reason_its_days_and_the_one_before(
    as_reader: Client, project: Project
) -> None:
    rated = document(AMBER, words="at risk", reason="Two *people* left.")
    for week, said in enumerate([GREEN, "Away.", AMBER, "Away.", rated]):
        publish_week(week, {project: said})

    found = page(as_reader, project)

    assert spoken(found.select_one(".now")) == (
        "Amber, at risk since 1 June 2026 before that green until 1 June 2026"
    )
    assert found.select_one(".standfirst").decode_contents() == "Two <em>people</em> left."


def test_rating_without_a_reason_says_so(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: RED})

    assert now(as_reader, project) == "Red since 18 May 2026 no reason given"


def test_no_update_is_said_with_the_last_rating(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: document(GREEN, reason="On time.")})
    publish_week(1, {project: "Away."})

    found = page(as_reader, project)

    assert spoken(found.select_one(".now")) == (
        "No update was green on 18 May 2026 said in 18 to 22 May 2026"
    )
    assert found.select(".head .green") == []
    assert "On time. That was the reason given then." in spoken(found.select_one(".head"))


def test_closed_project_keeps_its_page(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: GREEN})
    project.close(by=editor(), at=datetime(2026, 6, 3, 12, tzinfo=UTC))

    assert now(as_reader, project) == "Closed on 3 June 2026 was green on 18 May 2026"


def test_old_names_and_merged_projects_are_told(as_reader: Client, project: Project) -> None:
    other = ProjectFactory(name="Sharing")
    publish_week(0, {other: AMBER})
    by, at = editor(), datetime(2026, 6, 3, 12, tzinfo=UTC)
    project.rename(to="One drive for all", by=by, at=at)
    other.merge(into=project, by=by, at=at)

    heir, gone = (page(as_reader, one) for one in (project, other))

    assert "called OneDrive until 3 June 2026 Sharing was merged into it" in spoken(
        heir.select_one(".head")
    )
    assert spoken(gone.select_one(".now")) == (
        "Merged into another on 3 June 2026 was amber on 18 May 2026"
    )
    assert "Nobody owns it now" in spoken(gone.select_one(".head"))
    assert "It goes on as One drive for all" in spoken(gone.select_one(".head"))


def test_owner_of_today_is_named(as_reader: Client, project: Project) -> None:
    former = ProjectPostFactory(project=project, ends_on=date(2026, 6, 1)).person
    owner = ProjectPostFactory(project=project, starts_on=date(2026, 6, 1)).person

    links = {link.text: link["href"] for link in page(as_reader, project).select(".head a")}

    assert links[owner.name] == owner.get_absolute_url()
    assert former.name not in links
    assert links[project.team.name] == project.team.get_absolute_url()


# Workstreams and risks


def test_workstreams_stand_as_told_last(as_reader: Client, project: Project) -> None:
    first, second = (WorkstreamFactory(project=project, name=n, position=0) for n in "ab")
    WorkstreamFactory(project=project, name="c", position=1)
    WorkstreamFactory(project=project, name="d", closed_on=date(2026, 6, 1))
    done, going = WorkstreamState.COMPLETE, WorkstreamState.IN_PROGRESS

    def told(*rows: tuple[int | None, str, WorkstreamState]) -> Document:
        said = [WorkstreamRow(workstream_id=pk, name=name, state=state) for pk, name, state in rows]
        return document(None, WorkstreamsSection(rows=tuple(said)))

    publish_week(0, {project: told((first.pk, "a", going), (second.pk, "b", going))})
    publish_week(1, {project: told((first.pk, "a", done), (None, "Other", going))})
    first.name = "A, renamed"
    first.save()

    assert strands(as_reader, project) == [
        "A, renamed Complete",
        "b In progress",
        "c Not told yet",
        "Other In progress",
    ]


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
        "Cold Opened 2 March 2026, no owner As told in 18 to 22 May 2026, risks"
    )


def test_nil_return_closes_the_risks_before_it(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: document(None, RisksSection(rows=(RiskRow(text="Old worry"),)))})
    publish_week(1, {project: document(None, RisksSection(nil_return="No risks"))})

    assert risks(as_reader, project) == "Open risks No risks As told in 18 to 22 May 2026, risks"


def test_project_that_told_no_risk_says_so(as_reader: Client, project: Project) -> None:
    publish_week(0, {project: GREEN})

    assert risks(as_reader, project) == "Open risks None was told yet."


# Metrics


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
            "–",
        ],
    ]
    assert "Up is good." in spoken(section)


@pytest.mark.parametrize(
    ("unit", "good", "before", "after", "said"),
    [
        ("", "down", 10, 12, ["12", "+2 worse", "+20.0%"]),
        ("", "down", 12, 10, ["10", "−2 better", "−16.7%"]),
        ("", "", 12, 10, ["10", "−2", "−16.7%"]),
        ("%", "up", 12, 10, ["10%", "−2 points worse", "–"]),
        ("£", "", 1000, 2500, ["£2,500", "+£1,500", "+150.0%"]),
        ("", "up", 0, 5, ["5", "+5 better", "–"]),
        ("", "up", 5, 5, ["5", "no change", "–"]),
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


def test_reading_of_words_is_shown_as_said(as_reader: Client, project: Project) -> None:
    measured(project, 0, MetricRow(name="Mood", words="People <b>like</b> it."))

    section = page(as_reader, project).select_one("section[aria-labelledby=metric-1]")

    assert spoken(section) == "Mood 11 to 15 May 2026 People <b>like</b> it."


def test_words_without_a_name_stand_under_a_heading(as_reader: Client, project: Project) -> None:
    measured(project, 0, MetricRow(name="", words="Steady."))

    assert spoken(page(as_reader, project).select_one("#metric-1")) == "Said in words"


def test_last_five_readings_are_shown(as_reader: Client, project: Project) -> None:
    for week in range(10):
        measured(project, week, MetricRow(name="m", to_value=Decimal(week)))

    rows = table(page(as_reader, project))

    assert [row[1] for row in rows] == ["9", "8", "7", "6", "5"]
    assert rows[-1][2] == "+1"


# What it published


def test_updates_stand_newest_first_and_lead_to_their_place(
    as_reader: Client, project: Project
) -> None:
    lines = OutcomesSection(
        groups=(Group(items=tuple(Item(text=f"Line **{n}**") for n in range(4))),)
    )
    told = Document(heading="🌱 OneDrive", sections=(lines,))
    publish_week(0, {project: told})
    publish_week(1, {project: "Away."})

    found = page(as_reader, project)

    assert [spoken(row) for row in found.select(".stories > li")] == [
        "18 to 22 May 2026 PR9 OneDrive, in the digest of 18 to 22 May 2026 No update this week",
        "11 to 15 May 2026 🌱 OneDrive, in the digest of 11 to 15 May 2026 Not rated "
        "Line 0Line 1Line 2",
    ]
    assert found.select_one(".stories a")["href"] == "/digests/2026-05-25/#project-onedrive"
    assert skipped_levels(found) == []


def test_updates_are_paged(as_reader: Client, project: Project) -> None:
    for week in range(11):
        publish_week(week, {project: GREEN})

    pages = [page(as_reader, project, query) for query in ("", "?page=2", "?page=3")]

    assert [len(found.select(".stories > li")) for found in pages] == [10, 1, 1]
    assert spoken(pages[2].select_one("p[role=status]")) == (
        "There is no such page. This is page 2 of 2."
    )
