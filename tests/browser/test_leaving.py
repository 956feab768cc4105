"""A leaver: an open tab, an old cookie and an unused link are worth nothing from that moment on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    ADMIN,
    CONTRIBUTOR,
    DIRECTOR,
    LEAD,
    answer_to_pressing,
    ask,
    enter,
    file_update,
    in_admin,
    link_in,
    owed,
    press,
    problem,
    write,
)
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

FRONTLINE, ONEDRIVE = "Frontline Services", "OneDrive user adoption"
REGULATORY = "PR910B Regulatory Services"
DEAD, PASSWORD = "This link no longer works", "a long walk by the river"
HALF = "Half of what I wanted to say"
READING = ("/", "/digests/", "/digests/2026-05-18/", "/projects/", "/projects/frontline-services/")
THEIRS = ("/updates/", "/people/jo-bennett/", "/account/preferences/", "/account/password/")
HOUSE = ("/desk/", "/events/", "/roles/", "/admin/")


def ask_for_link(page: Page, log: Path) -> str:
    """Say that the password is forgotten; the path in the mail."""
    page.goto("/account/password/reset/")
    write(page, "Work email", CONTRIBUTOR)
    press(page, "Send me a link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
    return link_in(log)


def expect_strange(page: Page) -> None:
    """To this browser every page is the sign-in; one is looked at, the others are asked for."""
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    for path in READING + THEIRS + HOUSE:
        answer = page.request.get(path)
        assert "/account/sign-in/" in answer.url
        assert "Jo Bennett" not in answer.text()


def expect_dead(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(DEAD)


def expect_refused(page: Page, email: str, password: str) -> str:
    """Sign-in is refused; the page's words, without what was typed."""
    page.goto("/account/sign-in/")
    enter(page, email, password)
    expect(problem(page)).to_contain_text("Your email address or password is wrong. Try again.")
    page.wait_for_load_state()
    return page.locator("body").inner_text()


def let_leave(admin: Page, look: Check) -> None:
    """Go through the Leaving page: first with nothing decided, then with everything."""
    in_admin(admin, "People", CONTRIBUTOR)
    admin.get_by_role("link", name="Leaving", exact=True).click()
    left = admin.locator(".left-open .form-row > p")
    expect(left).to_have_count(5)
    told = [re.sub(", .*", "", " ".join(words.split())) for words in left.all_inner_texts()]
    assert sorted(told) == [
        f"Owner: {FRONTLINE}",
        f"Owner: {ONEDRIVE}",
        f"Owner: {REGULATORY}",
        f"Update (drafting): {ONEDRIVE}",
        f"Update (submitted): {FRONTLINE}",
    ]
    look(admin, is_seen_before=True)
    press(admin, "Confirm that they leave")
    expect(admin.locator(".left-open .errorlist")).to_have_text(
        ["Choose who takes it on, or tick that it stays vacant."] * 3
    )
    look(admin, is_seen_before=True)
    for name in (FRONTLINE, ONEDRIVE):
        taker = admin.get_by_label(f"Who takes on: Owner of {name}")
        taker.select_option(label=f"Dev Patel ({LEAD})")
    admin.get_by_label(f"It stays vacant: Owner of {REGULATORY}").check()
    press(admin, "Confirm that they leave")
    expect(admin.locator(".messagelist")).to_contain_text("Jo Bennett: left on")


def let_return(admin: Page) -> None:
    admin.get_by_role("link", name="Coming back").click()
    press(admin, "They are here again")
    expect(admin.locator(".messagelist")).to_contain_text("Jo Bennett is here again.")
    expect(admin.locator(".messagelist")).to_contain_text(f"on its way to {CONTRIBUTOR}")


def expect_words_handed_back(tab: Page, look: Check) -> None:
    """The open tab saves nothing, and gives its words back; it shows nobody else's."""
    tab.get_by_label("What it holds").select_option("counts")
    press(tab, "Add this section")
    expect(tab.locator("[data-refused]")).to_contain_text("Copy your words, then sign in again")
    expect(tab.get_by_label("One line for each", exact=True).first).to_have_value(HALF)
    assert answer_to_pressing(tab, "Save draft").status == 403
    expect(tab.get_by_role("heading", level=1)).to_have_text("You had been signed out")
    expect(tab.locator("textarea", has_text=HALF)).to_have_count(1)
    expect(tab.get_by_role("banner")).not_to_contain_text("Jo Bennett")
    look(tab, is_seen_before=True)


def publish(director: Page, desk: str) -> None:
    """Compose and publish what was handed in; the leaver's name stands over it."""
    director.goto(desk)
    press(director, "Start composing")
    director.goto(f"{desk}preview/")
    press(director, "Publish")
    expect(director.locator(".flash")).to_contain_text("Published.")


def test_leaver_and_their_return(
    open_page: OpenPage,
    made: Made,
    complaints: list[str],
    tmp_path: Path,
    check_page: Check,
) -> None:
    database, log, digest = (
        tmp_path / "site.sqlite3",
        tmp_path / "site.log",
        made.known["collecting"],
    )
    tab = open_page(email=CONTRIBUTOR)
    file_update(tab, FRONTLINE, "Said before leaving")
    tab.goto(f"/updates/{digest}/projects/onedrive-user-adoption/")
    outcomes = tab.get_by_label("One line for each", exact=True).first
    outcomes.fill("Saved before")
    press(tab, "Save draft")
    outcomes.fill(HALF)
    cookie = open_page(email=CONTRIBUTOR)
    expect(cookie.get_by_role("banner")).to_contain_text("Jo Bennett")
    stranger = open_page("/account/sign-in/")
    link = ask_for_link(stranger, log)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Set your password")

    admin = open_page(email=ADMIN)
    let_leave(admin, check_page)

    expect_words_handed_back(tab, check_page)
    assert all(words.startswith("Response Status Error Code 403") for words in complaints)
    complaints.clear()  # that htmx was refused is what should be
    kept = ask(database, "SELECT content FROM weeknotes_revision ORDER BY id DESC LIMIT 1")
    assert HALF not in kept[0]
    expect_strange(cookie)
    write(stranger, "New password", PASSWORD)
    press(stranger, "Set password")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(DEAD)
    expect_dead(stranger, link)
    wrong = expect_refused(stranger, LEAD, "not the password")
    assert expect_refused(stranger, CONTRIBUTOR, "weeknotes") == wrong
    taker = open_page(email=LEAD)
    assert {FRONTLINE, ONEDRIVE} < set(owed(taker))
    publish(open_page(email=DIRECTOR), f"/desk/{digest}/")
    taker.goto(f"/digests/{digest}/")
    expect(taker.locator("#project-frontline-services")).to_contain_text("Jo Bennett")

    let_return(admin)
    expect_strange(cookie)
    expect_dead(stranger, link)
    expect_refused(stranger, CONTRIBUTOR, "weeknotes")
    stranger.goto(link_in(log, mails=2))
    write(stranger, "New password", PASSWORD)
    press(stranger, "Set password")
    stranger.get_by_role("link", name="Sign in").click()
    enter(stranger, CONTRIBUTOR, PASSWORD)
    assert owed(stranger) == []
    expect_strange(cookie)
