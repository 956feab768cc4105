"""A reader, mostly on a phone: reads, jumps, reacts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import READER, region

pytestmark = pytest.mark.browser

DIGEST = "/digests/2026-05-18/"


def bar(page: Page, heading: str) -> Locator:
    """The reactions to one update."""
    return page.get_by_role("group", name=f"React to {heading}")


def expect_bar(place: Locator, *words: str, chosen: str = "") -> None:
    """The three buttons as a screen reader says them, and which one is pressed."""
    buttons = place.get_by_role("button")
    expect(buttons).to_have_text(list(words), use_inner_text=False)
    pressed = place.get_by_role("button", pressed=True)
    if chosen:
        expect(pressed).to_have_text(chosen)
    else:
        expect(pressed).to_have_count(0)


def test_read_jump_react_change_and_remove_on_a_phone(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/", email=READER, phone=True, scripts=scripts)
    page.get_by_role("link", name="Read the digest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("An exciting start to this week")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Covers 11 to 15 May 2026, published 18 May")
    expect(main).to_contain_text("minute read")
    expect(region(page, "Status at a glance").get_by_role("listitem").first).to_contain_text(
        "Green, on track"
    )

    contents = page.get_by_role("navigation", name="In this digest")
    contents.get_by_role("link", name="Digital Services team").click()
    heading = page.get_by_role("heading", name="Digital Services team")
    expect(heading).to_be_in_viewport()
    assert page.url.endswith("#team-digital-services-team-dst")

    reactions = bar(page, "Digital Services team")
    expect_bar(reactions, "Like, 0", "Love, 0", "Haha, 0")
    reactions.get_by_role("button", name="Like").click()
    expect_bar(
        reactions,
        "Remove your Like, 1",
        "Change to Love, 0",
        "Change to Haha, 0",
        chosen="Remove your Like, 1",
    )
    expect(heading.or_(reactions).first).to_be_in_viewport()
    if scripts:
        expect(page.get_by_role("status").last).to_have_text("Liked. 1 person likes this")
        expect(reactions.get_by_role("button", name="Like")).to_be_focused()
    reactions.get_by_role("button", name="Change to Love").click()
    expect_bar(
        reactions,
        "Change to Like, 0",
        "Remove your Love, 1",
        "Change to Haha, 0",
        chosen="Remove your Love, 1",
    )
    page.reload()
    reactions.get_by_role("button", name="Remove your Love").click()
    expect_bar(reactions, "Like, 0", "Love, 0", "Haha, 0")
    if scripts:
        expect(page.get_by_role("status").last).to_have_text("Removed. No people love this")


def test_double_click_back_and_refresh_react_once(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(DIGEST, email=READER, phone=True, scripts=scripts)
    reactions = bar(page, "Frontline Services")
    chosen = reactions.get_by_role("button", name="Haha")
    chosen.dblclick()
    # The second press may come upon the button that now takes it back; never upon two.
    kept = re.compile("^(Remove your Haha, 1|Haha, 0)$")
    expect(chosen).to_have_text(kept)
    for again in (page.reload, lambda: page.goto("/digests/"), page.go_back):
        again()
    expect(chosen).to_have_text(kept)


def test_buttons_are_large_enough_for_a_thumb(open_page: OpenPage) -> None:
    page = open_page(DIGEST, email=READER, phone=True)
    for button in page.locator("form.react button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


def test_page_of_few_requests(open_page: OpenPage) -> None:
    page = open_page("/digests/", email=READER)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(DIGEST, wait_until="networkidle")
    # The icon is asked for whenever it suits, also after the next page was.
    asked = [url for url in asked if "favicon" not in url]
    assert 1 <= len(asked) <= 6, asked


def test_printed_page_is_the_words_alone(open_page: OpenPage) -> None:
    page = open_page(DIGEST, email=READER)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("navigation", name="In this digest")).to_be_hidden()
    expect(page.locator("form.react").first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_contents_mark_what_is_read(open_page: OpenPage) -> None:
    page = open_page(DIGEST, email=READER)
    contents = page.get_by_role("navigation", name="In this digest")
    page.get_by_role("heading", name="Workplace experience").scroll_into_view_if_needed()
    page.locator("#team-workplace-experience").evaluate("update => update.scrollIntoView()")
    expect(contents.locator("[aria-current]")).to_have_text("Workplace experience")


def test_archive_is_narrowed(open_page: OpenPage) -> None:
    page = open_page("/digests/", email=READER, scripts=False)
    titles = page.get_by_role("main").get_by_role("heading", level=3)
    expect(titles).to_have_text(["An exciting start to this week", "Networking and partnerships"])
    page.get_by_label("Year").fill("2024")
    page.get_by_role("button", name="Show").click()
    expect(titles).to_have_text(["Networking and partnerships"])
    page.get_by_label("Words in the title or summary").fill("nothing like it")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("No digest matches.")
    page.get_by_role("link", name="Show all").click()
    expect(titles).to_have_count(2)
