"""Somebody leaves with a tab open, a form half written, and a mailed link not used yet."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import ADMIN, CONTRIBUTOR, enter, link_in, press

pytestmark = pytest.mark.browser

WORDS = "Words that were being written."


def find(admin: Page) -> None:
    """Go to the leaver's page, by clicking."""
    admin.goto("/admin/people/user/")
    admin.get_by_role("link", name=CONTRIBUTOR).click()


def test_leaver_hands_over_and_is_out_at_once(
    open_page: OpenPage, scripts: bool, tmp_path: Path
) -> None:
    tab = open_page("/updates/", email=CONTRIBUTOR, scripts=scripts)
    tab.get_by_role("link", name="Start Frontline Services").click()
    tab.get_by_label("One line for each", exact=True).first.fill(WORDS)
    admin = open_page("/", email=ADMIN, scripts=scripts)
    find(admin)
    admin.get_by_role("button", name="Save and send the link").click()
    expect(admin.locator(".messagelist")).to_contain_text(f"on its way to {CONTRIBUTOR}")
    link = link_in(tmp_path / "site.log")

    admin.get_by_role("link", name="Leaving").click()
    admin.get_by_role("button", name="Confirm that they leave").click()
    expect(admin.locator(".errorlist").first).to_contain_text("Choose who takes it on")
    for choice in admin.get_by_role("combobox", name="Who takes on").all():
        choice.select_option(label="Priya Nair (reader@ddat.example)")
    admin.get_by_role("button", name="Confirm that they leave").click()
    expect(admin.locator(".messagelist")).to_contain_text("Jo Bennett: left on")

    press(tab, "Submit update")
    expect(tab.get_by_role("heading", level=1)).to_have_text("You had been signed out")
    expect(tab.get_by_text(WORDS)).to_be_visible()
    tab.goto("/")
    expect(tab.get_by_role("button", name="Sign in")).to_be_visible()
    enter(tab, CONTRIBUTOR, "weeknotes")
    expect(tab.get_by_text("Your email address or password is wrong.").first).to_be_visible()
    tab.goto(link)
    expect(tab.get_by_role("heading", level=1)).to_have_text("This link no longer works")

    find(admin)
    admin.get_by_role("link", name="Coming back").click()
    admin.get_by_role("button", name="They are here again").click()
    expect(admin.locator(".messagelist")).to_contain_text("Jo Bennett is here again.")
    tab.goto(link)
    expect(tab.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    tab.goto(link_in(tmp_path / "site.log"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Set your password")


def test_editors_and_admins_see_who_has_which_role(open_page: OpenPage) -> None:
    page = open_page("/admin/", email=ADMIN)
    page.get_by_role("link", name="who has which role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roles")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Editors", "Admins", "Ended"])
