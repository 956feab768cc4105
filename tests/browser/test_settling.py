"""One update written in two browsers: both texts side by side, and one made of both."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    LEAD,
    answer_to_pressing,
    expect_said,
    press,
    problem,
    region,
    tell,
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


def test_two_texts_become_one(open_page: OpenPage, made: Made, scripts: bool, look: Check) -> None:
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
    look(second)
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


def test_two_people_see_each_other(
    open_page: OpenPage, made: Made, tmp_path: Path, scripts: bool
) -> None:
    where = f"/updates/{made.known['collecting']}/projects/frontline-services/"
    stand_in(tmp_path / "site.sqlite3", LEAD, "frontline-services")
    first = open_page(where, email=CONTRIBUTOR, scripts=scripts)
    be_noted(first, scripts)
    second = open_page(where, email=LEAD, scripts=scripts)
    expect(
        second.get_by_role("status").filter(has_text="Jo Bennett is also editing")
    ).to_be_visible()
    be_noted(second, scripts)
    first.goto(where)
    expect_also(first, "Dev Patel")


def test_presence_is_asked_for_again_after_an_outage(
    open_page: OpenPage, made: Made, complaints: list[str]
) -> None:
    page = open_page("/", email=CONTRIBUTOR)
    page.route("**/presence/", lambda route: route.fulfill(status=503))
    page.clock.install()
    with page.expect_response("**/presence/"):
        page.goto(f"/updates/{made.known['collecting']}/projects/frontline-services/")

    with page.expect_response("**/presence/") as again:
        page.clock.run_for("01:00")

    assert again.value.status == 503
    assert all("503" in words for words in complaints)
    complaints.clear()  # the outage was ours


def expect_also(page: Page, name: str) -> None:
    """The page names somebody else who has this open."""
    line = page.get_by_role("status").filter(has_text=f"{name} is also editing, since")
    expect(line).to_be_visible()


def be_noted(page: Page, scripts: bool) -> None:
    """Be noted: by asking who else is there, or else by the first button of the form."""
    if scripts:
        with page.expect_response("**/presence/"):
            page.reload()
    else:
        press(page, "Add this section")


def stand_in(database: Path, email: str, project: str) -> None:
    """Appoint a deputy, as an admin would."""
    tell(
        database,
        "INSERT INTO projects_projectpost (person_id, project_id, post, starts_on)"
        " SELECT u.id, p.id, 'deputy', '2026-01-01' FROM people_user u, projects_project p"
        " WHERE u.email = ? AND p.slug = ?",
        email,
        project,
    )


def test_no_update_beside_newer_words(open_page: OpenPage, made: Made, check_page: Check) -> None:
    where = f"/updates/{made.known['collecting']}/projects/frontline-services/"
    page = open_page(f"{where}no-update/", email=CONTRIBUTOR)
    other = open_page(where, email=CONTRIBUTOR)
    lines_of(other).fill("Came first")
    press(other, "Save draft")
    expect_said(other, f"{FRONTLINE}: saved.")
    page.get_by_label("Why is there no update?").fill("Nobody is in")
    assert answer_to_pressing(page, "Submit: no update this week").status == 409
    expect(region(page, "What is saved now")).to_contain_text("Came first")
    check_page(page)
    press(page, "Submit: no update this week", times=2)
    expect_said(page, f"{FRONTLINE}: no update this week.")
