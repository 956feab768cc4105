"""One update written in two browsers: both texts side by side, and one made of both."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    answer_to_pressing,
    expect_said,
    press,
    problem,
    region,
    unfold,
)
from tests.browser.looking import PHONE
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE, OUTCOMES = "Frontline Services", "Key outcomes in last period"


def lines_of(page: Page) -> Locator:
    return page.get_by_label("One line for each", exact=True).first


def type_update(page: Page, heading: str, words: str) -> None:
    """Change the heading and the outcomes."""
    unfold(page, "Heading and byline")
    page.locator("#id_heading").fill(heading)
    lines_of(page).fill(words)


def test_two_texts_become_one(
    open_page: OpenPage, made: Made, scripts: bool, check_page: Check
) -> None:
    where = f"/updates/{made.known['collecting']}/projects/frontline-services/"
    first = open_page(where, email=CONTRIBUTOR, scripts=scripts)
    second = open_page(where, email=CONTRIBUTOR, scripts=scripts)
    type_update(first, "Frontline, live", "Same\nCame first")
    type_update(second, "Frontline goes live", "Same\nCame second")
    press(first, "Save draft")
    expect_said(first, f"{FRONTLINE}: saved.")

    assert answer_to_pressing(second, "Save draft").status == 409
    expect(problem(second)).to_contain_text("You saved other words")
    expect(region(second, OUTCOMES)).to_contain_text("Came first")
    expect(region(second, OUTCOMES)).to_contain_text("Came second")
    if scripts:
        check_page(second)
    second.set_viewport_size(PHONE)
    assert answer_to_pressing(second, "Save these words").status == 409
    problem(second).get_by_role("link", name="Choose which “Heading” to keep").click()
    expect(region(second, "Heading").get_by_label("Keep mine")).to_be_focused()
    second.keyboard.press("Space")
    press(second, "Edit the merged text")
    expect(second.locator("#id_heading")).to_have_value("Frontline goes live")
    expect(lines_of(second)).to_have_value("- Same\n- Came second\n- Came first")
    lines_of(second).fill("Made of both")

    lines_of(first).fill("A third text")
    press(first, "Save draft")
    expect_said(first, f"{FRONTLINE}: saved.")
    assert answer_to_pressing(second, "Save draft").status == 409
    region(second, "Heading").get_by_label("Keep mine").check()
    expect(region(second, OUTCOMES).get_by_label("Keep both")).to_be_checked()
    press(second, "Save these words", times=2)
    expect(lines_of(second)).to_have_value("- Made of both\n- A third text")
    expect(second.locator("#id_heading")).to_have_value("Frontline goes live")
