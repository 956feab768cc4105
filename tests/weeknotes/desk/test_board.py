"""Who has told us what."""

from datetime import date, datetime
from typing import Any

import pytest

from ddat.clock import LONDON
from tests.factories import (
    ProjectPostFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    directorate,
)
from tests.weeknotes.week import DEADLINE, THURSDAY, editor, hand_in, open_digest, saying
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk import composing
from weeknotes.desk.board import Board, read_board
from weeknotes.desk.order import order_of
from weeknotes.digests.models import Digest
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

EARLY = datetime(2026, 5, 14, 18, tzinfo=LONDON)
LATER = datetime(2026, 5, 15, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _quiet_directorate() -> None:
    house = directorate()
    house.is_reporting = False
    house.save()


@pytest.fixture
def digest() -> Digest:
    """One project and four teams are expected, none has begun."""
    for place, name in enumerate(["Web", "Data", "Cyber", "Desk"]):
        person = UserFactory(forename=name, surname="Lead")
        TeamPostFactory(team=TeamFactory(name=name, house_order=place), person=person)
    return open_digest()


def board(digest: Digest) -> Board:
    return read_board(digest, order_of(digest))


def team(digest: Digest, name: str) -> Any:
    return next(t for t in directorate().teams.all() if t.name == name)


def shown(digest: Digest) -> list[tuple[str, str, str, str]]:
    return [(row.words, row.heading, row.anchor, row.detail) for row in board(digest).rows]


def test_everything_expected_starts_as_not_started(digest: Digest, time_machine: Any) -> None:
    time_machine.move_to(EARLY)

    assert shown(digest) == [
        ("Not started", name, "", f"{name} Lead") for name in ("Web", "Data", "Cyber", "Desk")
    ]
    assert board(digest).summary == "4 expected: 4 not started."


def test_what_still_needs_something_comes_first(digest: Digest, time_machine: Any) -> None:
    hand_in(digest, team(digest, "Web"))
    reason = Document(no_update=NoUpdate(lines="On leave.", returns="the end of May"))
    writing.submit(
        digest=digest, subject=team(digest, "Data"), document=reason, version=0, by=editor()
    )
    writing.save_draft(
        digest=digest,
        subject=team(digest, "Cyber"),
        document=saying(),
        version=0,
        by=editor(),
        at=THURSDAY,
    )
    time_machine.move_to(EARLY)

    assert shown(digest) == [
        ("Not started", "Desk", "", "Desk Lead"),
        ("Drafting", "Cyber", "", "Cyber Lead, last saved 9:12am"),
        ("No update", "Data", "team-data", "Data Lead, update expected again: the end of May"),
        ("Submitted", "Web", "team-web", "Web Lead"),
    ]
    assert (
        board(digest).summary == "4 expected: 1 submitted, 1 no update, 1 drafting, 1 not started."
    )


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ({"returns": "next month"}, "Web Lead, update expected again: next month"),
        ({"returns_on": date(2026, 12, 7)}, "Web Lead, update expected again: 7 December 2026"),
        (
            {"returns": "next month", "returns_on": date(2026, 12, 7)},
            "Web Lead, update expected again: next month",
        ),
        ({}, "Web Lead"),
    ],
)
def test_row_says_when_an_update_is_expected_again(
    digest: Digest, said: dict[str, Any], detail: str
) -> None:
    reason = Document(no_update=NoUpdate(lines="Nothing new.", **said))
    writing.submit(
        digest=digest, subject=team(digest, "Web"), document=reason, version=0, by=editor()
    )

    assert {row.heading: row.detail for row in board(digest).rows}["Web"] == detail


def test_empty_board_says_that_nobody_is_expected() -> None:
    empty = board(open_digest())

    assert (empty.rows, empty.summary) == (
        [],
        "No team or project is expected to write for this digest.",
    )


def test_after_the_deadline_what_is_missing_is_late(digest: Digest, time_machine: Any) -> None:
    writing.save_draft(
        digest=digest,
        subject=team(digest, "Cyber"),
        document=saying(),
        version=0,
        by=editor(),
        at=THURSDAY,
    )
    time_machine.move_to(LATER)

    assert shown(digest)[:3] == [
        ("Late", "Web", "", "Web Lead"),
        ("Late", "Data", "", "Data Lead"),
        ("Late", "Cyber", "", "Cyber Lead, drafting, last saved Thursday 14 May at 9:12am"),
    ]


def test_what_comes_after_composing_started_is_marked(digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)
    hand_in(digest, team(digest, "Web"))

    assert shown(digest)[-1] == (
        "Submitted",
        "Web",
        "team-web",
        "Web Lead, new since composing started",
    )


def test_projects_name_their_owners_of_today(digest: Digest, time_machine: Any) -> None:
    time_machine.move_to(EARLY)
    old = ProjectPostFactory(person=UserFactory(forename="Old"), ends_on=date(2026, 5, 1))
    ProjectPostFactory(
        project=old.project,
        person=UserFactory(forename="New", surname="Owner"),
        starts_on=date(2026, 5, 1),
    )

    details = {row.heading: row.detail for row in board(digest).rows}

    assert details[old.project.house_heading] == "New Owner"


def test_vacant_post_says_what_to_do(digest: Digest, time_machine: Any) -> None:
    time_machine.move_to(EARLY)
    TeamFactory(name="Vacant")

    details = {row.heading: row.detail for row in board(digest).rows}

    assert details["Vacant"] == "nobody writes for this: ask an admin to appoint somebody"


def test_deputies_are_named_as_standing_in(digest: Digest, time_machine: Any) -> None:
    time_machine.move_to(EARLY)
    TeamFactory(name="Vacant")
    for name in ("Ann", "Bo"):
        deputy = UserFactory(forename=name, surname="Deputy")
        for heading in ("Web", "Vacant"):
            TeamPostFactory(team=team(digest, heading), person=deputy, post="deputy")
    TeamPostFactory(team=team(digest, "Data"), post="deputy", ends_on=date(2026, 5, 14))

    details = {row.heading: row.detail for row in board(digest).rows}

    assert details["Web"] == "Web Lead, Ann Deputy and Bo Deputy stand in"
    assert details["Vacant"] == "nobody in the post, Ann Deputy and Bo Deputy stand in"
    assert details["Data"] == "Data Lead"
