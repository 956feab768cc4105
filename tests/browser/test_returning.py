"""An editor returns an update with a question, and holds another over for the next digest."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    DIRECTOR,
    READER,
    answer_to_pressing,
    done,
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
from tests.browser.test_composing import FRONTLINE, PURVIEW, WEB, compose, expect_order, place

pytestmark = pytest.mark.browser

NOTE = "Director’s weeknote"
ASKED = "Which bins, & since when?"
HELD = "Held over for the next digest"


def row(page: Page, name: str) -> Locator:
    """The row of an update in the order."""
    return page.locator(".order > li", has_text=name)


def publish(page: Page, desk: str) -> None:
    page.goto(f"{desk}preview/")
    press(page, "Publish")
    expect_said(page, "Published. Everyone in the directorate can read it now.")


def test_return_answer_and_publish(
    open_page: OpenPage, made: Made, tmp_path: Path, scripts: bool, look: Check
) -> None:
    writer = open_page(email=CONTRIBUTOR, scripts=scripts)
    file_update(writer, FRONTLINE, "Bins go digital")
    director = open_page("/desk/", email=DIRECTOR, scripts=scripts)
    desk = compose(director, made)
    row(director, FRONTLINE).get_by_role("link", name="Return with").click()
    look(director)
    assert answer_to_pressing(director, "Return with this question").status == 422
    expect(problem(director)).to_contain_text("Enter what you want to ask")
    write(director, "Your question", ASKED)
    press(director, "Return with this question", times=2)
    expect(director.locator(".order .rag.returned")).to_have_count(1)
    expect_order(director, NOTE, WEB, PURVIEW, FRONTLINE)
    look(director)
    assert done(tmp_path / "site.sqlite3", "returned") == 1
    director.goto(f"{desk}preview/")
    expect(director.locator("#returned")).to_contain_text(FRONTLINE)
    expect(director.locator("article.update", has_text="Bins go digital")).to_have_count(0)

    writer.goto("/updates/")
    expect(row_of(writer, FRONTLINE)).to_contain_text("Returned")
    row_of(writer, FRONTLINE).get_by_role("link", name="Change and submit again").click()
    expect(region(writer, "Returned with a question")).to_contain_text(ASKED)
    look(writer)
    lines = writer.get_by_label("One line for each", exact=True).first
    expect(lines).to_have_value("- Bins go digital")
    lines.fill("All the green bins go digital, since May")
    press(writer, "Submit update")
    expect_said(writer, f"{FRONTLINE}: submitted.")

    director.goto(desk)
    expect_order(director, NOTE, WEB, PURVIEW, FRONTLINE)
    expect(director.locator(".order .rag.returned")).to_have_count(0)
    row(director, FRONTLINE).get_by_role("link", name="Read").click()
    expect(director.get_by_role("main")).to_contain_text("Submitted again by")
    publish(director, desk)
    expect(director.get_by_role("main")).to_contain_text("All the green bins go digital")
    assert done(tmp_path / "site.sqlite3", "published") == 1


def test_hold_over_into_the_next_digest(
    open_page: OpenPage, made: Made, tmp_path: Path, check_page: Check
) -> None:
    writer = open_page(email=CONTRIBUTOR)
    file_update(writer, FRONTLINE, "Bins go digital")
    director = open_page("/desk/", email=DIRECTOR)
    desk = compose(director, made)
    period = director.get_by_role("heading", level=1).inner_text().removeprefix("The desk: ")
    place(director, FRONTLINE, "Hold over")
    expect_order(director, FRONTLINE, part=HELD)
    expect_order(director, NOTE, WEB, PURVIEW)
    check_page(director, is_seen_before=True)
    place(director, FRONTLINE, "Include")
    expect_order(director, NOTE, WEB, PURVIEW, FRONTLINE)
    place(director, FRONTLINE, "Hold over")
    expect_order(director, FRONTLINE, part=HELD)
    publish(director, desk)
    expect(director.get_by_role("main")).not_to_contain_text("Bins go digital")
    writer.goto("/updates/")
    expect(region(writer, "Earlier updates")).to_contain_text("Held over for a later digest")

    director.goto("/desk/new/")
    press(director, "Open the digest")
    due = date.fromisoformat(made.known["collecting"]) + timedelta(days=7)
    file_update(writer, FRONTLINE, "Bags follow")
    director.goto(f"/desk/{due.isoformat()}/")
    press(director, "Start composing")
    expect_order(director, NOTE, FRONTLINE, FRONTLINE)
    expect(director.locator(".order")).to_contain_text(f"Held over from {period}")
    check_page(director, is_seen_before=True)
    publish(director, f"/desk/{due.isoformat()}/")

    reader = open_page(f"/digests/{due.isoformat()}/", email=READER)
    held = reader.locator("article.update", has_text="Bins go digital")
    expect(held).to_contain_text(f"Held over from {period}")
    expect(reader.locator("article.update", has_text="Bags follow")).to_have_count(1)
    reader.set_viewport_size(PHONE)
    name, days = reader.locator(".toc li", has=reader.locator(".was")).locator("a, .was").all()
    assert name.evaluate("name => name.getClientRects().length") == 1
    assert days.bounding_box()["x"] == name.bounding_box()["x"]  # below the name, not beside it
    reader.get_by_role("link", name=f"held over from {period}").first.click()
    expect(held).to_be_in_viewport()
    check_page(reader, is_seen_before=True)
    assert done(tmp_path / "site.sqlite3", "held over") == 2
