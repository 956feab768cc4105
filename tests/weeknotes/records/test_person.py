"""A person's page: who they are, what they look after, what carried their byline."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from people.models import User
from tests.factories import (
    ProjectFactory,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
)
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.records.telling import correct, publish_week, signed
from tests.weeknotes.week import editor
from weeknotes.content.document import Byline

pytestmark = pytest.mark.django_db


def ann(**fields: Any) -> User:
    return UserFactory(forename="Ann", surname="Smith", email="ann@council.example", **fields)


def page(client: Client, person: User) -> BeautifulSoup:
    response = client.get(person.get_absolute_url())
    assert response.status_code == 200
    return read(response)


def stories(client: Client, person: User) -> list[str]:
    return [spoken(row) for row in page(client, person).select(".stories > li")]


def test_person_without_anything_has_a_page(as_reader: Client) -> None:
    found = page(as_reader, ann())

    assert headings(found.main) == [
        "h1 Ann Smith",
        "h2 Published under their name",
        "h2 Looks after",
    ]
    assert spoken(found.select_one(".head")) == "Person Ann Smith In no team ann@council.example"
    assert spoken(found.select_one(".empty .what")) == (
        "Nothing is published under their name yet."
    )


def test_unknown_person_is_not_found(as_reader: Client) -> None:
    assert as_reader.get("/people/nobody/").status_code == 404


def test_person_is_told_with_team_and_roles(as_reader: Client) -> None:
    person = ann(job_title="Head of <b>Web</b>", team=TeamFactory(name="Web"))
    RoleGrantFactory(person=person, role="editor")
    RoleGrantFactory(person=person, role="admin")

    found = page(as_reader, person)

    assert spoken(found.select_one(".head")) == (
        "Person Ann Smith Head of <b>Web</b> Web Editor Admin ann@council.example"
    )


def test_address_is_left_out_for_whoever_does_not_show_it(as_reader: Client) -> None:
    found = page(as_reader, ann(shows_email=False))

    assert spoken(found.select_one(".head")) == "Person Ann Smith In no team"
    assert "ann@council.example" not in found.text


def test_what_they_look_after_today_is_told(as_reader: Client) -> None:
    person = ann()
    TeamPostFactory(person=person, team__name="Web")
    ProjectPostFactory(person=person, project__name="OneDrive")
    ProjectPostFactory(person=person, project__name="Former", ends_on=date(2026, 2, 1))
    closed = ProjectFactory(name="Closed")
    ProjectPostFactory(person=person, project=closed)
    closed.close(by=editor())

    rows = page(as_reader, person).select("section[aria-labelledby=posts-h] li")

    assert [(spoken(row), row.a["href"]) for row in rows] == [
        ("Leads Web since 5 January 2026", "/teams/web/"),
        ("Owns OneDrive since 5 January 2026", "/projects/onedrive/"),
    ]


def test_deputy_is_said_to_stand_in(as_reader: Client) -> None:
    person = ann()
    TeamPostFactory(person=person, team__name="Web", post="deputy")

    (row,) = page(as_reader, person).select("section[aria-labelledby=posts-h] li")

    assert spoken(row) == "Stands in for Web since 5 January 2026"


def test_byline_stands_as_it_was_printed(as_reader: Client) -> None:
    person, team = ann(), TeamFactory(name="Web")
    names = [
        Byline(name="Ann Jones", job_title="Designer", person_id=person.pk),
        Byline(name="Sam Lee"),
    ]
    publish_week(0, {team: signed(*names)})
    publish_week(1, {team: signed(Byline(name="Sam Lee", person_id=UserFactory().pk))})
    publish_week(2, {team: signed(Byline(name="Ann Smith", person_id=person.pk))})

    assert stories(as_reader, person) == [
        "25 to 29 May 2026 Web, in the digest of 25 to 29 May 2026 As printed: Ann Smith",
        "11 to 15 May 2026 Web, in the digest of 11 to 15 May 2026 As printed: Ann Jones, Designer",
    ]


def test_person_twice_in_a_byline_is_told_once(as_reader: Client) -> None:
    person, team = ann(), TeamFactory(name="Web")
    names = [Byline(name=name, person_id=person.pk) for name in ("Ann Jones", "A Jones")]
    publish_week(0, {team: signed(*names)})

    assert stories(as_reader, person) == [
        "11 to 15 May 2026 Web, in the digest of 11 to 15 May 2026 As printed: Ann Jones"
    ]


def test_byline_taken_out_by_a_correction_is_gone(as_reader: Client) -> None:
    person, team = ann(), TeamFactory(name="Web")
    publication = publish_week(0, {team: signed(Byline(name="Ann", person_id=person.pk))})
    correct(publication, {team: signed(Byline(name="Sam"))})

    assert stories(as_reader, person) == []


def test_leaver_keeps_a_page_without_what_they_had(as_reader: Client) -> None:
    person, team = ann(job_title="Designer"), TeamFactory(name="Web")
    TeamPostFactory(person=person, team=team)
    publish_week(0, {team: signed(Byline(name="Ann Smith", person_id=person.pk))})
    User.objects.filter(pk=person.pk).update(leaves_on=date(2026, 1, 1), team=team)

    found = page(as_reader, person)

    assert spoken(found.select_one(".head")) == "No longer works here Ann Smith Designer"
    assert "ann@council.example" not in found.text
    assert len(found.select(".stories > li")) == 1
    assert skipped_levels(found) == []
