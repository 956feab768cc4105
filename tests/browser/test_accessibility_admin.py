"""The admin's pages that are ours: axe finds nothing on them, and nothing scrolls sideways."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import ADMIN, CONTRIBUTOR, ask, choose_file, in_admin, press
from tests.browser.odd import LONG, MARKUP

pytestmark = pytest.mark.browser

LEAVER = "/admin/people/user/{}/"


@pytest.fixture
def leaver(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The page of somebody who has posts, whoever they are called."""
    name = "odd" if "odd_site" in request.fixturenames else "site"
    question = "SELECT id FROM people_user WHERE email = ?"
    return LEAVER.format(ask(tmp_path / f"{name}.sqlite3", question, CONTRIBUTOR)[0])


def let_leave(admin: Page, leaver: str) -> None:
    admin.goto(f"{leaver}leaving/")
    for box in admin.get_by_label("It stays vacant").all():
        box.check()
    press(admin, "Confirm that they leave")
    expect(admin.locator(".messagelist")).to_contain_text("left on")


def test_leaving_coming_back_and_history(
    open_page: OpenPage, check_page: Check, leaver: str
) -> None:
    admin = open_page(f"{leaver}leaving/", email=ADMIN)
    admin.get_by_label("Leaves on").fill("2020-01-01")
    press(admin, "Confirm that they leave")
    expect(admin.locator(".errornote")).to_be_visible()
    check_page(admin)
    let_leave(admin, leaver)
    for path in ("leaving/", "return/", "history/"):
        admin.goto(f"{leaver}{path}")
        check_page(admin, is_seen_before=True)
    admin.goto(f"{leaver}delete/")
    expect(admin.get_by_role("link", name="Leaving: what they leave open")).to_be_visible()
    check_page(admin, is_seen_before=True)


def test_merging(open_page: OpenPage, check_page: Check) -> None:
    admin = open_page(email=ADMIN)
    in_admin(admin, "Teams", "Workplace experience")
    admin.get_by_role("link", name="Merge into…").click()
    check_page(admin)
    press(admin, "Continue")
    expect(admin.locator(".errorlist")).to_have_text("Choose which one goes on.")
    check_page(admin, is_seen_before=True)
    admin.get_by_label("Merge into").select_option(label="Low code and web")
    press(admin, "Continue")
    expect(admin.get_by_role("button", name="Merge")).to_be_visible()
    check_page(admin, is_seen_before=True)
    press(admin, "Merge")
    expect(admin.locator(".messagelist")).to_contain_text("is merged into Low code and web.")


@pytest.mark.usefixtures("odd_site")
def test_odd_names_break_nothing(
    open_page: OpenPage, check_page: Check, leaver: str, tmp_path: Path
) -> None:
    admin = open_page("/events/", email=ADMIN)
    for path in ("/events/", "/roles/", f"{leaver}leaving/", f"{leaver}history/"):
        admin.goto(path)
        expect(admin.get_by_text("Bold", exact=True)).to_have_count(0)
        check_page(admin, is_seen_before=True)
    rows = tmp_path / "odd.csv"
    rows.write_text(
        f"email,forename,surname\nodd@council.example,{MARKUP},{LONG[:100]}\n{LONG},,\n"
    )
    admin.goto("/admin/people/user/import/")
    choose_file(admin, rows)
    expect(admin.locator(".refused li")).to_have_count(1)
    check_page(admin, is_seen_before=True)
