"""Mine this week: what one person owes, and how far each has come."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ddat.clock import LONDON
from people.models import User
from projects.models import Project
from tests.factories import TeamFactory, UserFactory, directorate
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.week import (
    DEADLINE,
    editor,
    hand_in,
    open_digest,
    project_of,
    put_out,
    saying,
    team_of,
    write_note,
)
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.owing import board_of, owed_by

pytestmark = pytest.mark.django_db


def standing(person: User) -> list[tuple[str, str, str]]:
    return [(one.subject.name, one.status, one.words) for one in owed_by(person)]


@pytest.fixture
def three(writer: User) -> list[Project]:
    return [project_of(writer, name=name) for name in ("OneDrive", "Frontline", "Regulatory")]


@pytest.fixture(autouse=True)
def _quiet_directorate(db: None) -> None:
    house = directorate()
    house.is_reporting = False
    house.save()


def test_somebody_with_three_projects_owes_three(
    digest: Digest, writer: User, three: list[Project]
) -> None:
    assert sorted(standing(writer)) == [
        (name, "todo", "Not started") for name in ("Frontline", "OneDrive", "Regulatory")
    ]


def test_team_lead_without_a_project_owes_one(digest: Digest, writer: User) -> None:
    team_of(writer, name="Web")
    TeamFactory()

    assert standing(writer) == [("Web", "todo", "Not started")]


def test_nobody_else_owes_anything(digest: Digest, three: list[Project]) -> None:
    assert owed_by(UserFactory()) == []


def test_without_a_digest_nothing_is_owed(writer: User, three: list[Project]) -> None:
    assert owed_by(writer) == []


def test_what_is_closed_paused_or_quiet_owes_nothing(
    digest: Digest, writer: User, three: list[Project]
) -> None:
    three[0].close(by=editor())
    three[1].paused_until = date(2026, 5, 29)
    three[1].save()
    team_of(writer, is_reporting=False)

    assert standing(writer) == [("Regulatory", "todo", "Not started")]


def test_what_was_begun_stays_though_it_is_expected_no_longer(
    digest: Digest, writer: User, three: list[Project]
) -> None:
    writing.save_draft(digest=digest, subject=three[0], document=saying(), version=0, by=writer)
    for project in three:
        project.close(by=editor())

    assert standing(writer) == [("OneDrive", "progress", "Drafting")]


def test_each_state_has_its_words(digest: Digest, writer: User, three: list[Project]) -> None:
    writing.save_draft(digest=digest, subject=three[0], document=saying(), version=0, by=writer)
    hand_in(digest, three[1])
    nothing = Document(no_update=NoUpdate(lines="Waiting."))
    writing.submit(digest=digest, subject=three[2], document=nothing, version=0, by=writer)

    assert sorted(standing(writer)) == [
        ("Frontline", "tick", "Submitted"),
        ("OneDrive", "progress", "Drafting"),
        ("Regulatory", "none", "No update"),
    ]


def test_after_the_deadline_it_is_late(
    digest: Digest, writer: User, three: list[Project], time_machine: Any
) -> None:
    writing.save_draft(digest=digest, subject=three[0], document=saying(), version=0, by=writer)
    hand_in(digest, three[1])

    time_machine.move_to(DEADLINE, tick=False)
    assert sorted(status for _, status, _ in standing(writer)) == ["progress", "tick", "todo"]

    time_machine.move_to(DEADLINE + timedelta(seconds=1), tick=False)
    assert sorted(standing(writer)) == [
        ("Frontline", "tick", "Submitted"),
        ("OneDrive", "late", "Late, drafting"),
        ("Regulatory", "late", "Late"),
    ]


def test_nearest_digest_comes_first_and_published_ones_not(
    digest: Digest, writer: User, three: list[Project]
) -> None:
    write_note(digest)
    composing.start_composing(digest=digest, by=editor())
    later = open_digest(weeks=1)

    assert [one.digest for one in owed_by(writer)] == [digest] * 3 + [later] * 3

    put_out(digest)
    assert [one.digest for one in owed_by(writer)] == [later] * 3


def test_saying_when_it_was_saved(
    digest: Digest, writer: User, three: list[Project], time_machine: Any
) -> None:
    writing.save_draft(digest=digest, subject=three[0], document=saying(), version=0, by=writer)
    said = {one.subject.name: one.saved_words for one in owed_by(writer)}
    assert said == {"OneDrive": "Draft saved 9:12am", "Frontline": "", "Regulatory": ""}

    time_machine.move_to(datetime(2026, 5, 15, 9, tzinfo=LONDON), tick=False)
    hand_in(digest, three[1])
    said = {one.subject.name: one.saved_words for one in owed_by(writer)}
    assert said == {
        "OneDrive": "Draft saved Thursday 14 May at 9:12am",
        "Frontline": "",
        "Regulatory": "",
    }


def test_board_has_every_expected_update(digest: Digest, writer: User, three: list) -> None:
    hand_in(digest, three[0])
    write_note(digest)

    board = {one.subject.name: one.status for one in board_of(digest)}

    teams = {project.team.name: "todo" for project in three}
    assert board == {"OneDrive": "tick", "Frontline": "todo", "Regulatory": "todo", **teams}


# The page


def test_page_lists_three_with_what_to_do(
    as_writer: Client, digest: Digest, writer: User, three: list[Project]
) -> None:
    writing.save_draft(digest=digest, subject=three[0], document=saying(), version=0, by=writer)
    hand_in(digest, three[1])

    page = read(as_writer.get("/updates/"))

    rows = {spoken(row.a): row for row in page.select("ul.rows > li")}
    assert {
        name: (spoken(row.select_one(".rag")), spoken(row.select("a")[-1]))
        for name, row in rows.items()
    } == {
        "OneDrive": ("Drafting", "Carry on with OneDrive"),
        "Frontline": ("Submitted", "Look at Frontline"),
        "Regulatory": ("Not started", "Start Regulatory"),
    }
    assert {row.a["href"] for row in rows.values()} == {
        f"/updates/2026-05-18/projects/{project.slug}/" for project in three
    }
    assert spoken(rows["OneDrive"].p) == (
        "For 11 to 15 May 2026, due Friday 15 May at 11am. Draft saved 9:12am. "
        "No update this week from OneDrive"
    )
    assert skipped_levels(page) == []


def test_page_says_when_nothing_is_owed(as_writer: Client) -> None:
    page = read(as_writer.get("/updates/"))

    assert headings(page.main) == ["h1 My updates"]
    assert spoken(page.select_one(".empty .what")) == "Nothing is asked of you at the moment."


def test_home_says_what_is_owed(
    as_writer: Client, digest: Digest, three: list[Project], client: Client
) -> None:
    mine = read(as_writer.get("/"))
    client.force_login(UserFactory())
    others = read(client.get("/"))

    assert [len(page.select(".mine li")) for page in (mine, others)] == [3, 0]


@pytest.mark.parametrize("path", ["/", "/updates/"])
def test_page_costs_the_same_for_one_and_for_thirty(
    as_writer: Client, digest: Digest, writer: User, path: str, django_assert_max_num_queries: Any
) -> None:
    hand_in(digest, project_of(writer))
    with django_assert_max_num_queries(30) as one:
        as_writer.get(path)
    for _ in range(29):
        project = project_of(writer)
        writing.save_draft(digest=digest, subject=project, document=saying(), version=0, by=writer)

    with django_assert_max_num_queries(30) as thirty:
        page = read(as_writer.get(path))

    assert len(page.select(".mine li")) == 30
    assert len(thirty) == len(one)


def four_digests() -> list[Digest]:
    """Three that are being composed and one that is collecting."""
    digests = []
    for weeks in range(4):
        digests.append(open_digest(weeks=weeks))
        if weeks < 3:
            composing.start_composing(digest=digests[-1], by=editor())
    return digests


def test_what_is_owed_costs_the_same_for_any_number(
    writer: User, django_assert_num_queries: Any
) -> None:
    team_of(writer, name="Web")
    project_of(writer)
    digests = four_digests()
    counts = []
    for subjects in (2, 31):
        for _ in range(subjects - 2):
            project = project_of(writer)
            writing.save_draft(
                digest=digests[1], subject=project, document=saying(), version=0, by=writer
            )
        with django_assert_num_queries(9):
            counts.append(len(owed_by(writer)))

    assert counts == [4 * 2, 4 * 31]


def test_one_digest_costs_what_four_do(
    digest: Digest, writer: User, three: list[Project], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(8):
        assert len(owed_by(writer)) == 3


def test_team_lead_without_a_project_owes_one_to_each_digest(writer: User) -> None:
    team_of(writer, name="Web")
    digests = four_digests()

    assert [one.digest for one in owed_by(writer)] == digests


def test_each_digest_expects_by_its_own_days(writer: User, three: list[Project]) -> None:
    three[0].paused_until = date(2026, 5, 20)  # the second digest covers to 22 May
    three[0].save()
    three[1].close(by=editor(), at=datetime(2026, 5, 27, 9, tzinfo=LONDON))
    team_of(writer, is_reporting=False)
    four_digests()

    assert [one.subject.name for one in owed_by(writer)] == [
        *("Frontline", "Regulatory"),
        *("OneDrive", "Frontline", "Regulatory"),
        *("OneDrive", "Regulatory"),
        *("OneDrive", "Regulatory"),
    ]


def test_updates_of_others_are_nobody_elses(
    digest: Digest, writer: User, three: list[Project], colleague: User
) -> None:
    hand_in(digest, project_of(colleague, name="Theirs"))

    assert sorted(one.subject.name for one in owed_by(writer)) == [
        "Frontline",
        "OneDrive",
        "Regulatory",
    ]
