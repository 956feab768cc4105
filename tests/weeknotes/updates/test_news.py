"""Dates for the diary and thanks: typed, kept, matched to people, and taken on next time."""

from datetime import date, timedelta
from typing import Any

import pytest

from people.models import User
from projects.models import Project
from tests.factories import UserFactory
from tests.weeknotes.browse import errors_of
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.updates.start import following, started, template, told
from weeknotes.content.document import NoUpdate
from weeknotes.content.kinds import (
    DateRow,
    DatesSection,
    TextSection,
    Thanked,
    ThanksRow,
    ThanksSection,
)
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


def saved() -> Any:
    return Update.objects.get().latest.document.sections[0]


def test_dates_need_only_what_happens(sheet: Sheet) -> None:
    sheet.hold("dates", rows=3).type(
        **{
            "s0-row-0-what": "Kick-off",
            "s0-row-2-what": "Training",
            "s0-row-2-from_on": "18 May 2026",
            "s0-row-2-when": "Mornings",
            "s0-row-2-where": "Hall",
            "s0-row-2-for_whom": "managers",
        }
    )

    assert sheet.press("save").status_code == 302

    assert saved().rows == (
        DateRow(what="Kick-off"),
        DateRow(
            what="Training",
            when="Mornings",
            from_on=date(2026, 5, 18),
            where="Hall",
            for_whom="managers",
        ),
    )


def test_days_that_make_no_sense_are_said_at_their_fields(sheet: Sheet) -> None:
    sheet.hold("dates", rows=3).type(
        **{
            "s0-row-0-what": "Back to front",
            "s0-row-0-from_on": "2026-05-18",
            "s0-row-0-to_on": "2026-05-17",
            "s0-row-1-what": "No start",
            "s0-row-1-to_on": "2026-05-17",
            "s0-row-2-when": "TBC",
        }
    )

    assert sheet.press("save").status_code == 422

    assert errors_of(sheet.page) == {
        "#id_s0-row-0-to_on": "Date 1: “Last day” comes before “Day”. Change one of them",
        "#id_s0-row-1-from_on": "Date 2: Enter the first day, to go with the last one",
        "#id_s0-row-2-what": "Date 3: Enter what happens",
    }
    assert sheet.fields["s0-row-2-when"] == "TBC"


def test_rows_are_a_group_with_its_heading_and_hint(sheet: Sheet) -> None:
    page = sheet.hold("dates", "risks").page

    (group,) = page.select("[role=group][aria-labelledby]")
    assert page.find(id=group["aria-labelledby"]) == page.select_one("#s0 h2")
    assert page.find(id=group["aria-describedby"]).text[:11] == "Give a day,"
    assert len(group.select("fieldset.diary")) == 1


def test_clearing_a_row_takes_it_out_and_a_row_can_be_added(sheet: Sheet) -> None:
    sheet.hold("dates").type(**{"s0-row-0-what": "Kick-off"})
    sheet.press("row:s0")
    sheet.type(**{"s0-row-0-what": "", "s0-row-1-what": "Training"})

    sheet.press("save")

    assert saved().rows == (DateRow(what="Training"),)


def test_names_of_people_are_matched_where_one_has_the_name(sheet: Sheet) -> None:
    sam, *_ = (UserFactory(forename="Sam", surname=name) for name in ("Lee", "Fox", "Fox"))

    sheet.hold("thanks").press("save", s0__lines="Sam Lee and Ann: tea\nSam Fox\nEveryone: cake")

    assert saved().rows == (
        ThanksRow(
            who="Sam Lee and Ann",
            for_what="tea",
            people=(Thanked(name="Sam Lee", person_id=sam.pk), Thanked(name="Ann")),
        ),
        ThanksRow(who="Sam Fox", people=(Thanked(name="Sam Fox"),)),
        ThanksRow(who="Everyone", for_what="cake", people=(Thanked(name="Everyone"),)),
    )
    assert sheet.open().fields["s0-lines"].split("\r\n") == [
        *("- Sam Lee and Ann: tea", "- Sam Fox", "- Everyone: cake"),
    ]


# Last time


def days_from(day: date, *names: str) -> tuple[DateRow, ...]:
    return tuple(
        DateRow(what=name, from_on=day + timedelta(days)) for days, name in enumerate(names)
    )


def test_dates_to_come_are_taken_on_and_thanks_never(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "thanks", "dates", "dates", starts="projects")
    due = following(digest).due_on
    over, today = days_from(due - timedelta(1), "Over", "Today")
    going_on = DateRow(what="Going on", from_on=due - timedelta(3), to_on=due)
    open_ended = DateRow(what="Pilot", when="TBC")
    told(
        digest,
        project,
        DatesSection(rows=(over, today)),
        DatesSection(rows=(going_on, open_ended)),
        ThanksSection(rows=(ThanksRow(who="Sam"),)),
    )

    thanks, dates, more = started(Digest.objects.latest("due_on"), project, writer).sections

    assert dates == DatesSection(heading="Project, dates", rows=(today, going_on, open_ended))
    assert (thanks.rows, more.rows) == ((), ())


def test_dates_come_again_where_the_template_has_no_section_for_them(
    digest: Digest, project: Project, writer: User
) -> None:
    due = following(digest).due_on
    over, today = days_from(due - timedelta(1), "Over", "Today")
    told(
        digest,
        project,
        TextSection(text="Met."),
        DatesSection(heading="For your diary", before="Two this time.", rows=(over, today)),
        DatesSection(heading="All over", rows=(over,)),
    )

    sections = started(Digest.objects.latest("due_on"), project, writer).sections

    assert sections == (TextSection(), DatesSection(heading="For your diary", rows=(today,)))


def test_dates_left_out_since_do_not_come_back(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "dates", starts="projects")
    told(digest, project, DatesSection(rows=(DateRow(what="Pilot", when="TBC"),)))
    second = following(digest)
    told(second, project, TextSection(text="Met."))

    assert started(following(second), project, writer).sections[0].rows == ()


def test_week_without_an_update_keeps_the_dates(
    digest: Digest, project: Project, writer: User
) -> None:
    template("Project", "dates", starts="projects")
    row = DateRow(what="Pilot", when="TBC")
    told(digest, project, DatesSection(rows=(row,)))
    second = following(digest)
    told(second, project, no_update=NoUpdate(lines="Away"))

    assert started(following(second), project, writer).sections[0].rows == (row,)


# How much a section takes


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("text", {"s0-text": "w" * 20_000}, "s0-text"),
        ("outcomes", {"s0-lines": "w" * 19_999, "s0-after": "ww"}, "s0-lines"),
        ("thanks", {"s0-lines": "w" * 19_999, "s0-before": "ww"}, "s0-lines"),
        ("risks", {"s0-row-0-text": "w" * 19_999, "s0-row-1-text": "ww"}, "s0-heading"),
        (
            "dates",
            {f"s0-row-{n}-what": "w" * 300 for n in range(67)},
            "s0-heading",
        ),
    ],
)
def test_section_takes_20_000_characters_in_all(
    sheet: Sheet, kind: str, typed: dict[str, str], field: str
) -> None:
    sheet.hold(kind, rows=67)

    response = sheet.press("save", s0__heading="News", **typed)

    if kind == "text":
        assert response.status_code == 302
        return
    assert response.status_code == 422
    (said,) = errors_of(sheet.page).items()
    assert said[0] == f"#id_{field}"
    assert said[1].startswith("Shorten “News” to 20,000 characters in all. It has 2")
    assert {name: sheet.fields[name] for name in typed} == typed
    assert Update.objects.count() == 0


def test_room_left_is_told_only_when_it_is_short(sheet: Sheet) -> None:
    sheet.hold("text").press("preview:", s0__text="w" * 17_999)
    assert "characters are used" not in sheet.page.text

    sheet.press("nothing", s0__text="w" * 18_000)
    assert "18,000 of at most 20,000 characters are used in this section." in sheet.page.text
