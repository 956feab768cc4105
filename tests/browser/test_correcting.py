"""An editor corrects a published digest; readers and its author see what, who and why."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    DIRECTOR,
    LEAD,
    READER,
    answer_to_pressing,
    done,
    expect_said,
    press,
    problem,
    region,
    write,
)

pytestmark = pytest.mark.browser

DIGEST, DESK = "/digests/2026-05-18/", "/desk/2026-05-18/"
PREVIEW = f"{DESK}correction/preview/"
TEAM, LAST = "Workplace experience", "Product and Delivery – People Services update"
QUIET = "Data Governance Purview Pilot"
HERE = f"{DESK}correction/updates/team-workplace-experience/"
TYPO, SUBSTANCE = "A typo: it is listed", "What it says: a dated note"
SAID = "It was 21 <b>desks</b> & not 20."


def part(page: Page, name: str) -> Locator:
    """The row of an update in the correction."""
    return region(page, "What the digest says").get_by_role("listitem").filter(has_text=name)


def add_line(page: Page, words: str) -> None:
    """Add words to the first text of the update."""
    box = page.locator("textarea:visible").first
    box.fill(f"{box.input_value()}\n{words}")


def publish(page: Page, kind: str, note: str) -> None:
    page.goto(PREVIEW)
    page.get_by_label(kind).check()
    write(page, "What was corrected?", note)
    press(page, "Publish the correction", times=2)
    expect_said(page, "The correction is published. Everyone reads it now.")


def test_correct_a_typo_then_what_it_says(
    open_page: OpenPage, tmp_path: Path, scripts: bool, look: Check
) -> None:
    reader = open_page(DIGEST, email=READER, scripts=scripts)
    was = reader.get_by_role("heading", level=1).inner_text()
    page = open_page(DESK, email=DIRECTOR, scripts=scripts)
    press(page, "Correct")
    expect(part(page, QUIET).get_by_role("link")).to_have_count(0)
    part(page, TEAM).get_by_role("link", name="Change the words").click()
    add_line(page, "Twenty desks are bookable")
    press(page, "Save for the correction")
    expect_said(page, f"{TEAM}: saved for the correction.")
    expect(region(page, "What changes").locator("ins")).to_contain_text("Twenty desks are bookable")
    look(page)
    page.get_by_role("link", name="Preview and publish").click()
    assert answer_to_pressing(page, "Publish the correction").status == 422
    expect(problem(page)).to_contain_text("Enter what was corrected")
    look(page)
    reader.reload()
    expect(reader.get_by_role("main")).not_to_contain_text("Twenty desks")
    publish(page, TYPO, "A word was missing.")

    reader.reload()
    expect(reader.get_by_role("main")).to_contain_text("Twenty desks are bookable")
    expect(reader.get_by_role("complementary", name="Corrections")).to_have_count(0)
    listed = reader.locator(".corrections li")
    expect(listed).to_have_text([re.compile(r"^\d+ \w+( \d+)?: A word was missing\.$")])
    author = open_page(
        "/updates/2026-05-18/teams/workplace-experience/", email=LEAD, scripts=scripts
    )
    changes = region(author, "What an editor changed")
    expect(changes).to_contain_text("Morgan Ellis")
    expect(changes).to_contain_text("A word was missing.")
    expect(changes.locator("ins")).to_contain_text("Twenty desks are bookable")
    look(author)

    page.goto(DESK)
    press(page, "Correct")
    part(page, LAST).get_by_role("button", name="Take it out").click()
    expect(part(page, LAST)).to_contain_text("Will be taken out of the digest")
    part(page, "Title and summary").get_by_role("link", name="Change").click()
    write(page, "Title", "Desks & diaries")
    look(page)
    press(page, "Save for the correction")
    publish(page, SUBSTANCE, SAID)
    look(page)
    assert done(tmp_path / "site.sqlite3", "corrected") == 2

    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Desks & diaries")
    expect(reader.get_by_role("article").filter(has_text=LAST)).to_have_count(0)
    note = reader.get_by_role("complementary", name="Corrections")
    expect(note).to_have_text(re.compile(rf"^Corrected on .*\. {re.escape(SAID)}$"))
    expect(listed).to_have_count(2)

    page.goto(f"{DESK}publications/")
    look(page)
    expect(page.locator(".rows a")).to_have_text(
        ["Publication 3", "Publication 2", "Publication 1"]
    )
    page.get_by_role("link", name="Publication 3").click()
    changed = region(page, "What it changed")
    expect(changed.get_by_role("heading", level=3).first).to_have_text("Title")
    expect(changed).to_contain_text("Taken out of the digest.")
    look(page)
    page.goto(f"{DESK}publications/1/")
    expect(page.get_by_role("main")).to_contain_text(was)


def test_two_editors_in_one_correction(
    open_page: OpenPage, second_editor: str, tmp_path: Path, check_page: Check
) -> None:
    first = open_page(DESK, email=DIRECTOR)
    press(first, "Correct")
    first.goto(HERE)
    second = open_page(HERE, email=second_editor)
    add_line(first, "Twenty desks")
    press(first, "Save for the correction")
    expect_said(first, f"{TEAM}: saved for the correction.")

    add_line(second, "Thirty desks")
    press(second, "Save for the correction")
    main = second.get_by_role("main")
    expect(main).to_contain_text("Morgan Ellis saved other words")
    expect(main).to_contain_text("Twenty desks")
    expect(main).to_contain_text("Thirty desks")
    check_page(second)

    # One drops it; what the other would still publish is kept on the page, and nothing is out.
    second.goto(PREVIEW)
    second.get_by_label(TYPO).check()
    write(second, "What was corrected?", SAID)
    first.goto(f"{DESK}correction/")
    press(first, "Drop this correction", times=2)
    expect_said(first, "The correction is dropped. Nothing of it was published.")
    assert answer_to_pressing(second, "Publish the correction").status == 409
    expect(main).to_contain_text("Morgan Ellis dropped this correction on")
    expect(main.locator(".words")).to_have_text(SAID)
    check_page(second)
    database = tmp_path / "site.sqlite3"
    assert (done(database, "corrected"), done(database, "dropped the correction of")) == (0, 1)
