"""A team's page: who leads it and belongs to it, its projects, what it published."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.models import Team
from tests.factories import (
    ProjectFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    directorate,
)
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.records.telling import document, publish_week, standings, table
from tests.weeknotes.week import editor, hand_in, open_digest, put_out, write_note
from weeknotes.content.document import RagColour
from weeknotes.content.kinds import (
    MetricRow,
    MetricsSection,
    RiskRow,
    RisksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.digests.subjects import anchor_of
from weeknotes.publications.models import PublishedUpdate
from weeknotes.records.stories import told_by

pytestmark = pytest.mark.django_db


def page(client: Client, team: Team) -> BeautifulSoup:
    response = client.get(team.get_absolute_url())
    assert response.status_code == 200
    return read(response)


def part(client: Client, team: Team, name: str) -> str:
    return spoken(page(client, team).select_one(f"section[aria-labelledby={name}-h]"))


def test_team_of_nobody_has_a_page(as_reader: Client) -> None:
    team = TeamFactory(name="Web")

    found = page(as_reader, team)

    assert headings(found.main) == [
        "h1 Web",
        "h2 Projects",
        "h2 What the team published",
        "h2 People",
    ]
    assert "Lead: vacant" in spoken(found.main)
    assert spoken(found.select_one(".empty .what")) == (
        "This team has published nothing of its own yet."
    )


def test_unknown_team_is_not_found(as_reader: Client) -> None:
    assert as_reader.get("/teams/nobody/").status_code == 404


def test_closed_and_merged_teams_keep_their_pages(as_reader: Client) -> None:
    old, heir = TeamFactory(name="Old"), TeamFactory(name="Heir")
    at = datetime(2026, 6, 3, 12, tzinfo=UTC)
    old.merge(into=heir, by=editor(), at=at)

    assert spoken(page(as_reader, old).select_one(".head")) == (
        "Team Old Merged into another on 3 June 2026 Nobody leads it now part of Directorate "
        "It goes on as Heir"
    )
    assert "Old was merged into it" in spoken(page(as_reader, heir).select_one(".head"))
    assert "Old" not in part(as_reader, directorate(), "teams")


def test_lead_of_today_and_people_are_named(as_reader: Client) -> None:
    team = TeamFactory(name="Web")
    lead = TeamPostFactory(team=team).person
    deputy = TeamPostFactory(team=team, post="deputy").person
    UserFactory(forename="B", surname="Z <b>B</b>", team=team, job_title="Designer")
    UserFactory(forename="A", surname="A", team=team)
    UserFactory(forename="Gone", team=team, leaves_on=date(2026, 1, 1))

    found = page(as_reader, team)

    assert spoken(found.select_one(".head .meta")) == (
        f"Led by {lead.name} Deputy: {deputy.name} part of Directorate"
    )
    assert part(as_reader, team, "people") == "People A A B Z <b>B</b> Designer"


def test_teams_in_it_lead_to_their_pages(as_reader: Client) -> None:
    TeamFactory(name="Web", house_order=2)
    TeamFactory(name="Data", house_order=1)

    found = page(as_reader, directorate())

    rows = found.select("section[aria-labelledby=teams-h] a")
    assert [(link.text, link["href"]) for link in rows] == [
        ("Data", "/teams/data/"),
        ("Web", "/teams/web/"),
    ]


def test_projects_stand_as_on_the_list(as_reader: Client) -> None:
    team = TeamFactory(name="Web")
    green, silent, over = (ProjectFactory(name=n, team=team) for n in ("Green", "Silent", "Over"))
    ProjectFactory(name="Another's")
    publish_week(0, {green: RagColour.GREEN, silent: RagColour.AMBER})
    publish_week(1, {green: RagColour.GREEN, silent: "Away."})
    over.close(by=editor())

    response = as_reader.get(team.get_absolute_url())

    assert standings(response) == {
        "Green": "Green since 18 May 2026",
        "Silent": "No update was amber on 18 May 2026",
    }
    closed = read(response).select_one('a[href="/projects/?team=web&show=closed"]')
    assert spoken(closed) == "1 closed project"


def test_team_shows_what_it_published_itself(as_reader: Client) -> None:
    team = TeamFactory(name="Web")
    publish_week(0, {team: None, ProjectFactory(team=team): RagColour.GREEN})
    publish_week(1, {team: "Away."})

    found = page(as_reader, team)

    assert [spoken(row) for row in found.select(".stories > li")] == [
        "18 to 22 May 2026 Web, in the digest of 18 to 22 May 2026 No update",
        "11 to 15 May 2026 Web, in the digest of 11 to 15 May 2026",
    ]
    assert skipped_levels(found) == []


def test_team_tells_its_own_workstreams_metrics_and_risks(as_reader: Client) -> None:
    team = TeamFactory(name="Web")
    sections = (
        WorkstreamsSection(rows=(WorkstreamRow(name="Move", state=WorkstreamState.COMPLETE),)),
        MetricsSection(rows=(MetricRow(name="Visits", to_value=Decimal(9)),)),
        RisksSection(rows=(RiskRow(text="Rain"),)),
    )
    publish_week(0, {team: document(None, *sections), TeamFactory(): None})

    where = "From the digest for 11 to 15 May 2026"
    assert part(as_reader, team, "strands") == f"Workstreams Move Complete {where}, workstreams"
    assert part(as_reader, team, "risks") == f"Open risks Rain No owner {where}, risks"
    assert headings(page(as_reader, team).main)[2] == "h2 Visits"
    assert [row[1] for row in table(page(as_reader, team))] == ["9"]


def test_directors_note_is_told_by_the_directorate(as_reader: Client) -> None:
    digest = open_digest()
    write_note(digest)
    put_out(digest)

    found = page(as_reader, directorate())

    assert found.select_one(".stories a")["href"] == "/digests/2026-05-18/#note"


def test_what_one_team_told_in_one_digest_stands_as_it_does_there(as_reader: Client) -> None:
    digest, house = open_digest(), directorate()
    hand_in(digest, house)
    write_note(digest)
    put_out(digest)
    in_order = list(PublishedUpdate.objects.values_list("anchor", "position"))
    assert in_order == [("note", 1), (anchor_of(house), 2)]

    assert [PublishedUpdate.objects.get(pk=pk).anchor for pk in told_by(house)] == [
        "note",
        anchor_of(house),
    ]
    links = [link["href"] for link in page(as_reader, house).select(".stories h3 a")]
    assert links == [f"/digests/2026-05-18/#{anchor}" for anchor, _ in in_order]
