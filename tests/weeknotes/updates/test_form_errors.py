"""What cannot be read: said at the field and in the summary, with everything typed kept."""

import re

import pytest

from tests.weeknotes.browse import dangling, errors_of, spoken
from tests.weeknotes.updates.pen import Pen, everything
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import saying
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

SAYS_WHAT_TO_DO = re.compile(
    r"^(Enter|Choose|Shorten|Change|Write|Ensure|Select|Take)\b|\. (Change|Choose|Ask|Write)\b"
)
MISTAKES = {
    "s0-lines": "w" * 20_001,
    "s2-nil_return": "w" * 301,
    "s2-row-0-text": "w" * 20_001,
    "s2-row-0-kind": "worry",
    "s2-row-0-opened_on": "the day after",
    "s3-heading": "w" * 301,
    "s3-text": "w" * 20_001,
    "s3-product": "99",
    "s4-from_on": "32 May",
    "s4-row-0-name": "",
    "s4-row-0-from_value": "2109",
    "s4-row-0-to_value": "lots",
    "s4-row-0-unit": "w" * 41,
    "s5-name": "w" * 201,
    "s5-from_on": "2026-05-15",
    "s5-to_on": "2026-05-11",
    "s5-row-0-label": "late",
    "s5-row-0-number": "-1",
    "s5-row-1-label": "",
    "s5-row-1-number": "4",
    "s6-row-0-name": "",
    "s6-row-0-state": "paused",
    "s6-row-1-name": "Deployment",
    "s6-row-1-state": "",
    "s7-row-0-what": "",
    "s7-row-0-where": "Town Hall",
    "s7-row-1-what": "w" * 301,
    "s7-row-1-from_on": "2026-05-18",
    "s7-row-1-to_on": "2026-05-17",
    "s7-row-1-when": "w" * 201,
    "s7-row-2-what": "Kick-off",
    "s7-row-2-from_on": "",
    "s7-row-2-to_on": "2026-05-18",
    "s8-lines": "w" * 20_001,
    "heading": "w" * 301,
    "byline": "w" * 201,
    "rag_colour": "",
    "rag_words": "on track",
    "rag_reason": "w" * 1001,
}
# Typed with a mistake beside them, and right in themselves.
HARMLESS = {
    *("s4-row-0-from_value", "s5-from_on", "s5-row-0-label", "s5-row-1-number"),
    *("s6-row-0-state", "s6-row-1-name", "rag_words", "s7-row-0-where"),
    *("s7-row-1-from_on", "s7-row-2-what", "s7-row-2-to_on"),
}


@pytest.fixture
def wrong(sheet: Sheet) -> Sheet:
    """A form with every mistake there is."""
    kinds = ("outcomes", "plans", "risks", "text", "metrics", "counts", "workstreams", "dates")
    sheet.hold(*kinds, "thanks", rows=3).fields |= MISTAKES
    return sheet


def test_mistakes_change_nothing_and_keep_what_was_typed(wrong: Sheet) -> None:
    before = dict(wrong.fields)

    response = wrong.press("save")

    assert response.status_code == 422
    assert everything()[:2] == [[], []]
    changed = {name for name, value in before.items() if wrong.fields.get(name, "") != value}
    assert changed == {"s2-row-0-kind", "s3-product"}  # no such choice: the page has none to show


def test_every_button_that_saves_says_so(wrong: Sheet) -> None:
    for button in ("save", "preview", "submit", "no_update"):
        assert wrong.press(button).status_code == 422


def test_one_bad_figure_is_said_to_leave_everything_unsaved(sheet: Sheet) -> None:
    sheet.hold("text", "metrics").fields |= {"s0-text": "An hour.", "s1-row-0-to_value": "lots"}

    response = sheet.press("save")

    assert response.status_code == 422
    assert spoken(sheet.page.select_one(".govuk-error-summary p")) == (
        "What you changed is not saved yet. Put this right and save again: everything you typed is "
        "still on this page."
    )
    assert spoken(sheet.page.select_one("[data-saved]")) == "Not saved yet"
    assert sheet.page.select_one("#update")["data-unsaved"] == "typed"
    assert (sheet.fields["s0-text"], sheet.fields["s1-row-0-to_value"]) == ("An hour.", "lots")


def test_summary_leads_to_every_mistake(wrong: Sheet) -> None:
    wrong.press("save")

    errors = errors_of(wrong.page)
    blamed = {href.removeprefix("#id_").replace("colour_0", "colour") for href in errors}
    assert blamed == set(MISTAKES) - HARMLESS
    assert dangling(wrong.page) == []
    assert wrong.page.select_one("title").text.split()[0] == "Error:"


def test_messages_say_what_to_do_here_and_at_their_fields(wrong: Sheet) -> None:
    wrong.press("save")

    # The summary says which row it is; the field stands in its row.
    said = [re.sub(r"^[A-Z][a-z ]+ \d+: ", "", text) for text in errors_of(wrong.page).values()]
    at_fields = [spoken(tag) for tag in wrong.page.select(".govuk-error-message")]
    field = wrong.page.find(id="id_s4-row-0-to_value")
    described = [spoken(wrong.page.find(id=name)) for name in field["aria-describedby"].split()]
    assert [message for message in said if not SAYS_WHAT_TO_DO.search(message)] == []
    assert sorted(text.removeprefix("Error: ") for text in at_fields) == sorted(said)
    assert described[-1] == "Error: Enter “To” as a number, like 1,412"


def test_folded_fields_with_an_error_are_open(wrong: Sheet) -> None:
    wrong.press("save")

    inside = [wrong.page.find(id=href[1:]).find_parent("details") for href in errors_of(wrong.page)]
    assert [details for details in inside if details and not details.has_attr("open")] == []


def test_numbers_as_people_write_them(sheet: Sheet) -> None:
    written = {
        "2,109": "2109",
        "2 109": "2109",
        " 12.50 ": "12.50",
        "-3": "-3",
        "0": "0",
        "": "None",
    }
    sheet.hold("metrics", rows=len(written))
    for number, typed in enumerate(written):
        sheet.fields[f"s0-row-{number}-name"] = "Users"
        sheet.fields[f"s0-row-{number}-to_value"] = typed

    sheet.press("save")

    rows = Update.objects.get().latest.document.sections[0].rows
    assert [str(row.to_value) for row in rows] == list(written.values())


def test_numbers_that_cannot_be_read(sheet: Sheet) -> None:
    how, size = "as a number, like 1,412", "with at most 15 digits, and 6 after the point"
    written = {"12a": how, "1e5": how, "NaN": how, "Infinity": how, "²": how}
    written |= {"1" + "0" * 30: size, "0.0000001": size}
    sheet.hold("metrics", rows=len(written))
    for number, typed in enumerate(written):
        sheet.fields[f"s0-row-{number}-name"] = "Users"
        sheet.fields[f"s0-row-{number}-to_value"] = typed

    sheet.press("save")

    assert errors_of(sheet.page) == {
        f"#id_s0-row-{number}-to_value": f"Metric {number + 1}: Enter “To” {said}"
        for number, said in enumerate(written.values())
    }
    assert [sheet.fields[f"s0-row-{n}-to_value"] for n in range(len(written))] == list(written)


def test_counts_are_whole_numbers(sheet: Sheet) -> None:
    sheet.hold("counts", rows=3)
    for number, typed in enumerate(("1.5", "-1", "x")):
        sheet.fields[f"s0-row-{number}-label"] = "late"
        sheet.fields[f"s0-row-{number}-number"] = typed

    sheet.press("save")

    assert errors_of(sheet.page) == {
        f"#id_s0-row-{number}-number": f"State {number + 1}: Enter “How many” as a whole number, "
        "like 14"
        for number in range(3)
    }


def test_days_as_people_write_them(sheet: Sheet) -> None:
    written = ("2026-05-18", "18 May 2026", "18 may 2026", "18/05/2026")
    sheet.hold("risks", rows=len(written))
    for number, typed in enumerate(written):
        sheet.fields[f"s0-row-{number}-text"] = "Slow"
        sheet.fields[f"s0-row-{number}-opened_on"] = typed

    sheet.press("save")

    rows = Update.objects.get().latest.document.sections[0].rows
    assert [row.opened_on.isoformat() for row in rows] == ["2026-05-18"] * len(written)


def test_blank_rows_say_nothing(sheet: Sheet) -> None:
    kinds = ("metrics", "counts", "workstreams", "risks", "dates", "thanks")
    sheet.hold(*kinds, rows=3).press("save")

    sections = Update.objects.get().latest.document.sections
    assert [section.rows for section in sections] == [()] * 6


# Nothing but a line is required


@pytest.mark.parametrize("removed", [(), ("s0",), ("s0", "s1", "s2")])
def test_not_one_line_is_refused_with_a_way_on(sheet: Sheet, removed: tuple[str, ...]) -> None:
    for key in removed:
        sheet.press(f"remove:{key}")

    response = sheet.press("submit", rag_colour="")

    assert response.status_code == 422
    assert list(errors_of(sheet.page).values()) == [
        "Write at least one line, or choose No update this week."
    ]
    assert dangling(sheet.page) == []
    assert Update.objects.count() == 0


@pytest.mark.parametrize(
    "line",
    [
        {"s0-lines": "Met"},
        {"s1-before": "Next:"},
        {"s2-nil_return": "None"},
        {"rag_colour": "red", "rag_reason": "The supplier left"},
    ],
)
def test_one_line_anywhere_is_enough(sheet: Sheet, line: dict[str, str]) -> None:
    sheet.fields |= {"heading": "", "byline": "", **line}

    assert sheet.press("submit").status_code == 302
    assert Update.objects.get().state == "submitted"


# Somebody else was first


@pytest.fixture
def overtaken(sheet: Sheet, pen: Pen, colleague: object) -> Sheet:
    """A form that was open while a colleague saved other words."""
    pen.save(saying("The colleague’s words."), version=0, by=colleague)
    return sheet.type(
        s0__lines="My words", s2__row__0__opened_on="2026-05-18", rag_words="on track"
    )


def test_save_from_an_older_version_changes_nothing(overtaken: Sheet) -> None:
    overtaken.type(rag_colour="green", s2__row__0__text="Slow")
    before = everything()

    answers = [
        overtaken.client.post(overtaken.address, {**overtaken.fields, "do": name})
        for name in ("save", "preview", "submit", "no_update")
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert everything() == before


def test_rearranging_after_a_conflict_does_not_get_round_it(overtaken: Sheet) -> None:
    overtaken.type(rag_colour="green", s2__row__0__text="Slow").press("up:s1")

    assert overtaken.press("save").status_code == 409


def test_odd_versions_are_older_versions(overtaken: Sheet) -> None:
    overtaken.type(rag_colour="green", s2__row__0__text="Slow")
    before = everything()

    for version in ("", "x", "-1", "1.0", "9" * 9, "9" * 30, "\x00"):
        typed = {**overtaken.fields, "version": version, "do": "save"}
        assert overtaken.client.post(overtaken.address, typed).status_code == 409

    assert everything() == before
