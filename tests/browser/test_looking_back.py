"""An author looks back, compares, restores; an editor edits, and the author reads what changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    DIRECTOR,
    answer_to_pressing,
    expect_said,
    file_update,
    press,
    problem,
    region,
    row_of,
    write,
)
from tests.browser.looking import PHONE
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE = "Frontline Services"
FIRST = "Kits went to 12 depots: done\nTraining for the crews\nA word with <b>the board</b>"
SECOND = "Kits went to 14 depots: done\nTraining for all crews\nA word with <b>the board</b>"


def hand_in_again(page: Page, words: str) -> None:
    """Take the update back and hand it in with other words."""
    row_of(page, FRONTLINE).get_by_role("link", name="Look").click()
    press(page, "Take it back")
    expect_said(page, f"{FRONTLINE}: taken back. You can change it now.")
    page.get_by_label("One line for each", exact=True).first.fill(words)
    press(page, "Submit update")
    expect_said(page, f"{FRONTLINE}: submitted.")


def test_looking_back_comparing_restoring(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/updates/", email=CONTRIBUTOR)
    file_update(page, FRONTLINE, FIRST)
    hand_in_again(page, SECOND)
    row_of(page, FRONTLINE).get_by_role("link", name="Look").click()

    page.get_by_role("link", name="History").click()
    names = page.locator(".kept a")
    expect(names).to_have_text(["Revision 2", "Revision 1"])
    check_page(page)
    names.first.click()
    changes = region(page, "What changed")
    expect(changes.locator("del")).to_have_text(["[removed: 12] ", "[removed: the] "])
    expect(changes.locator("ins")).to_have_text(["[added: 14] ", "[added: all] "])
    check_page(page)
    page.go_back()
    names.last.click()
    expect(region(page, "What changed")).to_contain_text("There is nothing before them.")

    press(page, "Restore these words", times=2)
    expect(page.get_by_label("One line for each", exact=True).first).to_have_value(
        "- Kits went to 12 depots: done\n- Training for the crews\n- A word with <b>the board</b>"
    )
    press(page, "Submit update")
    expect_said(page, f"{FRONTLINE}: submitted.")


def test_an_edit_and_what_its_author_reads(
    open_page: OpenPage, made: Made, check_page: Check
) -> None:
    author = open_page("/updates/", email=CONTRIBUTOR)
    file_update(author, FRONTLINE, FIRST)
    digest = made.known["collecting"]
    where = f"/desk/{digest}/updates/project-frontline-services/"
    page = open_page(where, email=DIRECTOR)
    page.get_by_role("link", name="Edit").click()
    page.set_viewport_size(PHONE)
    page.get_by_label("One line for each", exact=True).first.fill(SECOND)

    assert answer_to_pressing(page, "Save your edit").status == 422
    problem(page).get_by_role("link", name="Choose whether you changed a typo").click()
    page.keyboard.press("Space")
    expect(page.get_by_label("A typo: spelling, grammar or layout")).to_be_checked()
    write(page, "Why?", "Two depots were <b>missing</b>.")
    check_page(page)
    press(page, "Save your edit", times=2)
    said = "Typo: Two depots were <b>missing</b>."
    expect(region(page, "What an editor changed")).to_contain_text(said)
    check_page(page)
    page.goto(f"/desk/{digest}/")
    press(page, "Start composing")
    expect(page.locator("#o-project-frontline-services")).to_contain_text("edited by Morgan Ellis")

    author.goto("/updates/")
    expect(row_of(author, FRONTLINE)).to_contain_text(said)
    check_page(author)
    author.get_by_role("link", name="See what changed").click()
    changes = region(author, "What an editor changed")
    expect(changes).to_contain_text("Edited by Morgan Ellis")
    expect(changes.locator("del")).to_have_text(["[removed: 12] ", "[removed: the] "])
    expect(changes.locator("ins")).to_have_text(["[added: 14] ", "[added: all] "])
    check_page(author)
    author.get_by_role("link", name="History").click()
    expect(author.locator(".kept a")).to_have_text(["Revision 2", "Revision 1"])
    author.locator(".kept a").first.click()
    expect(author.locator(".banner")).to_contain_text("Ask an editor if something must change.")
