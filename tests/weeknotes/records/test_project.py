"""A project's page: how it stands, its workstreams, metrics and risks, and what it published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from projects.models import Project
from tests.factories import ProjectFactory, ProjectPostFactory
from tests.weeknotes.browse import headings, skipped_levels, spoken
from tests.weeknotes.records.telling import correct, document, page, publish_week, publish_weeks
from tests.weeknotes.week import editor
from weeknotes.content.document import Document, Item, RagColour
from weeknotes.content.items import Group
from weeknotes.content.kinds import (
    OutcomesSection,
)
from weeknotes.publications.models import PublishedUpdate

pytestmark = pytest.mark.django_db

GREEN, AMBER, RED = RagColour.GREEN, RagColour.AMBER, RagColour.RED
NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def now(client: Client, project: Project) -> str:
    return spoken(page(client, project).select_one(".now"))


# How it stands


def test_day_it_came_out_is_known_at_hand_or_not(project: Project) -> None:
    correct(publish_week(0, {project: GREEN}), {project: AMBER})
    current = PublishedUpdate.objects.current()

    days = [told.get().came_out_on for told in (current, current.with_days())]

    assert days == [date(2026, 5, 18)] * 2


def test_project_never_told_has_a_page(as_reader: Client, project: Project) -> None:
    found = page(as_reader, project)

    assert headings(found.main) == [
        "h1 OneDrive",
        "h2 Workstreams",
        "h2 Open risks",
        "h2 What was published",
    ]
    assert spoken(found.select_one(".now")) == "Not rated"
    assert "Nothing is published about it yet, so it is not rated." in spoken(found.main)
    assert "Owner: vacant" in spoken(found.main)


def test_paused_and_closed_before_anything_was_told(as_reader: Client, project: Project) -> None:
    Project.objects.update(paused_until=date(2026, 7, 1))
    paused = spoken(page(as_reader, project).select_one(".head"))
    project.close(by=editor())
    closed = spoken(page(as_reader, project).select_one(".head"))

    assert "Paused until 1 July 2026 Nothing is published about it yet. Owner" in paused
    assert "Closed on 20 June 2026 Nothing is published about it yet. Nobody" in closed


def test_unknown_project_is_not_found(as_reader: Client) -> None:
    assert as_reader.get("/projects/nobody/").status_code == 404


def test_what_was_before_is_found_behind_a_long_run(as_reader: Client, project: Project) -> None:
    """Behind weeks without an update, and what a correction took away."""
    publish_week(0, {project: RED})
    publish_week(1, {project: AMBER})
    publish_week(2, {project: "Away."})
    corrected = publish_week(3, {project: RED})
    correct(corrected, {project: GREEN})
    publish_weeks(3, {project: GREEN}, start=4)
    publish_week(7, {project: "Away."})

    silent = now(as_reader, project)
    publish_week(8, {project: GREEN})

    assert silent == "No update was green on 29 June 2026 said in 29 June to 3 July 2026"
    assert now(as_reader, project) == (
        "Green since 8 June 2026 before that amber until 8 June 2026 no reason given"
    )


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

    assert "called PR9 OneDrive until 3 June 2026 Sharing was merged into it" in spoken(
        heir.select_one(".head")
    )
    assert spoken(gone.select_one(".now")) == (
        "Merged into another on 3 June 2026 was amber on 18 May 2026"
    )
    assert "Nobody owns it now" in spoken(gone.select_one(".head"))
    assert "It goes on as One drive for all" in spoken(gone.select_one(".head"))


def test_old_code_alone_is_told(as_reader: Client, project: Project) -> None:
    at = datetime(2026, 6, 3, 12, tzinfo=UTC)
    project.rename(to=project.name, code="PR10", by=editor(), at=at)

    assert "called PR9 OneDrive until 3 June 2026" in spoken(
        page(as_reader, project).select_one(".head")
    )


def test_owner_of_today_is_named(as_reader: Client, project: Project) -> None:
    former = ProjectPostFactory(project=project, ends_on=date(2026, 6, 1)).person
    owner = ProjectPostFactory(project=project, starts_on=date(2026, 6, 1)).person

    links = {link.text: link["href"] for link in page(as_reader, project).select(".head a")}

    assert links[owner.name] == owner.get_absolute_url()
    assert former.name not in links
    assert links[project.team.name] == project.team.get_absolute_url()


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
        "18 to 22 May 2026 PR9 OneDrive, in the digest of 18 to 22 May 2026 No update",
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
