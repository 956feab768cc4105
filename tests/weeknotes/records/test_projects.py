"""The list of projects: how each stands by what was published last, narrowed and paged."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client

from people.models import Team
from tests.factories import ProjectFactory, ProjectPostFactory, TeamFactory, UserFactory
from tests.weeknotes.browse import errors_of, read, skipped_levels, spoken
from tests.weeknotes.records.telling import (
    correct,
    document,
    listed,
    publish_week,
    publish_weeks,
    standings,
)
from tests.weeknotes.week import editor
from weeknotes.content.document import RagColour
from weeknotes.publications.models import PublishedUpdate

pytestmark = pytest.mark.django_db

GREEN, AMBER, RED = RagColour.GREEN, RagColour.AMBER, RagColour.RED
NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def empty(client: Client, address: str) -> str:
    return spoken(read(client.get(address)).select_one(".empty .what"))


# How each stands


def test_list_before_there_is_any_project(as_reader: Client) -> None:
    assert empty(as_reader, "/projects/") == "There is no project yet."


def test_list_where_every_project_is_closed(as_reader: Client) -> None:
    ProjectFactory(name="Done").close(by=editor())

    assert empty(as_reader, "/projects/") == "Every project is closed."


def test_project_never_told_is_not_rated(as_reader: Client) -> None:
    ProjectFactory(name="New")

    page = as_reader.get("/projects/")

    assert standings(page) == {"New": "Not rated"}
    assert "Nothing is published about it yet" in spoken(read(page).main)


def test_each_rating_is_said_in_words_with_its_shape(as_reader: Client) -> None:
    said = {ProjectFactory(name=colour.label): colour for colour in RagColour}
    publish_week(0, said)

    page = as_reader.get("/projects/")

    since = "since 18 May 2026"
    assert standings(page) == {c.label: f"{c.label} {since}" for c in sorted(RagColour)}
    shapes = {spoken(tag): tag["class"] for tag in read(page).select(".standings .rag")}
    assert shapes["Not rated"] == ["rag", "unrated"]
    assert shapes["Paused"] == ["rag", "paused"]
    assert shapes["Green"] == ["rag", "green"]


def test_update_without_a_rating_is_not_rated_though_it_was_green(as_reader: Client) -> None:
    project = ProjectFactory(name="Quiet")
    publish_week(0, {project: GREEN})
    publish_week(1, {project: None})

    assert standings(as_reader.get("/projects/")) == {"Quiet": "Not rated since 25 May 2026"}


def test_no_update_is_said_and_never_shown_as_green(as_reader: Client) -> None:
    project = ProjectFactory(name="Silent")
    publish_week(0, {project: GREEN})
    publish_week(1, {project: "Everyone is away."})

    page = as_reader.get("/projects/")

    assert standings(page) == {"Silent": "No update was green on 18 May 2026"}
    assert [tag["class"] for tag in read(page).select(".standings .rag")] == [["rag", "none"]]
    assert read(page).select(".standings .green") == []


def test_pause_is_said_while_it_lasts_and_never_shown_as_green(as_reader: Client) -> None:
    project = ProjectFactory(name="Resting", paused_until=date(2026, 6, 20))
    publish_week(0, {project: GREEN})

    with time_machine.travel(NOW, tick=False):
        during = standings(as_reader.get("/projects/"))
    with time_machine.travel(datetime(2026, 6, 20, 23, 30, tzinfo=UTC), tick=False):
        after = standings(as_reader.get("/projects/"))

    assert during == {"Resting": "Paused until 20 June 2026 was green on 18 May 2026"}
    assert after == {"Resting": "Green since 18 May 2026"}


def test_closed_project_says_so(as_reader: Client) -> None:
    project = ProjectFactory(name="Over")
    publish_week(0, {project: RagColour.COMPLETE})
    project.close(by=editor(), at=datetime(2026, 6, 3, 12, tzinfo=UTC))

    page = as_reader.get("/projects/?show=closed")

    assert standings(page) == {"Over": "Closed on 3 June 2026 was complete on 18 May 2026"}


def test_since_is_the_first_day_of_the_unbroken_run(as_reader: Client) -> None:
    project = ProjectFactory(name="Up and down")
    for week, said in enumerate([AMBER, GREEN, AMBER, "Away.", AMBER]):
        publish_week(week, {project: said})

    assert standings(as_reader.get("/projects/")) == {"Up and down": "Amber since 1 June 2026"}


def test_a_correction_counts_and_does_not_move_the_day(as_reader: Client) -> None:
    project, gone = ProjectFactory(name="Corrected"), ProjectFactory(name="Taken out")
    publication = publish_week(0, {project: GREEN, gone: RED})
    correct(publication, {project: AMBER})

    assert standings(as_reader.get("/projects/")) == {
        "Corrected": "Amber since 18 May 2026",
        "Taken out": "Not rated",
    }


@pytest.mark.parametrize(("content", "words"), [(GREEN, "Last told in"), ("Away.", "No update in")])
def test_last_told_leads_to_its_place_in_the_digest(
    as_reader: Client, content: Any, words: str
) -> None:
    publish_weeks(2, {ProjectFactory(name="Told", slug="told"): content})

    told = read(as_reader.get("/projects/")).select_one(".standings li > p")

    assert spoken(told) == f"{words} 18 to 22 May 2026, Told, published 25 May 2026"
    assert told.a["href"] == "/digests/2026-05-25/#project-told"


def test_the_days_of_what_is_held_over_stand_beside_the_link(as_reader: Client) -> None:
    publish_weeks(2, {ProjectFactory(name="Told"): GREEN})
    PublishedUpdate.objects.update(covers_from=date(2026, 5, 4), covers_to=date(2026, 5, 8))

    told = read(as_reader.get("/projects/")).select_one(".standings li > p")

    assert spoken(told.a) == "18 to 22 May 2026, Told"
    assert spoken(told).endswith("Told, held over from 4 to 8 May 2026, published 25 May 2026")


# Narrowing


def test_all_ambers(as_reader: Client) -> None:
    was, has_been, silent = (ProjectFactory(name=name) for name in ("Was", "Has been", "Silent"))
    paused = ProjectFactory(name="Paused", paused_until=date(2026, 7, 1))
    over, at_risk, no = (ProjectFactory(name=name) for name in ("Over", "At risk", "No"))
    publish_week(0, {was: AMBER, has_been: AMBER, silent: AMBER, over: AMBER, paused: AMBER})
    publish_week(1, {was: GREEN, has_been: AMBER, silent: "Away.", at_risk: AMBER, no: None})
    over.close(by=editor())

    page = as_reader.get("/projects/?rag=amber")
    file = lines(as_reader, "?rag=amber&show=all")

    assert sorted(listed(page)) == ["At risk", "Has been"]
    assert sorted(listed(as_reader.get("/projects/?rag=amber&show=all"))) == ["At risk", "Has been"]
    assert [line.partition("|")[0] for line in file] == ["Project", "Has been", "At risk"]
    closed = read(page).find("a", string="Show closed projects")
    assert closed.parent.text.strip().startswith("1 closed project is left out.")
    assert listed(as_reader.get(f"/projects/{closed['href']}")) == ["Over"]
    assert "1 more was amber when last rated and has no update since." in spoken(read(page).main)
    assert read(page).select_one("select[name=rag] option[selected]")["value"] == "amber"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["First", "Other", "Résumé", "Sleeping"]),
        ("words=FIRST", ["First"]),
        ("words=pr91", ["First"]),
        ("words=<b>", []),
        ("team=web", ["First", "Sleeping"]),
        ("rag=green", ["First"]),
        ("rag=not_rated", ["Résumé"]),
        ("rag=no_update", ["Other"]),
        ("rag=paused", ["Sleeping"]),
        ("rag=complete", []),
        ("show=active", ["First", "Other", "Résumé"]),
        ("show=paused", ["Sleeping"]),
        ("show=closed", ["Over"]),
        ("show=all", ["First", "Other", "Over", "Résumé", "Sleeping"]),
        ("since=2026-05-25", []),
        ("since=18/05/2026", ["First", "Other", "Sleeping"]),
        ("since=2026-05-18", ["First", "Other", "Sleeping"]),
        ("since=0001-01-01", ["First", "Other", "Sleeping"]),
        ("since=9999-12-31", []),
        ("team=web&rag=green&show=active&since=2026-05-01&words=i", ["First"]),
    ],
)
def test_list_is_narrowed_by_its_address(as_reader: Client, asked: str, names: list[str]) -> None:
    web = TeamFactory(name="Web")
    first = ProjectFactory(name="First", code="PR910B", team=web)
    other, over = ProjectFactory(name="Other"), ProjectFactory(name="Over")
    ProjectFactory(name="Résumé")
    sleeping = ProjectFactory(name="Sleeping", team=web, paused_until=date(2026, 7, 1))
    publish_week(0, {first: GREEN, other: RED, over: GREEN, sleeping: RED})
    publish_week(1, {other: "Away."})
    over.close(by=editor())

    assert sorted(listed(as_reader.get(f"/projects/?{asked}"))) == names


def test_told_since_a_day_is_to_have_told_something_that_came_out_then(as_reader: Client) -> None:
    corrected, silent, told = (
        ProjectFactory(name=name) for name in ("Corrected", "Silent", "Told")
    )
    first = publish_week(0, {corrected: GREEN, silent: GREEN})
    publish_week(1, {silent: "Away.", told: GREEN})
    correct(first, {corrected: AMBER, silent: GREEN})

    assert listed(as_reader.get("/projects/?since=2026-05-19")) == ["Told"]
    assert listed(as_reader.get("/projects/?since=2026-05-25")) == ["Told"]
    assert listed(as_reader.get("/projects/?since=2026-05-26")) == []


def test_project_is_found_by_its_old_name(as_reader: Client) -> None:
    ProjectFactory(name="First").rename(to="Second", by=editor())

    assert listed(as_reader.get("/projects/?words=first")) == ["Second"]


@pytest.mark.parametrize(
    ("asked", "errors"),
    [
        ("rag=purple", {"#id_rag": "Choose a status from the list"}),
        ("team=nobody", {"#id_team": "Choose a team from the list"}),
        ("show=some", {"#id_show": "Choose active, paused, closed or all"}),
        ("since=then", {"#id_since": "Enter a day, like 18/05/2026"}),
        ("since=" + "9" * 10_000, {"#id_since": "Enter a day, like 18/05/2026"}),
        ("words=%00", {"#id_words": "Enter words without a null character"}),
    ],
)
def test_what_cannot_be_read_is_said(as_reader: Client, asked: str, errors: dict[str, str]) -> None:
    ProjectFactory(name="First")

    page = as_reader.get(f"/projects/?{asked}")

    assert (errors_of(read(page)), listed(page)) == (errors, ["First"])


@pytest.mark.parametrize("number", ["999999", "-1", "x", "9" * 10_000, "%00"])
def test_page_there_is_not_is_said(as_reader: Client, number: str) -> None:
    ProjectFactory(name="First")

    page = as_reader.get(f"/projects/?page={number}")

    assert listed(page) == ["First"]
    said = spoken(read(page).select_one("p[role=status]"))
    assert said == "There is no such page. This is page 1 of 1."


def test_nothing_matching_says_what_to_do(as_reader: Client) -> None:
    ProjectFactory(name="Over").close(by=editor())

    page = read(as_reader.get("/projects/?words=ov"))

    assert spoken(page.select_one(".empty .what")) == "No project matches."
    assert "1 closed project is left out. Show closed projects" in spoken(page.main)
    hrefs = [link["href"] for link in page.main.select("a")]
    assert [href for href in hrefs if "?" in href] == ["?words=ov&show=closed"]
    assert "/projects/" in hrefs


def test_list_stands_in_the_houses_order(as_reader: Client) -> None:
    second, first = TeamFactory(house_order=2), TeamFactory(house_order=1)
    for name, team in [("b", first), ("z", first), ("a", second)]:
        ProjectFactory(name=name, team=team)

    assert listed(as_reader.get("/projects/")) == ["b", "z", "a"]


def test_list_is_paged(as_reader: Client) -> None:
    team = TeamFactory()
    for number in range(31):
        ProjectFactory(name=f"P {number:02}", team=team)

    pages = [as_reader.get(f"/projects/?page={page}&words=P") for page in (1, 2)]

    assert [len(listed(page)) for page in pages] == [30, 1]
    assert [
        [(link.text, link["href"]) for link in read(page).select(".pages a")] for page in pages
    ] == [[("Next", "?page=2&words=P")], [("Previous", "?page=1&words=P")]]


def test_odd_names_are_words_and_nothing_else(as_reader: Client) -> None:
    name = "<b>R&D</b> \u05d0\u05d1"
    ProjectFactory(name=name, team=TeamFactory(name="<i>T</i>"))

    page = read(as_reader.get("/projects/"))

    assert spoken(page.select_one(".standings h3")) == name
    assert page.select(".standings b, .standings i") == []
    assert skipped_levels(page) == []


@pytest.mark.parametrize("asked", ["Telephony", "Phones", "Voice"])
def test_old_name_leads_to_the_heir(as_reader: Client, asked: str) -> None:
    by, heir = UserFactory(), ProjectFactory(name="Voice")
    first, second = ProjectFactory(name="Telephony"), ProjectFactory(name="Phones")
    ProjectFactory(name="Other")
    first.merge(into=second, by=by)
    second.merge(into=heir, by=by)

    page = read(as_reader.get(f"/projects/?words={asked}"))

    assert spoken(page.select_one(".head .meta")).startswith("1 project ")
    assert [a["href"] for a in page.select("main a[href='/projects/voice/']")] != []


# The file


def lines(client: Client, asked: str = "") -> list[str]:
    response = client.post(f"/projects/export/{asked}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.endswith(b"\r\n")
    rows = csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""))
    return ["|".join(row) for row in rows]


def test_file_holds_what_the_address_asks_for(as_reader: Client) -> None:
    from people.models import Event

    web = TeamFactory(name="Web")
    first = ProjectFactory(name="First", code="=1+1", team=web)
    silent = ProjectFactory(name="Silent", team=web)
    ProjectFactory(name="Other")
    ProjectPostFactory(project=first, person=UserFactory(forename="Ann", surname="Smith"))
    ProjectPostFactory(project=silent, post="deputy")
    rated = document(AMBER, words="at risk", reason='Two people left, "for good".')
    publish_week(0, {first: GREEN, silent: GREEN})
    publish_week(1, {first: rated, silent: "Away."})

    told = lines(as_reader, "?team=web")

    assert told == [
        "Project|Code|Team|Owner|Status|Since|Before that|Last rating|Last rated on|Writer’s words|"
        "Reason|Last in the digest of|Published on",
        "First|'=1+1|Web|Ann Smith|Amber|2026-05-25|Green|Amber|2026-05-25|at risk|"
        'Two people left, "for good".|18 to 22 May 2026|2026-05-25',
        "Silent||Web||No update|||Green|2026-05-18|||18 to 22 May 2026|2026-05-25",
    ]
    event = Event.objects.get(verb="exported")
    assert (event.by.forename, event.kind, event.name) == (
        "Rhea",
        "projects",
        "projects, 2 rows (Team: Web)",
    )


def test_file_is_named_after_the_day(as_reader: Client) -> None:
    answer = as_reader.post("/projects/export/?rag=amber")

    assert answer["Content-Disposition"] == 'attachment; filename="projects-2026-06-20.csv"'


def test_file_of_what_cannot_be_read_is_refused(as_reader: Client) -> None:
    answer = as_reader.post("/projects/export/?rag=purple&words=x")

    assert answer["Location"] == "/projects/?rag=purple&words=x"


def test_every_team_can_be_asked_for(as_reader: Client) -> None:
    TeamFactory(name="Web")

    options = read(as_reader.get("/projects/")).select("select[name=team] option")

    assert [option["value"] for option in options] == [
        "",
        *Team.objects.values_list("slug", flat=True),
    ]
