"""A starter: an admin adds somebody by clicking; they set their password, and sign in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import ADMIN, enter, link_in, press, problem, save, write

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "nia.hughes@council.example", "a long walk by the river"
DEAD = "This link no longer works"


def add(admin: Page) -> None:
    """Add Nia Hughes; the admin is asked for no password, and sees none."""
    passwords = admin.locator("input[type=password], input[name*=password]")
    admin.get_by_role("link", name="Admin", exact=True).click()
    admin.locator("#content").get_by_role("link", name="People", exact=True).click()
    admin.get_by_role("link", name="Add person").click()
    expect(passwords).to_have_count(0)
    write(admin, "Work email:", EMAIL)
    write(admin, "Forename:", "Nia")
    write(admin, "Surname:", "Hughes")
    admin.get_by_label("Team:").select_option(label="Workplace experience")
    save(admin, f"on its way to {EMAIL}")
    admin.get_by_role("link", name=EMAIL).click()
    expect(admin.locator(".field-password_set")).to_contain_text("They have none yet.")
    expect(passwords).to_have_count(0)


def make_editor(admin: Page) -> None:
    admin.goto("/admin/people/rolegrant/add/")
    admin.get_by_label("Person").select_option(label=f"Nia Hughes ({EMAIL})")
    admin.get_by_label("Role").select_option(label="Editor")
    save(admin, "successfully")


def test_starter_sets_a_password_and_signs_in(
    open_page: OpenPage, scripts: bool, tmp_path: Path, look: Check
) -> None:
    def expect_heading(words: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(words)

    admin = open_page("/", email=ADMIN, scripts=scripts)
    add(admin)
    link = link_in(tmp_path / "site.log")
    mail = (tmp_path / "site.log").read_text()
    assert f"To: {EMAIL}" in mail
    assert "Sam Okafor has added you to DDaT Weeknotes" in mail

    page = open_page(link, scripts=scripts)
    expect_heading("Set your password")
    assert page.url.endswith("/set-password/"), "the token left the address"
    look(page, is_seen_before=True)
    refusals = {
        "": "Enter a new password",
        "short one": "Enter a password of at least 10 characters",
        "nia.hughes@council": "This password is too much like your name or email.",
    }
    for password, refusal in refusals.items():
        write(page, "New password", password)
        press(page, "Set password")
        expect(problem(page)).to_contain_text(refusal)
    look(page, is_seen_before=True)
    write(page, "New password", PASSWORD)
    press(page, "Set password")
    expect_heading("Your password is set")
    look(page, is_seen_before=True)
    page.get_by_role("link", name="Sign in").click()
    enter(page, EMAIL.upper(), PASSWORD)
    expect(page.get_by_role("banner")).to_contain_text("Nia Hughes")
    assert page.url.endswith("/"), "home is the first page they see"
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, is_seen_before=True)

    make_editor(admin)
    page.goto("/desk/")
    expect_heading("The desk")

    for again in (page, open_page(scripts=scripts)):
        again.goto(link)
        expect(again.get_by_role("heading", level=1)).to_have_text(DEAD)
        expect(again.get_by_label("New password")).to_have_count(0)
    look(page, is_seen_before=True)
