"""Takes the pictures in docs/screenshots: `make screenshots`.

They show the demonstration, wide (1280) and on a phone (360), at most this many pixels high.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ddat.settings import BASE_DIR
from tests.browser.conftest import OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    DIRECTOR,
    LEAD,
    READER,
    answer_to_pressing,
    expect_said,
    file_update,
    press,
    region,
    write,
)
from tests.browser.serving import Made

FOLDER = BASE_DIR / "docs/screenshots"
HIGH = {False: 1150, True: 1300}
LINES = """# Waste
- Specifications agreed with all three depots: done
- Low code demonstration of the collection round: ongoing
# Street cleaning
- Back-end assessment: paused"""


def picture(page: Page, name: str, *, phone: bool) -> None:
    """Take the page from its top; of a long one what comes first."""
    width = 360 if phone else 1280
    high = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(high, HIGH[phone])})
    page.evaluate("window.scrollTo(0, 0); document.activeElement?.blur()")
    page.wait_for_timeout(300)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=Path(FOLDER, f"{name}-{width}.png"))


@pytest.fixture(params=[False, True], ids=["wide", "phone"])
def phone(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_home(open_page: OpenPage, phone: bool) -> None:
    page = open_page("/", email=CONTRIBUTOR, phone=phone)
    picture(page, "home", phone=phone)


def test_digest(open_page: OpenPage, phone: bool) -> None:
    page = open_page("/digests/2026-05-18/", email=READER, phone=phone)
    picture(page, "digest", phone=phone)


def test_form(open_page: OpenPage, made: Made, phone: bool) -> None:
    where = f"/updates/{made.known['collecting']}/projects/frontline-services/"
    page = open_page(where, email=CONTRIBUTOR, phone=phone)
    page.get_by_role("radio", name="Amber").check()
    write(page, "In your words", "waiting for a date")
    write(page, "Why? One sentence", "The supplier has not confirmed when the back end is ready.")
    write(region(page, "Key outcomes in last period"), "One line for each", LINES)
    press(page, "Save draft")
    expect_said(page, "Frontline Services: saved.")
    page.goto(where)
    picture(page, "form", phone=phone)


def test_conflict(open_page: OpenPage, made: Made, phone: bool) -> None:
    where = f"/updates/{made.known['collecting']}/projects/frontline-services/"
    other = open_page(where, email=CONTRIBUTOR)
    page = open_page(where, email=CONTRIBUTOR, phone=phone)
    for writer, words in ((other, LINES), (page, LINES.replace("all three depots", "two depots"))):
        write(region(writer, "Key outcomes in last period"), "One line for each", words)
    press(other, "Save draft")
    expect_said(other, "Frontline Services: saved.")
    assert answer_to_pressing(page, "Save draft").status == 409
    picture(page, "conflict", phone=phone)


def test_desk(open_page: OpenPage, made: Made, phone: bool) -> None:
    contributor = open_page("/", email=CONTRIBUTOR)
    file_update(contributor, "Frontline Services", LINES)
    file_update(contributor, "OneDrive user adoption", "Growth continues in every service: ongoing")
    page = open_page(f"/desk/{made.known['collecting']}/", email=DIRECTOR, phone=phone)
    press(page, "Start composing")
    expect_said(page, "Composing has started. Updates are in their usual order.")
    page.get_by_role("link", name="Write your note").click()
    write(page, "Words", "Thank you all for a full week.\n\nThe supplier’s date is what I ask for.")
    press(page, "Save")
    expect_said(page, "Director’s weeknote: saved.")
    file_update(open_page("/", email=LEAD), "Workplace experience", "Desks are bookable: done")
    page.goto(f"/desk/{made.known['collecting']}/")
    expect(page.get_by_role("region", name="New, not in yet")).to_be_visible()
    picture(page, "desk", phone=phone)
