"""Rearranging an update in place: nothing typed is lost, and the focus goes on where it should."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import DESKTOP, OpenPage, sign_in
from tests.browser.hands import CONTRIBUTOR, DIRECTOR, LEAD, press, region, sections, write
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

OUTCOMES, PLANS, RISKS = (
    "Key outcomes in last period",
    "Key activities in next period",
    "Risks and issues",
)
REFUSED = "Not done. Copy your words, then sign in again in another tab."


@pytest.fixture
def page(chromium: Browser, made: Made, site: str) -> Iterator[Page]:
    """The form of an update, with words in it; htmx may complain of what fails."""
    context = chromium.new_context(base_url=site, viewport=DESKTOP)
    sign_in(context, made.known["sessions"][CONTRIBUTOR], site)
    page = context.new_page()
    page.goto(f"/updates/{made.known['collecting']}/projects/frontline-services/")
    write(region(page, OUTCOMES), "One line for each", "Worth keeping")
    yield page
    context.close()


def words(page: Page) -> Locator:
    return region(page, OUTCOMES).get_by_label("One line for each", exact=True)


def sign_out(route: Route) -> None:
    route.fulfill(body='<h1>Sign in</h1><form id="login"></form>', content_type="text/html")


def refuse(route: Route) -> None:
    route.fulfill(status=403, body="<h1>No</h1>", content_type="text/html")


def go_down(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("answer", [sign_out, refuse, go_down])
def test_what_cannot_be_done_is_said_and_loses_nothing(
    page: Page, answer: Callable[[Route], None]
) -> None:
    page.route("**/projects/frontline-services/", answer)
    down = region(page, OUTCOMES).get_by_role("button", name="Down")
    down.click()
    expect(page.get_by_role("alert")).to_have_text(REFUSED)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(words(page)).to_have_value("Worth keeping")
    expect(down).to_be_focused()
    page.unroute("**/projects/frontline-services/")
    down.click()
    expect(page.locator("[data-said]")).to_have_text(f"{OUTCOMES} moved to 2 of 3")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_nothing_is_typed_while_the_answer_is_on_its_way(page: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/projects/frontline-services/", hold)
    press(region(page, OUTCOMES), "Down")
    expect(page.locator("#update")).to_have_js_property("inert", True)
    page.keyboard.type("lost")
    page.evaluate("document.querySelector('#do-add').click()")  # a second button is too early
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(sections(page).nth(1)).to_have_accessible_name(OUTCOMES)
    expect(sections(page)).to_have_count(3)
    expect(words(page)).to_have_value("Worth keeping")
    words(page).fill("Typed after that")


def test_focus_and_words_follow_each_button(page: Page) -> None:
    said = page.locator("[data-said]")
    press(region(page, RISKS), "Up")
    expect(said).to_have_text(f"{RISKS} moved to 2 of 3")
    expect(region(page, RISKS).get_by_role("button", name="Up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_have_text(f"{RISKS} moved to 1 of 3")
    expect(region(page, RISKS).get_by_role("button", name="Down")).to_be_focused()

    press(region(page, RISKS), "Add a risk")
    expect(said).to_have_text(f"Risk or issue 2: {RISKS} added")
    expect(region(page, RISKS).get_by_role("button", name="Add a risk")).to_be_focused()

    press(region(page, RISKS), "Remove")
    expect(said).to_have_text(f"{RISKS} removed")
    expect(page.get_by_role("heading", name=OUTCOMES)).to_be_focused()
    press(region(page, PLANS), "Remove")
    expect(page.get_by_role("heading", name="Add a section")).to_be_focused()

    press(page, "Add this section")
    expect(said).to_have_text("Text added")
    expect(region(page, "Text").get_by_label("Words", exact=True)).to_be_focused()
    expect(words(page)).to_have_value("Worth keeping")
    names = page.get_by_role("toolbar").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert names == [f"Formatting: One line for each: {OUTCOMES}", "Formatting: Words: Text"]


def test_newer_words_are_read_out_first(page: Page, open_page: OpenPage) -> None:
    other = open_page(page.url, email=CONTRIBUTOR)
    write(region(other, OUTCOMES), "One line for each", "Newer")
    press(other, "Save draft")
    press(page, "Save draft")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_role("main")).to_contain_text("Worth keeping")
    expect(page.get_by_role("main")).to_contain_text("Newer")


def test_home_begins_with_its_heading(open_page: OpenPage) -> None:
    page = open_page("/", email=LEAD)
    levels = page.get_by_role("heading").evaluate_all("all => all.map((one) => one.tagName)")
    assert levels[0] == "H1"
    assert levels.count("H1") == 1


@pytest.mark.parametrize("place", ["update", "desk"])
def test_zoomed_in_twice_every_button_is_whole(open_page: OpenPage, made: Made, place: str) -> None:
    collecting = made.known["collecting"]
    path, email = {
        "update": (f"/updates/{collecting}/projects/frontline-services/", CONTRIBUTOR),
        "desk": (f"/desk/{collecting}/preview/", DIRECTOR),
    }[place]
    half = {name: size // 2 for name, size in DESKTOP.items()}
    page = open_page(path, email=email, viewport=half)
    for button in page.locator(".savebar :is(button, a)").all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)


PASTED = """<p>Plan:</p><ol><li>First<ul><li>a<ul><li>deep</li></ul></li></ul></li>
<li>Second</li></ol>"""
WORD = """<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>One</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Below</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>Two</p>"""


def test_prose_keeps_numbers_and_levels_of_what_is_pasted(open_page: OpenPage) -> None:
    script = """async ([html, isProse]) => {
        const {toLines} = await import("/static/js/paste.js");
        const {toText} = await import("/static/js/marks.js");
        return toText(toLines(html), isProse);
    }"""
    page = open_page("/")
    for html, is_prose, lines in (
        (PASTED, True, "Plan:\n\n1. First\n   - a\n     - deep\n2. Second"),
        (PASTED, False, "Plan:\n- First\n  - a\n  - deep\n- Second"),
        (WORD, True, "1. One\n   - Below\n2. Two"),
    ):
        assert page.evaluate(script, [html, is_prose]) == lines
