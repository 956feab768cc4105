"""What was published, told by project: an analyst asks for all ambers and takes the file."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import CONTRIBUTOR, DIRECTOR, READER, ask, enter, expect_said, press
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE = "Frontline Services"


def publish_amber(open_page: OpenPage, made: Made) -> None:
    """A project is rated amber by its owner, and the director publishes that."""
    page = open_page("/updates/", email=CONTRIBUTOR)
    page.get_by_role("link", name=f"Start {FRONTLINE}").click()
    page.get_by_role("radio", name="Amber").check()
    page.get_by_label("One line for each", exact=True).first.fill("Two people left")
    press(page, "Submit update")
    expect_said(page, f"{FRONTLINE}: submitted.")
    desk = open_page(f"/desk/{made.known['collecting']}/", email=DIRECTOR)
    press(desk, "Start composing")
    desk.get_by_role("link", name="Preview and publish").click()
    press(desk, "Publish")
    expect_said(desk, "Published. Everyone in the directorate can read it now.")


def names(page: Page) -> Locator:
    """The projects of the list."""
    return page.locator(".standings h3")


def test_analyst_asks_for_all_ambers_and_takes_the_file(
    open_page: OpenPage, made: Made, tmp_path: Path
) -> None:
    database = tmp_path / "site.sqlite3"
    publish_amber(open_page, made)
    page = open_page("/", email=READER, scripts=False)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Projects").click()
    expect(names(page).first).to_be_visible()
    page.wait_for_load_state()
    assert FRONTLINE in names(page).all_inner_texts()
    assert names(page).count() > 1

    page.get_by_label("Status").select_option(label="Amber")
    press(page, "Show")
    expect(names(page)).to_have_text([FRONTLINE])
    assert "rag=amber" in page.url
    bookmarked = open_page(page.url, scripts=False)
    enter(bookmarked, READER, "weeknotes")
    expect(names(bookmarked)).to_have_text([FRONTLINE])
    expect(bookmarked.get_by_label("Status")).to_have_value("amber")
    with page.expect_download() as download:
        press(page, "Download these as CSV")
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ['"Project"', f'"{FRONTLINE}"']
    question = "SELECT name FROM people_event WHERE verb = 'exported'"
    assert ask(database, question) == ["projects, 1 row (Status: Amber)"]

    page.get_by_role("link", name=FRONTLINE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FRONTLINE)
    expect(page.locator(".now")).to_contain_text("Amber")
    page.locator(".stories h3 a").first.click()
    expect(page.locator("article:target h2")).to_have_text(FRONTLINE)
    expect(page.locator("article:target .rag")).to_have_text("Amber")


def test_pages_of_projects_teams_and_people(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/projects/?rag=purple&page=9", email=READER)
    check_page(page)
    page.get_by_role("alert").get_by_role("link", name="Choose a status from the list").click()
    expect(page.get_by_label("Status")).to_be_focused()
    for path in (
        "/projects/",
        "/projects/?rag=green",
        "/projects/?words=nothing",
        "/projects/onedrive-user-adoption/",
        "/teams/product-and-delivery/",
        "/people/carol-osborne/",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        check_page(page)


@pytest.mark.usefixtures("odd_site")
def test_odd_names_break_no_page(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/projects/", email=READER)
    check_page(page, is_seen_before=True)
    addresses = page.locator(".standings a").evaluate_all("links => links.map(a => a.pathname)")
    for address in sorted({a for a in addresses if not a.startswith("/digests/")}):
        page.goto(address)
        check_page(page, is_seen_before=True)
    link = page.locator(".meta a").first
    address = link.evaluate("link => link.href")
    link.click()
    page.wait_for_url(address)
    check_page(page, is_seen_before=True)
