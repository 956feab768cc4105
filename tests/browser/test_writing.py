"""People write their updates: from what they owe to what is handed in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    LEAD,
    answer_to_pressing,
    done,
    expect_said,
    file_update,
    press,
    problem,
    region,
    row_of,
    sections,
    unfold,
    write,
)
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE, REGULATORY = "Frontline Services", "PR910B Regulatory Services"
ONEDRIVE = "OneDrive user adoption"


def address(made: Made, subject: str) -> str:
    return f"/updates/{made.known['collecting']}/{subject}/"


def test_three_projects_three_updates(open_page: OpenPage) -> None:
    page = open_page("/updates/", email=CONTRIBUTOR, scripts=False)
    for subject in (FRONTLINE, ONEDRIVE, REGULATORY):
        expect(row_of(page, subject)).to_contain_text("Not started")

    page.get_by_role("link", name=f"Start {FRONTLINE}").click()
    page.get_by_role("radio", name="Amber").check()
    write(page, "In your words", "waiting for a supplier")
    lines = "# Waste\n- Specifications agreed: done\n  - By all three depots\n- Demo planned"
    write(region(page, "Key outcomes in last period"), "One line for each", lines)
    press(page, "Preview")
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=4)).to_have_text("Waste")
    expect(article.locator("li li")).to_have_text("By all three depots")
    expect(article.locator(".side")).to_contain_text("Amber, waiting for a supplier")
    press(page, "Submit update")
    expect_said(page, f"{FRONTLINE}: submitted.")

    file_update(page, ONEDRIVE, "Growth goes on")
    file_update(page, REGULATORY, "Tender awarded")
    for subject in (FRONTLINE, ONEDRIVE, REGULATORY):
        expect(row_of(page, subject)).to_contain_text("Submitted")
        expect(row_of(page, subject).get_by_role("link", name="Look")).to_be_visible()


def test_team_lead_without_project_files_one(open_page: OpenPage) -> None:
    page = open_page("/", email=LEAD)
    expect(region(page, "Yours this week").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Start Workplace experience").click()
    expect(page.get_by_role("group", name="How does it stand?")).to_have_count(0)
    write(region(page, "General updates"), "One line for each", "All desks are bookable: done")
    press(page, "Submit update")
    expect_said(page, "Workplace experience: submitted.")
    page.get_by_role("link", name="Look at Workplace experience").click()
    expect(page.get_by_role("article")).to_contain_text("All desks are bookable: done")


def test_no_update_takes_two_actions(open_page: OpenPage) -> None:
    page = open_page("/updates/", email=CONTRIBUTOR, scripts=False)
    row_of(page, REGULATORY).get_by_role("link", name="No update this week").click()
    write(page, "Why is there no update?", "Meetings start again after the holidays")
    write(page, "When will there be one?", "January")
    press(page, "Submit: no update this week")
    expect_said(page, f"{REGULATORY}: no update this week.")
    page.get_by_role("link", name=f"Look at {REGULATORY}").click()
    article = page.get_by_role("article")
    expect(article).to_contain_text("Meetings start again after the holidays")
    expect(article).to_contain_text("Expected back: January")


def test_sections_are_added_moved_renamed_and_removed(
    open_page: OpenPage, made: Made, scripts: bool
) -> None:
    page = open_page(
        address(made, "projects/frontline-services"), email=CONTRIBUTOR, scripts=scripts
    )
    write(region(page, "Key outcomes in last period"), "One line for each", "Kept while I move")
    page.get_by_label("What it holds").select_option("counts")
    press(page, "Add this section")
    expect(sections(page)).to_have_count(4)
    counts = sections(page).nth(3)
    write(counts, "Section heading", "Requests")
    write(counts.get_by_role("group", name="State 1"), "State", "not started")
    write(counts.get_by_role("group", name="State 1"), "How many", "1,014")
    counts_id = counts.get_attribute("id")
    for place in (2, 1):
        press(page.locator(f"#{counts_id}"), "Up")
        expect(sections(page).nth(place)).to_have_attribute("id", str(counts_id))
    press(region(page, "Risks and issues"), "Remove")
    expect(sections(page)).to_have_count(3)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    press(page, "Preview")
    article = page.get_by_role("article")
    expect(article.get_by_role("heading", level=3)).to_have_text(
        ["Key outcomes in last period", "Requests"]
    )
    expect(article).to_contain_text("Kept while I move")
    expect(article.locator("dl")).to_contain_text("1,014")


def test_states_are_set_and_cleared(open_page: OpenPage, made: Made) -> None:
    where = address(made, "projects/frontline-services")
    page = open_page(where, email=CONTRIBUTOR, scripts=False)
    outcomes = region(page, "Key outcomes in last period")
    write(outcomes, "One line for each", "Data cleansing: ongoing\nRoadshow planned\nDemo given.")
    press(page, "Save draft")
    expect_said(page, f"{FRONTLINE}: saved.")
    unfold(outcomes, "States of these lines")
    outcomes.get_by_label("Data cleansing: ongoing").select_option("done")
    outcomes.get_by_label("Roadshow planned").select_option("")
    outcomes.get_by_label("Demo given.").select_option("paused")
    press(page, "Preview")
    lines = page.get_by_role("article").get_by_role("listitem")
    expect(lines).to_have_text(["Data cleansing: done", "Roadshow planned", "Demo given: paused."])
    expect(lines.locator("em, i, .st")).to_have_text(["done", "paused"])


def test_two_tabs_the_second_keeps_its_words(open_page: OpenPage, made: Made) -> None:
    where = address(made, "projects/frontline-services")
    first = open_page(where, email=CONTRIBUTOR)
    second = first.context.new_page()
    second.goto(where)
    for page, words in ((first, "Mine came first"), (second, "Mine came second")):
        page.get_by_label("One line for each", exact=True).first.fill(words)
    press(first, "Save draft")
    expect_said(first, f"{FRONTLINE}: saved.")

    assert answer_to_pressing(second, "Submit update").status == 409
    expect(problem(second)).to_contain_text("Not saved: there are newer words")
    part = region(second, "Key outcomes in last period")
    expect(part).to_contain_text("Mine came first")
    expect(part).to_contain_text("Mine came second")
    part.get_by_label("Keep both").check()
    press(second, "Submit these words", times=2)
    expect(row_of(second, FRONTLINE)).to_contain_text("Submitted")
    second.goto(where)
    expect(second.get_by_role("article")).to_contain_text("Mine came first")
    expect(second.get_by_role("article")).to_contain_text("Mine came second")


def test_double_click_back_and_refresh_hand_in_once(
    open_page: OpenPage, made: Made, tmp_path: Path, scripts: bool
) -> None:
    database = tmp_path / "site.sqlite3"
    before = done(database, "submitted")
    where = address(made, "projects/frontline-services")
    page = open_page(where, email=CONTRIBUTOR, scripts=scripts)
    page.get_by_label("One line for each", exact=True).first.fill("Said once")
    press(page, "Save draft", times=2)
    expect_saved(page)
    page.reload()
    expect_saved(page)
    press(page, "Submit update", times=2)
    expect(row_of(page, FRONTLINE)).to_contain_text("Submitted")
    assert done(database, "submitted") == before + 1
    page.reload()
    expect(row_of(page, FRONTLINE)).to_contain_text("Submitted")
    page.go_back()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    press(page, "Take it back", times=2)
    lines = page.get_by_label("One line for each", exact=True).first
    expect(lines).to_have_value("- Said once")
    assert done(database, "submitted") == before + 1
    lines.fill("Said better")
    press(page, "Submit update")
    expect(row_of(page, FRONTLINE)).to_contain_text("Submitted")
    assert done(database, "submitted") == before + 2


def expect_saved(page: Page) -> None:
    expect(page.get_by_label("One line for each", exact=True).first).to_have_value("- Said once")
    expect(page.locator(".savebar")).to_contain_text("Saved")


def test_double_click_says_no_update_once(open_page: OpenPage, made: Made, tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    before = done(database, "submitted")
    where = address(made, "projects/regulatory-services")
    page = open_page(where, email=CONTRIBUTOR, scripts=False)
    press(page, "No update this week")
    write(page, "Why is there no update?", "Nobody is in")
    press(page, "Submit: no update this week", times=2)
    expect(row_of(page, REGULATORY)).to_contain_text("No update")
    page.go_back()
    page.reload()
    assert done(database, "submitted") <= before + 1


def test_what_is_typed_is_kept_when_it_cannot_be_read(open_page: OpenPage, made: Made) -> None:
    page = open_page(address(made, "projects/onedrive-user-adoption"), email=CONTRIBUTOR)
    write(region(page, "Key achievements this week"), "One line for each", "Words worth keeping")
    metric = page.get_by_role("group", name="Metric 1")
    write(metric, "To", "many")
    assert answer_to_pressing(page, "Submit update").status == 422
    assert page.title().startswith("Error: ")
    expect(problem(page).get_by_role("link")).to_have_text(
        "Metric 1: Enter “To” as a number, like 1,412"
    )
    expect(metric.get_by_label("To", exact=True)).to_have_value("many")
    page.get_by_role("link", name="Metric 1: Enter “To”").click()
    expect(metric.get_by_label("To", exact=True)).to_be_focused()
    metric.get_by_label("To", exact=True).fill("2,171")
    press(page, "Submit update")
    expect_said(page, f"{ONEDRIVE}: submitted.")


def test_leaving_with_unsaved_words_asks_first(open_page: OpenPage, made: Made) -> None:
    page = open_page(address(made, "projects/frontline-services"), email=CONTRIBUTOR)
    page.get_by_label("One line for each", exact=True).first.fill("Not saved")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Home").click()
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]
