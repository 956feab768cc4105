"""Filing and composing by keyboard alone: Tab, Enter, Space and typing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import CONTRIBUTOR, DIRECTOR, expect_said, region, row_of
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

# Why the focus cannot be seen, or nothing. A radio's ring is drawn by the label beside it.
UNSEEN = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return "nothing has the focus";
    const isChoice = at.matches("input[type=radio], input[type=checkbox]");
    const style = isChoice
        ? getComputedStyle(at.nextElementSibling, "::before") : getComputedStyle(at);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!hasOutline && style.boxShadow === "none") return `no ring round ${at.outerHTML}`;
    const {left, top, width, height} = at.getBoundingClientRect();
    const points = [.1, .5, .9].map((part) => [left + width / 2, top + height * part]);
    const isShown = points.some(([x, y]) => {
        const seen = document.elementFromPoint(x, y);
        return seen && (at.contains(seen) || seen.contains(at) && seen !== document.documentElement
            && !seen.matches("body, main, .savebar"));
    });
    return isShown ? "" : `${at.outerHTML} is out of sight`;
}"""
MOST_STOPS = 120


class Keyboard:
    """Moves through a page by Tab, looking at the focus on every stop."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator, *, key: str = "Tab") -> None:
        """Press Tab until the focus is there."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            unseen = self.page.evaluate(UNSEEN)
            is_there = target.evaluate("element => element === document.activeElement")
            if unseen and "nothing has the focus" not in unseen:
                raise AssertionError(unseen)
            if is_there:
                return
        raise AssertionError(f"Tab never came to {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Tab to it and press a key on it."""
        self.to(target)
        self.page.keyboard.press(key)

    def type(self, target: Locator, words: str) -> None:
        """Tab to a box and type over what is in it."""
        self.to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)


def test_skip_link_leads_past_the_bar(open_page: OpenPage) -> None:
    page = open_page("/", email=CONTRIBUTOR)
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name="Skip to main content"))
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Frontline Services").first).to_be_focused()


def test_file_an_update_by_keyboard(open_page: OpenPage, made: Made) -> None:
    page = open_page("/", email=CONTRIBUTOR)
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name="My updates"))
    page.wait_for_url("**/updates/")
    keys.press(page.get_by_role("link", name="Start Frontline Services"))
    page.wait_for_url("**/projects/**")

    keys.press(page.locator("summary", has_text="Heading and byline"))
    keys.type(page.get_by_label("Byline", exact=True), "Jo Bennett, Project manager")
    keys.to(page.get_by_role("radio", name="Green"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Amber")).to_be_checked()
    keys.type(page.get_by_label("Why? One sentence"), "The supplier is late.")
    outcomes = region(page, "Key outcomes in last period")
    lines = "# Waste\nDemo given: done\n  To all depots"
    keys.type(outcomes.get_by_label("One line for each", exact=True), lines)
    risks = region(page, "Risks and issues")
    keys.type(risks.get_by_label("What it is", exact=True), "Late supplier: no date yet")
    keys.to(risks.get_by_label("Kind"))
    page.keyboard.type("Dep")
    keys.press(risks.get_by_role("button", name="Add a risk or issue"))
    second = risks.get_by_role("group", name="Risk or issue 2")
    expect(second).to_be_visible()
    expect(risks.get_by_role("button", name="Add a risk or issue")).to_be_focused()
    keys.press(page.get_by_role("button", name="Preview"))
    article = page.get_by_role("article")
    expect(article).to_contain_text("The supplier is late.")
    expect(article).to_contain_text("Dependency")
    keys.press(page.get_by_role("button", name="Submit update"))
    expect_said(page, "Frontline Services: submitted.")
    expect(row_of(page, "Frontline Services")).to_contain_text("Submitted")


def test_compose_and_publish_by_keyboard(open_page: OpenPage, made: Made) -> None:
    page = open_page(f"/desk/{made.known['collecting']}/", email=DIRECTOR)
    keys = Keyboard(page)
    keys.press(page.get_by_role("button", name="Start composing"))
    expect_said(page, "Composing has started. Updates are in their usual order.")

    down = page.get_by_role("button", name=re.compile(r"^Down\W+Low code"))
    keys.press(down, "Space")
    said = page.locator("#desk-said")
    expect(said).to_have_text("Low code and web moved to position 2 of 2")
    twin = page.get_by_role("button", name=re.compile(r"^Up\W+Low code"))
    expect(twin).to_be_focused()
    page.keyboard.press("Space")
    expect(said).to_have_text("Low code and web moved to position 1 of 2")
    expect(down).to_be_focused()
    purview = page.get_by_role("group", name="Data Governance Purview Pilot")
    keys.press(purview.get_by_role("button", name="Leave out"))
    expect(said).to_have_text("Data Governance Purview Pilot is left out")
    expect(purview.get_by_role("button", name="Leave out")).to_be_focused()

    keys.to(page.get_by_role("link", name="Write your note"), key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/note/")
    keys.type(page.get_by_label("Words", exact=True), "Good morning.\n\nOne thing to note.")
    keys.press(page.get_by_role("button", name="Save", exact=True))
    expect_said(page, "Director’s weeknote: saved.")
    keys.press(page.get_by_role("button", name="Preview"))
    page.wait_for_url("**/preview/")
    keys.press(page.get_by_role("button", name="Publish"))
    expect_said(page, "Published. Everyone in the directorate can read it now.")
    expect(page.locator("article").first).to_contain_text("One thing to note.")


def test_react_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/digests/2026-05-18/", email=CONTRIBUTOR)
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name="Jump to the reactions"))
    whole = page.get_by_role("group", name="React to the whole digest")
    haha = whole.get_by_role("button", name="Haha")
    keys.press(haha, "Space")
    expect(haha).to_have_attribute("aria-pressed", "true")
    expect(haha).to_be_focused()
