"""The door: signing in and out, and a password that was forgotten."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.hands import ADMIN, READER, enter, link_in, press, problem
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

PASSWORD = "a long walk by the river"
SHOWN_TO_ADMINS = [
    "/digests/",
    "/digests/2026-05-18/",
    "/projects/",
    "/projects/frontline-services/",
    "/teams/low-code-and-web/",
    "/people/jo-bennett/",
    "/roles/",
    "/events/",
    "/admin/",
    "/admin/people/user/",
    "/admin/people/user/import/",
    "/account/password/",
    "/account/preferences/",
]


def test_back_after_signing_out_shows_no_page_of_any_kind(open_page: OpenPage) -> None:
    page = open_page("/", email=ADMIN, scripts=False)
    for path in SHOWN_TO_ADMINS:
        page.goto(path)
        expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(page, "Sign out", times=2)
    assert answer.value.header_value("Clear-Site-Data") == '"cache"'
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    for _ in SHOWN_TO_ADMINS:
        page.go_back()
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        for name in ("Bennett", "Priya Nair", "An exciting start"):
            expect(page.get_by_text(name)).to_have_count(0)


def test_back_after_signing_out_shows_no_digest_that_was_kept_whole(
    site: str, made: Made, keeping_chromium: Browser
) -> None:
    context = keeping_chromium.new_context(base_url=site)
    sign_in(context, made.known["sessions"][READER], site)
    page = context.new_page()
    page.goto("/digests/2026-05-18/")
    page.goto("/accessibility/")
    page.go_back(wait_until="commit")
    # The control: this browser did keep the page, which asked for itself again.
    page.wait_for_function("performance.getEntriesByType('navigation')[0].type === 'reload'")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.go_back(wait_until="commit")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("An exciting start")).to_have_count(0)
    context.close()


def test_signing_in_wrongly_and_then_rightly(open_page: OpenPage) -> None:
    page = open_page("/digests/2026-05-18/#note")
    press(page, "Sign in", times=2)
    alert = problem(page)
    expect(alert.get_by_role("link")).to_have_text(["Enter your work email", "Enter your password"])
    page.get_by_role("link", name="Enter your password").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    box = page.get_by_label("Password", exact=True)
    box.fill("not it")
    press(page, "Show password")
    expect(box).to_have_attribute("type", "text")
    press(page, "Hide password")
    expect(box).to_have_attribute("type", "password")
    enter(page, READER, "not it")
    expect(alert).to_contain_text("Your email address or password is wrong. Try again.")
    expect(page.get_by_label("Work email")).to_have_value(READER)
    page.reload()
    enter(page, READER, "weeknotes")
    expect(page.get_by_role("heading", name="An exciting start to this week")).to_be_visible()


def test_forgotten_password_is_set_anew(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/account/sign-in/", scripts=False)
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("Work email").fill(READER)
    press(page, "Send me a link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")

    page.goto(link_in(tmp_path / "site.log"))
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    press(page, "Set password")
    page.get_by_role("link", name="Sign in").click()
    enter(page, READER, PASSWORD)
    expect(page.get_by_role("banner")).to_contain_text("Sign out")

    page.get_by_role("banner").get_by_role("link", name="Priya Nair").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preferences")
    page.get_by_label("My updates").check()
    press(page, "Save")
    page.get_by_role("link", name="Change your password").click()
    page.get_by_label("Your password now").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("rain on the roof")
    press(page, "Change password")
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
