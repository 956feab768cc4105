"""One digest on the desk, in each of its states."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import ProjectFactory, TeamFactory
from tests.weeknotes.browse import headings, read, skipped_levels, spoken
from tests.weeknotes.week import (
    DEADLINE,
    PUBLISHED_AT,
    THURSDAY,
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    write_note,
)
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/2026-05-18/"
CANARY = "ochre pelican"


@pytest.fixture
def digest() -> Digest:
    return open_digest()


def start(digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)


def desk(client: Client) -> BeautifulSoup:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return read(response)


def buttons(row: Tag) -> list[tuple[str, bool, str]]:
    """Each button of a row: its words, whether it may be pressed, whether it is."""
    return [
        (spoken(b), not b.has_attr("disabled"), b.get("aria-pressed", ""))
        for b in row.select("button")
    ]


def test_collecting_shows_the_board_and_how_to_start(
    as_editor: Client, digest: Digest, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    hand_in(digest, TeamFactory(name="Web"))

    page = desk(as_editor)

    assert spoken(page.h1) == "The desk: 11 to 15 May 2026"
    assert spoken(page.select_one(".head .meta")) == "Collecting deadline Friday 15 May at 11am"
    assert page.select_one(".board a")["href"] == f"{ADDRESS}updates/team-web/"
    assert [spoken(b) for b in page.select("main button")] == ["Start composing"]
    assert page.select_one(".card form")["action"] == f"{ADDRESS}composing/"
    assert [a["href"] for a in page.select(".rail a")] == [
        f"{ADDRESS}details/",
        f"{ADDRESS}preview/",
    ]
    assert [spoken(li) for li in page.select(".order li")] == [
        "Director’s weeknote Not written yet. A digest can go without. Write your note"
    ]
    assert page.select_one(".order a")["href"] == f"{ADDRESS}note/"
    assert skipped_levels(page) == []


def test_composing_shows_the_digest_in_order(
    as_editor: Client, digest: Digest, time_machine: Any
) -> None:
    time_machine.move_to(PUBLISHED_AT)
    write_note(digest, "Two words")
    for place, name in enumerate(["Web", "Data", "Desk"]):
        hand_in(digest, TeamFactory(name=name, house_order=place), "Some words here")
    start(digest)

    page = desk(as_editor)

    assert spoken(page.select_one(".head .meta")) == (
        "Composing deadline passed on Friday 15 May at 11am "
        "the note and 3 updates in the digest 11 words 1 minute read"
    )
    rows = page.select(".order li")
    assert [spoken(row.h3) for row in rows] == [
        "1 Director’s weeknote",
        "2 Web",
        "3 Data",
        "4 Desk",
    ]
    assert [row["id"] for row in rows] == ["o-note", "o-team-web", "o-team-data", "o-team-desk"]
    assert [buttons(row) for row in rows] == [
        [],
        *(
            [
                (f"Up: {name}", name != "Web", ""),
                (f"Down: {name}", name != "Desk", ""),
                (f"Include: {name}", True, "true"),
                (f"Leave out: {name}", True, "false"),
                (f"Hold over: {name}", True, "false"),
            ]
            for name in ("Web", "Data", "Desk")
        ),
    ]
    assert spoken(rows[0].a) == "Change your note"
    assert [spoken(a) for a in page.select(".card .govuk-button")] == ["Preview and publish"]
    assert skipped_levels(page) == []


def test_new_and_left_out_stand_apart(as_editor: Client, digest: Digest) -> None:
    out = hand_in(digest, TeamFactory(name="Web"))
    start(digest)
    composing.decide(digest=digest, update=out, decision=Decision.LEFT_OUT, by=editor())
    hand_in(digest, ProjectFactory(name="Late"))

    page = desk(as_editor)

    assert headings(page.select_one("#desk-order")) == [
        "h2 The digest, in order",
        "h3 Director’s weeknote",
        "h2 New, not in yet",
        "h3 Late",
        "h2 Left out",
        "h3 Web",
    ]
    assert buttons(page.select_one("#o-project-late")) == [
        ("Include: Late", True, "false"),
        ("Leave out: Late", True, "false"),
        ("Hold over: Late", True, "false"),
    ]
    assert buttons(page.select_one("#o-team-web")) == [
        ("Include: Web", True, "false"),
        ("Leave out: Web", True, "true"),
        ("Hold over: Web", True, "false"),
    ]


def test_published_says_who_and_when_and_changes_nothing(as_editor: Client, digest: Digest) -> None:
    write_note(digest)
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest, title="Waffles")

    page = desk(as_editor)

    card = page.select_one(".card")
    assert spoken(card) == (
        "Published Waffles By Di Rector, Monday 18 May at 9am. Read the digest Correct "
        "Withdraw Every publication"
    )
    assert card.a["href"] == "/digests/2026-05-18/"
    assert [spoken(button) for button in page.select("main button, .board")] == ["Correct"]
    assert [spoken(h3) for h3 in page.select(".order h3")] == ["1 Director’s weeknote", "2 Web"]


def test_published_without_a_note_offers_none(as_editor: Client, digest: Digest) -> None:
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest)

    assert [spoken(h3) for h3 in desk(as_editor).select(".order h3")] == ["1 Web"]


def test_drafts_are_told_of_and_never_quoted(as_editor: Client, digest: Digest) -> None:
    hand_in(digest, TeamFactory(name="Web"))
    for name in ("Early", "Late"):
        writing.save_draft(
            digest=digest,
            subject=TeamFactory(name=name),
            document=saying(CANARY, heading=CANARY),
            version=0,
            by=editor(),
        )
        if name == "Early":
            start(digest)

    response = as_editor.get(ADDRESS)

    assert CANARY not in response.content.decode()
    assert "Early" in response.content.decode()
    assert [a["href"] for a in read(response).select(".board a")] == [f"{ADDRESS}updates/team-web/"]


def test_typed_headings_are_escaped(as_editor: Client, digest: Digest) -> None:
    hand_in(digest, TeamFactory(name="Web"), heading="<script>alert(1)</script>")
    start(digest)
    digest.set_details(seen={}, changed={"title": "<b>", "summary": "<i>"}, by=editor())

    page = desk(as_editor)

    assert spoken(page.select_one("#o-team-web h3")) == "1 <script>alert(1)</script>"
    assert page.select("main script, main i, .card b") == []


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("state", ["collecting", "composing", "published"])
def test_desk_costs_the_same_however_many(
    as_editor: Client, digest: Digest, count: int, state: str, django_assert_num_queries: Any
) -> None:
    write_note(digest)
    for _ in range(count):
        hand_in(digest, TeamFactory())
        hand_in(digest, ProjectFactory())
        TeamFactory()
    if state == "composing":
        start(digest)
        update = composing.handed_in(digest, digest.entries.included()[0].update.anchor)
        composing.decide(digest=digest, update=update, decision=Decision.LEFT_OUT, by=editor())
        hand_in(digest, TeamFactory())
    elif state == "published":
        put_out(digest)

    with django_assert_num_queries({"collecting": 13, "composing": 13, "published": 11}[state]):
        as_editor.get(ADDRESS)
