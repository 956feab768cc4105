"""Dates to come on the pages of teams and projects, and thanks on those of people."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from people.models import Team
from projects.models import Project
from tests.factories import ProjectFactory, TeamFactory, UserFactory
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.records.telling import correct, document, publish_week
from weeknotes.content.document import Document
from weeknotes.content.kinds import DateRow, DatesSection, Thanked, ThanksRow, ThanksSection

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)
TODAY = date(2026, 6, 20)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def coming(*rows: DateRow) -> Document:
    return document(None, DatesSection(rows=rows))


def thanking(*rows: ThanksRow) -> Document:
    return document(None, ThanksSection(rows=rows))


def on(day: int, what: str, **known: Any) -> DateRow:
    return DateRow(what=what, from_on=date(2026, 6, day), **known)


def dates(client: Client, subject: Team | Project) -> list[list[str]]:
    page = read(client.get(subject.get_absolute_url()))
    return [[spoken(row.dt), spoken(row.dd)] for row in page.select(".dates > div")]


def test_address_in_a_date_is_no_link_within_a_link(as_reader: Client) -> None:
    project = ProjectFactory()
    publish_week(0, {project: coming(on(30, "*Talk* at https://a.example"))})

    page = read(as_reader.get(project.get_absolute_url()))

    talk, told = page.select(".dates dd a")
    assert (talk["href"], spoken(talk)) == ("https://a.example", "https://a.example")
    assert told.select("a") == []
    assert told.select_one("span").text == ": Talk at https://a.example"


@pytest.mark.parametrize("factory", [ProjectFactory, TeamFactory])
def test_dates_of_today_and_later_stand_in_order(as_reader: Client, factory: Any) -> None:
    subject = factory()
    rows = (
        on(30, "Open *day*", when="At the end of June", where="Hall", for_whom="all"),
        on(19, "Over"),
        on(18, "Going on", to_on=TODAY),
        on(20, "Today", when="10am"),
        DateRow(what="Some time", when="TBC"),
    )
    publish_week(0, {subject: coming(*rows), factory(): coming(on(25, "Of others"))})

    told = "From the digest for 11 to 15 May 2026"
    assert dates(as_reader, subject) == [
        ["Thursday 18 June to Saturday 20 June 2026", f"Going on {told}: Going on"],
        ["Saturday 20 June 2026, 10am", f"Today {told}: Today"],
        [
            "At the end of June",
            f"Open day Tuesday 30 June 2026, Hall, for all {told}: Open day",
        ],
        ["TBC", f"Some time {told}: Some time"],
    ]


def test_date_told_again_stands_as_told_last(as_reader: Client) -> None:
    project = ProjectFactory()
    publish_week(0, {project: coming(on(29, "Demo"), on(30, "Fair"), on(28, "Move"))})
    publish_week(1, {project: coming(on(22, "demo"), on(23, "demo"), DateRow(what="Move"))})
    publish_week(2, {project: None})

    assert [what.partition(" From")[0] for _, what in dates(as_reader, project)] == [
        *("demo", "demo", "Fair"),
    ]


def test_date_in_words_goes_with_the_update_that_tells_it(as_reader: Client) -> None:
    project = ProjectFactory()
    publish_week(0, {project: coming(DateRow(what="Fair", when="The end of June"))})
    publish_week(1, {project: None})
    still = [when for when, _ in dates(as_reader, project)]
    publish_week(2, {project: coming(on(29, "Demo"))})

    assert still == ["The end of June"]
    assert [when for when, _ in dates(as_reader, project)] == ["Monday 29 June 2026"]


def test_date_that_was_corrected_away_is_gone(as_reader: Client) -> None:
    project = ProjectFactory()
    published = publish_week(0, {project: coming(on(29, "Demo"))})
    correct(published, {project: None})

    assert dates(as_reader, project) == []
    assert "Dates" not in spoken(read(as_reader.get(project.get_absolute_url())).main)


def test_person_reads_what_they_were_thanked_for(as_reader: Client) -> None:
    person, other = UserFactory(), UserFactory()
    team = TeamFactory(name="Web")
    mine = Thanked(name="Ada Min", person_id=person.pk)
    theirs = Thanked(name="Else", person_id=other.pk)
    publish_week(
        0,
        {
            team: thanking(
                ThanksRow(who="Ada Min", for_what="the *phones*\nthe door", people=(mine, theirs)),
                ThanksRow(who="Else", for_what="cake", people=(theirs,)),
            )
        },
    )
    publish_week(1, {team: thanking(ThanksRow(who="Ada Min", people=(mine,)))})
    gone = publish_week(2, {team: thanking(ThanksRow(who="x", for_what="no", people=(mine,)))})
    correct(gone, {team: None})

    page = read(as_reader.get(person.get_absolute_url()))
    rows = page.select("[aria-labelledby=thanks-h] li")
    assert [spoken(row) for row in rows] == [
        "By Web, 18 to 22 May 2026",
        "the phonesthe door By Web, 11 to 15 May 2026",
    ]
    assert [row.a["href"] for row in rows] == [
        f"/digests/2026-05-{day}/#team-{team.slug}" for day in (25, 18)
    ]


def test_nobody_thanked_has_no_such_list(as_reader: Client) -> None:
    page = read(as_reader.get(UserFactory().get_absolute_url()))

    assert page.find(id="thanks-h") is None
