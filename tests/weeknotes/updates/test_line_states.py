"""The states of lines: read from the words, set and cleared in one action each."""

import pytest

from tests.weeknotes.browse import errors_of, spoken
from tests.weeknotes.updates.sheet import Sheet
from weeknotes.content.effort import Effort
from weeknotes.content.items import Group, Item
from weeknotes.content.lines import match
from weeknotes.updates.models import Update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def saved(section: int = 0) -> tuple[Group, ...]:
    return Update.objects.get().latest.document.sections[section].groups


def lines(section: int = 0) -> list[tuple[str, str | None, bool]]:
    """Each saved line, its state, and whether that was cleared."""
    return [
        (line.text, line.state and line.state.value, line.is_state_cleared)
        for group in saved(section)
        for item in group.items
        for line in (item, *item.children)
    ]


def save(sheet: Sheet, **typed: str) -> list[tuple[str, str | None, bool]]:
    sheet.press("save", **typed)
    sheet.open()
    return lines()


def choose(sheet: Sheet, line: str, state: str) -> None:
    """Choose a state beside a line of the first section."""
    row = next(name for name, value in sheet.fields.items() if value == line and "-row-" in name)
    sheet.fields[row.replace("-line", "-state")] = state


def test_states_are_read_from_the_words(sheet: Sheet) -> None:
    assert save(sheet, s0__lines="Data cleansing – Ongoing\nTender: awarded\nRoadshow paused") == [
        ("Data cleansing – Ongoing", "ongoing", False),
        ("Tender: awarded", None, False),
        ("Roadshow paused", "paused", False),
    ]


def test_each_saved_line_has_a_control_with_its_state(sheet: Sheet) -> None:
    save(sheet, s0__lines="Data cleansing: ongoing\n  DPIA: done\nTender")

    rows = sheet.page.select("#s0 .states li")
    assert [spoken(row.label) for row in rows] == [
        "Data cleansing: ongoing",
        "DPIA: done",
        "Tender",
    ]
    assert [spoken(row.select_one("option[selected]") or row.option) for row in rows] == [
        *("ongoing", "done", "No state"),
    ]


def test_saving_again_changes_no_word(sheet: Sheet) -> None:
    typed = "Data cleansing – Ongoing\n  DPIA in planning\n# Later\nTender: awarded"
    first = save(sheet, s0__lines=typed)

    assert save(sheet) == first
    assert [group.heading for group in saved()] == ["", "Later"]


def test_setting_a_state_writes_the_house_words(sheet: Sheet) -> None:
    chosen = {
        "Tender award": ("paused", "Tender award: paused"),
        "Tender signoff.": ("awaiting_approval", "Tender signoff: awaiting approval."),
        "Data cleansing – Ongoing": ("done", "Data cleansing – done"),
        "Award – ongoing – signoff": ("blocked", "Award – blocked – signoff"),
        "Roadshow in planning": ("in_progress", "Roadshow in progress"),
    }
    save(sheet, s0__lines="\r\n".join(["First line", *chosen, "  Last line"]))

    for line, (state, _) in chosen.items():
        choose(sheet, line, state)

    assert save(sheet) == [
        ("First line", None, False),
        *((words, state, False) for state, words in chosen.values()),
        ("Last line", None, False),
    ]


def test_clearing_a_state_keeps_the_words(sheet: Sheet) -> None:
    save(sheet, s0__lines="Roadshow planning paused\nBA mapping paused")

    choose(sheet, "Roadshow planning paused", "")

    assert save(sheet) == [
        ("Roadshow planning paused", None, True),
        ("BA mapping paused", "paused", False),
    ]


def test_cleared_state_stays_cleared(sheet: Sheet) -> None:
    save(sheet, s0__lines="Roadshow planning paused")
    choose(sheet, "Roadshow planning paused", "")
    save(sheet)

    assert save(sheet, s1__lines="Something else") == [("Roadshow planning paused", None, True)]


def test_cleared_line_typed_anew_is_read_anew(sheet: Sheet) -> None:
    save(sheet, s0__lines="Roadshow planning paused")
    choose(sheet, "Roadshow planning paused", "")
    save(sheet)

    assert save(sheet, s0__lines="Roadshow planning is now paused") == [
        ("Roadshow planning is now paused", "paused", False)
    ]


def test_cleared_state_can_be_set_again(sheet: Sheet) -> None:
    save(sheet, s0__lines="Roadshow planning paused")
    choose(sheet, "Roadshow planning paused", "")
    save(sheet)

    choose(sheet, "Roadshow planning paused", "done")

    assert save(sheet) == [("Roadshow planning done", "done", False)]


def test_state_of_a_child_is_set(sheet: Sheet) -> None:
    save(sheet, s0__lines="Search page\n  Spellcheck")

    choose(sheet, "Spellcheck", "done")

    assert save(sheet) == [("Search page", None, False), ("Spellcheck: done", "done", False)]
    assert saved()[0].items[0].children[0].text == "Spellcheck: done"


def test_state_chosen_for_a_line_edited_at_once_follows_it(sheet: Sheet) -> None:
    save(sheet, s0__lines="Domestic waste specifications\nPortal scope workshop")

    choose(sheet, "Portal scope workshop", "planned")

    assert save(sheet, s0__lines="Portal scope and decision workshop\nDomestic waste") == [
        ("Portal scope and decision workshop: planned", "planned", False),
        ("Domestic waste", None, False),
    ]


def test_state_chosen_for_a_line_that_is_gone_goes_too(sheet: Sheet) -> None:
    save(sheet, s0__lines="Portal scope workshop")

    choose(sheet, "Portal scope workshop", "planned")

    assert save(sheet, s0__lines="Upgraded the platform") == [
        ("Upgraded the platform", None, False)
    ]


def test_words_edited_without_touching_the_control_are_read(sheet: Sheet) -> None:
    save(sheet, s0__lines="Data cleansing: ongoing")

    assert save(sheet, s0__lines="Data cleansing: done") == [
        ("Data cleansing: done", "done", False)
    ]


def test_unknown_state_is_refused(sheet: Sheet) -> None:
    save(sheet, s0__lines="Data cleansing")

    choose(sheet, "Data cleansing", "lost")
    response = sheet.press("save")

    assert response.status_code == 422
    assert lines() == [("Data cleansing", None, False)]


def test_lists_keep_groups_children_and_loosely_typed_lines(sheet: Sheet) -> None:
    typed = "•\tFirst\n\n\n* Second\n    - Inner\u2011most\n\n# Group heading\nplain \u00a0 line"

    save(sheet, s0__lines=typed)

    assert saved() == (
        Group(items=(Item(text="First"), Item(text="Second", children=(Item(text="Inner-most"),)))),
        Group(heading="Group heading", items=(Item(text="plain line"),)),
    )
    assert sheet.fields["s0-lines"].split("\r\n") == [
        *("- First", "- Second", "  - Inner-most", "# Group heading", "- plain line"),
    ]


def test_twins_have_a_state_each(sheet: Sheet) -> None:
    sheet.hold("outcomes")
    save(sheet, s0__lines="Calls\nCalls\nCalls paused\nCalls paused")

    sheet.fields |= {"s0-row-1-state": "done", "s0-row-3-state": ""}

    assert save(sheet) == [
        ("Calls", None, False),
        ("Calls: done", "done", False),
        ("Calls paused", "paused", False),
        ("Calls paused", None, True),
    ]


# However many


def test_more_lines_than_a_list_takes_are_refused_and_kept(sheet: Sheet) -> None:
    typed = "\r\n".join(f"Line {number}" for number in range(501))

    response = sheet.press("save", s0__lines=typed)

    assert (response.status_code, Update.objects.count()) == (422, 0)
    assert errors_of(sheet.page) == {"#id_s0-lines": "Shorten this to 500 lines. It has 501 now."}
    assert sheet.fields["s0-lines"] == typed


def test_so_many_lines_have_a_state_that_the_form_can_be_sent(sheet: Sheet) -> None:
    sheet.hold(*["outcomes"] * 5)
    lines = "\r\n".join(f"- Line {number}" for number in range(101))
    sheet.press("save", **{f"s{place}__lines": lines for place in range(5)})

    shown = sheet.open()

    assert [len(section.select(".states li")) for section in shown.page.select(".section[id]")] == [
        *(100, 100, 100, 0, 0, 0)
    ]
    assert sheet.press("save").status_code == 302
    assert sheet.open().fields["s4-lines"] == lines


def test_lines_are_looked_for_until_the_effort_is_spent() -> None:
    effort, lines = Effort(10_000), [f"{'a' * 400}{number}" for number in range(100)]

    assert match("a" * 400 + "b", lines, effort=effort) is None
    assert (effort.steps >= 0, match("a b c d", ["a b c x"], effort=Effort(10_000))) == (True, 0)
