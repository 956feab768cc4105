"""Adding, moving and removing sections and rows: everything typed stays, nothing is saved."""

import pytest
from bs4 import BeautifulSoup

from projects.models import Project
from tests.factories import ProductFactory
from tests.weeknotes.browse import spoken
from tests.weeknotes.updates.pen import everything
from tests.weeknotes.updates.sheet import Sheet
from weeknotes.content.kinds import KINDS
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.models import Update

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Pressed one after the other: the order of the sections after each.
BUTTONS = {
    "up:s1": "s1 s0 s2 s3 s4 s5 s6 s7 s8",
    "down:s1": "s0 s1 s2 s3 s4 s5 s6 s7 s8",
    "down:s7": "s0 s1 s2 s3 s4 s5 s6 s8 s7",
    "up:s7": "s0 s1 s2 s3 s4 s5 s6 s7 s8",
    **dict.fromkeys(
        ("up:s0", "down:s8", "row:s4", "row:s7", "up:s10", "remove:s10", "row:s10", "nonsense"),
        "s0 s1 s2 s3 s4 s5 s6 s7 s8",
    ),
    "add": "s0 s1 s2 s3 s4 s5 s6 s7 s8 s9",
}


@pytest.fixture
def typed(sheet: Sheet) -> Sheet:
    """A form with every kind of section, and something odd in every field of it."""
    kinds = ("outcomes", "plans", "risks", "text", "metrics", "counts", "workstreams")
    sheet.hold(*kinds, "dates", "thanks")
    odd = dict.fromkeys(
        ("s4-from_on", "s5-as_of", "s2-row-0-opened_on", "s7-row-0-to_on"), "the day after"
    )
    odd |= dict.fromkeys(("s4-row-0-from_value", "s5-row-0-number"), "lots")
    odd |= {"s5-is_exclusive": "on", "rag_colour": "amber", "s2-row-0-kind": "blocker"}
    odd |= {"s6-row-0-state": "paused", "s6-row-0-workstream_id": "4", "s4-row-0-metric_id": "x"}
    fixed = ("version", "sections", "add_kind", "s3-product")
    for name, value in sheet.fields.items():
        if name in odd:
            sheet.fields[name] = odd.pop(name)
        elif (
            not value and name not in fixed and not name.endswith(("-count", "-state", "-product"))
        ):
            end = "\r\n  on\r\n" if sheet.page.find("textarea", {"name": name}) else ""
            sheet.fields[name] = f"  {name} <b>&amp; “so”{end}"
    sheet.fields |= odd
    return sheet


def kept(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What stood in the form before and does not now, but for the order of the sections."""
    return {
        name: value
        for name, value in before.items()
        if name != "sections" and after.get(name) != value
    }


def order(sheet: Sheet) -> list[str]:
    return [part.partition(":")[0] for part in sheet.order.split(",") if part]


def status(page: BeautifulSoup) -> str:
    return spoken(page.select_one(".savebar [role=status]"))


def test_buttons_rearrange_and_keep_everything(typed: Sheet) -> None:
    before = dict(typed.fields)

    orders = {}
    for button in BUTTONS:
        assert typed.press(button).status_code == 200
        orders[button] = " ".join(order(typed))

    counts = {"s4-row-count", "s7-row-count"}
    assert orders == BUTTONS
    assert set(kept(before, typed.fields)) == counts
    assert everything()[:2] == [[], []]
    assert status(typed.page) == "Not saved yet"
    assert typed.page.select(".govuk-error-summary, .govuk-error-message") == []


def test_buttons_lead_back_to_their_place(typed: Sheet) -> None:
    targets = {
        tag["formaction"].partition("#")[2] for tag in typed.page.select("button[formaction]")
    }

    assert [target for target in targets if not typed.page.find(id=target)] == []


def test_adding_gives_an_empty_section_of_the_kind(sheet: Sheet) -> None:
    sheet.add("counts").add("counts")

    assert sheet.order == "s0:outcomes,s1:plans,s2:risks,s3:counts,s4:counts"
    assert sheet.fields["s4-heading"] == ""


def test_kinds_that_need_a_heading_to_be_understood_are_added_with_one(sheet: Sheet) -> None:
    sheet.add("dates").add("thanks").add("metrics").add("workstreams").add("metrics").add("risks")

    assert [sheet.fields[f"s{n}-heading"] for n in range(3, 9)] == [
        *("For your diary", "Thank you", "Metrics", "Current status"),
        *("", ""),  # a second one goes on under the first one's
    ]
    sheet.press("remove:s8")
    sheet.press("remove:s2")
    assert sheet.add("risks").fields["s8-heading"] == "Risks and issues"


def test_adding_says_what_each_kind_is_for(sheet: Sheet) -> None:
    kinds = [option["value"] for option in sheet.page.select("#id_add_kind option")]

    assert kinds == list(KINDS)
    assert spoken(sheet.page.select_one("#id_add_kind option")) == (
        "Text: Paragraphs, headings and lists in your own words."
    )


def test_unknown_kinds_are_not_added(sheet: Sheet) -> None:
    for kind in ["", "diary", "Text"]:
        sheet.press("add", add_kind=kind)

    assert order(sheet) == ["s0", "s1", "s2"]


def test_removing_takes_the_section_and_keeps_the_others(typed: Sheet) -> None:
    before = dict(typed.fields)

    typed.press("remove:s1")

    assert order(typed) == ["s0", "s2", "s3", "s4", "s5", "s6", "s7", "s8"]
    assert [name for name in kept(before, typed.fields) if not name.startswith("s1-")] == []
    assert [name for name in typed.fields if name.startswith("s1-")] == []


def test_removing_all_leaves_the_head_and_the_menu(sheet: Sheet) -> None:
    for key in ("s0", "s1", "s2"):
        sheet.press(f"remove:{key}")

    assert sheet.order == ""
    assert sheet.add("text").order == "s0:text"


def test_key_of_an_added_section_is_new(typed: Sheet) -> None:
    typed.press("remove:s0")
    typed.press("up:s8")

    assert order(typed.add("text")) == ["s1", "s2", "s3", "s4", "s5", "s6", "s8", "s7", "s9"]


def test_row_button_adds_a_row(sheet: Sheet) -> None:
    assert [name for name in sheet.fields if name.endswith("-text")] == ["s2-row-0-text"]

    sheet.press("row:s2", **{"s2-row-0-text": "Residual"})

    assert sheet.fields["s2-row-count"] == "2"
    assert [sheet.fields[f"s2-row-{n}-text"] for n in (0, 1)] == ["Residual", ""]


@pytest.mark.parametrize(("rows", "after"), [("1", 2), ("99", 100), ("100", 100), ("5000", 100)])
def test_rows_end_at_a_hundred(project: Project, rows: str, after: int) -> None:
    typed = {"sections": "s0:risks", "s0-row-count": rows}

    editor = Editor.rearranged(typed, "row:s0", subject=project)

    assert editor.sections[0].rows.count == after


def test_odd_counts_of_rows_do_no_harm(sheet: Sheet) -> None:
    for count in ["", "x", "-1", "²", "1e3", "9" * 5000, "\x00"]:
        added = sheet.press("row:s2", **{"s2-row-count": count})
        saved = sheet.press("save", **{"s2-row-count": count})

        assert (added.status_code, saved.status_code) == (200, 302)


def test_odd_orders_of_sections_do_no_harm(sheet: Sheet) -> None:
    for version, sections in enumerate(
        ["", "x", "s0", "s0:nothing", ":text", "s²:text", "s0:text," * 99]
    ):
        saved = sheet.press("save", sections=sections, heading=str(version), version=str(version))

        assert saved.status_code == 302


def test_sections_end_at_thirty(project: Project) -> None:
    typed = {"sections": ",".join(f"s{n}:text" for n in range(29)), "add_kind": "text"}

    room = Editor.rearranged(typed, "nothing", subject=project)
    full = Editor.rearranged(typed, "add", subject=project)
    over = Editor.rearranged(
        {**typed, "sections": f"{full.order},s99:text"}, "add", subject=project
    )

    assert [len(editor.sections) for editor in (room, full, over)] == [29, 30, 30]
    assert [editor.can_grow for editor in (room, full, over)] == [True, False, False]


def test_first_cannot_go_up_nor_last_down(sheet: Sheet) -> None:
    disabled = [tag["value"] for tag in sheet.page.select("button[disabled]")]

    assert disabled == ["up:s0", "down:s2"]


def test_buttons_of_a_section_are_told_apart_by_its_heading(sheet: Sheet) -> None:
    sheet.press("nothing", s1__heading="What comes next")

    assert [spoken(tag) for tag in sheet.page.select("#s1 .seg button")] == [
        "Up: What comes next",
        "Down: What comes next",
        "Remove: What comes next",
    ]


def test_rearranged_sections_are_saved_in_their_order(sheet: Sheet) -> None:
    sheet.type(s0__lines="Done", s1__lines="Planned", s2__nil_return="Nothing new")
    sheet.press("up:s2")
    sheet.press("remove:s0")

    sheet.press("save", s2__heading="Worries")

    sections = Update.objects.get().latest.document.sections
    assert [(section.kind, section.heading) for section in sections] == [
        ("risks", "Worries"),
        ("plans", "Looking ahead"),
    ]


def test_words_before_and_after_and_the_product_are_saved(sheet: Sheet) -> None:
    product = ProductFactory(name="Drupal")
    sheet.open().type(s0__before="This week:", s0__after="That is all.")

    sheet.press("save", s0__product=str(product.pk), s0__lines="Migrated")

    section = Update.objects.get().latest.document.sections[0]
    assert (section.before, section.after) == ("This week:", "That is all.")
    assert (section.product_id, section.product_name) == (product.pk, "Drupal")


def test_fields_folded_away_are_open_where_they_say_something(sheet: Sheet) -> None:
    sheet.press("nothing", s1__after="That is all.")

    opened = [tag.find_parent("section")["id"] for tag in sheet.page.select("details[open]")]
    assert opened == ["s1"]
