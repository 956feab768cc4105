"""The director composes a digest, previews it and publishes it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    DIRECTOR,
    LEAD,
    READER,
    answer_to_pressing,
    done,
    expect_said,
    file_update,
    press,
    problem,
    refused,
    region,
    write,
)
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE, ONEDRIVE = "Frontline Services", "OneDrive user adoption"
WEB, PURVIEW = "Low code and web", "Data Governance Purview Pilot"
WORKPLACE = "Workplace experience"


def expect_order(page: Page, *names: str, part: str = "The digest, in order") -> None:
    """The desk's rows stand in that order."""
    rows = region(page, part).get_by_role("heading", level=3)
    expect(rows).to_have_count(len(names))
    for row, name in zip(rows.all(), names, strict=True):
        expect(row).to_contain_text(name)


def mover(page: Page, way: str, name: str) -> Locator:
    """The Up or Down of a row."""
    return page.get_by_role("button", name=re.compile(f"^{way}\\W+{name}"))


def move(page: Page, way: str, name: str) -> None:
    mover(page, way, name).click()


def place(page: Page, name: str, button: str) -> None:
    """Press Include or Leave out of that row."""
    page.get_by_role("group", name=name).get_by_role("button", name=button).click()


def write_note(page: Page, words: str) -> None:
    page.get_by_role("link", name="Write your note").click()
    write(page, "Words", words)
    press(page, "Save")


def compose(page: Page, made: Made) -> str:
    """Start composing the digest that collects; gives its desk."""
    desk = f"/desk/{made.known['collecting']}/"
    page.goto(desk)
    press(page, "Start composing")
    expect_said(page, "Composing has started. Updates are in their usual order.")
    return desk


def test_compose_preview_and_publish(open_page: OpenPage, made: Made, tmp_path: Path) -> None:
    file_update(open_page(email=CONTRIBUTOR, scripts=False), FRONTLINE, "Bins go digital")
    director = open_page("/desk/", email=DIRECTOR, scripts=False)
    desk = compose(director, made)
    note = "Director’s weeknote"
    expect_order(director, note, WEB, PURVIEW, FRONTLINE)

    move(director, "Up", FRONTLINE)
    expect_order(director, note, WEB, FRONTLINE, PURVIEW)
    move(director, "Down", WEB)
    expect_order(director, note, FRONTLINE, WEB, PURVIEW)
    expect(mover(director, "Up", FRONTLINE)).to_be_disabled()
    place(director, PURVIEW, "Leave out")
    expect_order(director, note, FRONTLINE, WEB)
    expect_order(director, PURVIEW, part="Left out")

    file_update(open_page(email=LEAD, scripts=False), WORKPLACE, "Desks are bookable")
    director.goto(desk)
    expect_order(director, WORKPLACE, part="New, not in yet")
    place(director, WORKPLACE, "Include")
    expect_order(director, note, FRONTLINE, WEB, WORKPLACE)

    write_note(director, "Good morning everyone.\n\n- Keep **1 July** free")
    director.goto(desk)
    director.get_by_role("link", name="Change title and summary").click()
    write(director, "Title", "A week in November")
    write(director, "Summary", "What we did.")
    press(director, "Save")
    expect_said(director, "Saved.")

    director.get_by_role("link", name="Preview and publish").click()
    headings = director.get_by_role("heading", level=2)
    expect(headings.filter(has_text=FRONTLINE)).to_have_count(1)
    expect(headings.filter(has_text=PURVIEW)).to_have_count(0)
    expect(director.locator("article").first).to_contain_text("Keep 1 July free")
    director.wait_for_load_state()
    articles = director.locator("article.update").all_inner_texts()
    press(director, "Publish")
    expect_said(director, "Published. Everyone in the directorate can read it now.")

    reader = open_page("/", email=READER, scripts=False)
    reader.get_by_role("link", name="Read the digest").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("A week in November")
    reader.wait_for_load_state()
    assert reader.locator("article.update").all_inner_texts() == articles
    assert done(tmp_path / "site.sqlite3", "published") == 1


def test_a_change_after_the_preview_is_shown_and_publishing_is_done_once(
    open_page: OpenPage, made: Made, tmp_path: Path, check_page: Check
) -> None:
    database = tmp_path / "site.sqlite3"
    page = open_page("/desk/", email=DIRECTOR)
    desk = compose(page, made)
    page.goto(f"{desk}preview/")
    check_page(page)
    other = page.context.new_page()
    other.goto(desk)
    place(other, PURVIEW, "Leave out")
    expect_order(other, PURVIEW, part="Left out")
    check_page(other)
    write_note(other, "Late words")
    assert answer_to_pressing(page, "Publish").status == 409
    expect(page.get_by_role("heading", level=1)).to_have_text("Not published: something changed")
    changes = page.get_by_role("main").get_by_role("listitem")
    expect(changes).to_have_count(2)
    expect(changes.filter(has_text=PURVIEW)).to_have_count(1)
    expect(changes.filter(has_text="weeknote")).to_have_count(1)
    check_page(page)
    assert done(database, "published") == 0

    page.get_by_role("link", name="Look at it again").click()
    other.goto(f"{desk}preview/")
    press(page, "Publish", times=2)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert answer_to_pressing(other, "Publish").status == 409
    expect(other.get_by_role("heading", level=1)).to_have_text("Already published")
    expect(other.get_by_role("main")).to_contain_text("Morgan Ellis")
    check_page(other)
    other.get_by_role("link", name="Read the digest").click()
    expect(other.get_by_role("article").filter(has_text=WEB).first).to_be_visible()
    assert done(database, "published") == 1
    page.goto(desk)
    check_page(page)


def test_double_clicks_back_and_refresh_on_the_desk(
    open_page: OpenPage, made: Made, tmp_path: Path, scripts: bool
) -> None:
    database = tmp_path / "site.sqlite3"
    page = open_page(f"/desk/{made.known['collecting']}/", email=DIRECTOR, scripts=scripts)
    press(page, "Start composing", times=2)
    expect(page.get_by_role("link", name="Preview and publish")).to_be_visible()
    assert done(database, "started composing") == 1
    page.reload()
    page.get_by_role("group", name=PURVIEW).get_by_role("button", name="Leave out").dblclick()
    expect_order(page, PURVIEW, part="Left out")
    page.get_by_role("group", name=PURVIEW).get_by_role("button", name="Include").dblclick()
    expect_order(page, "Director’s weeknote", WEB, PURVIEW)
    page.reload()
    expect_order(page, "Director’s weeknote", WEB, PURVIEW)
    page.get_by_role("link", name="Change title and summary").click()
    write(page, "Title", "Once is enough")
    press(page, "Save", times=2)
    expect(page.get_by_text("Once is enough").first).to_be_visible()
    page.go_back()
    page.reload()
    write(page, "Title", "Twice is fine")
    press(page, "Save")
    expect_said(page, "Saved.")


def test_opening_the_next_digest(
    open_page: OpenPage, made: Made, tmp_path: Path, check_page: Check
) -> None:
    page = open_page("/desk/new/", email=DIRECTOR)
    expect(page.get_by_role("main")).to_contain_text("is still collecting")
    check_page(page, is_seen_before=True)
    compose(page, made)
    page.goto("/desk/")
    page.get_by_role("link", name="Open a digest").click()
    due = date.fromisoformat(made.known["collecting"]) + timedelta(days=7)
    expect(page.get_by_label("Due out on")).to_have_value(due.isoformat())
    check_page(page)
    page.get_by_label("Covers to").fill("2020-01-01")
    refused(page, "Open the digest")
    expect(problem(page)).to_contain_text("“Covers to” comes before “Covers from”")
    check_page(page, is_seen_before=True)
    page.get_by_label("Covers to").fill((due - timedelta(days=3)).isoformat())
    press(page, "Open the digest", times=2)
    expect(page.get_by_role("main")).to_contain_text("Collecting")
    assert done(tmp_path / "site.sqlite3", "opened") == 2


def test_two_editors_change_the_details(open_page: OpenPage, made: Made, check_page: Check) -> None:
    details = f"/desk/{made.known['collecting']}/details/"
    first = open_page(details, email=DIRECTOR)
    second = open_page(details, email=DIRECTOR)
    write(first, "Title", "Mine came first")
    press(first, "Save")
    expect_said(first, "Saved.")
    write(second, "Title", "Mine came second")
    assert answer_to_pressing(second, "Save").status == 409
    expect(second.get_by_role("textbox", name="Title")).to_have_value("Mine came second")
    clash = region(second, "Title")
    expect(clash).to_contain_text("Mine came first")
    check_page(second)
    clash.get_by_label("Keep mine").check()
    press(second, "Save")
    expect_said(second, "Saved.")
