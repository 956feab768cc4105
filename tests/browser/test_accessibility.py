"""Every page and every error: axe finds nothing, nothing scrolls sideways, errors lead to fields.

Pages of Django's own admin are left to Django; what is ours there is the door and the bar.
"""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Check, OpenPage, sign_in
from tests.browser.hands import (
    ADMIN,
    CONTRIBUTOR,
    DIRECTOR,
    LEAD,
    READER,
    answer_to_pressing,
    check_error_links,
    expect_said,
    press,
    problem,
    refused,
    sections,
    write,
)
from tests.browser.looking import UNFOLD, check_width
from tests.browser.odd import LONG
from tests.browser.serving import Made, copy_of, served

pytestmark = pytest.mark.browser

FRONTLINE = "projects/frontline-services"
BECAME_MARKUP = re.compile("^Bold$")
KINDS = ("text", "metrics", "counts", "workstreams", "dates", "thanks")


def test_door(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/account/sign-in/")
    check_page(page)
    answer_to_pressing(page, "Sign in")
    check_error_links(page)
    check_page(page)
    for _ in range(20):
        page.goto("/account/sign-in/")
        write(page, "Work email", READER)
        write(page, "Password", "wrong")
        if answer_to_pressing(page, "Sign in").status == 429:
            break
    expect(page.get_by_role("heading", level=1)).to_have_text("Too many tries")
    check_page(page)


def test_passwords_and_preferences(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/account/password/reset/")
    check_page(page)
    refused(page, "Send me a link", 200)
    check_page(page, is_seen_before=True)
    for address in ("sent/", "done/", "MQ/nonsense/"):
        page.goto(f"/account/password/reset/{address}")
        check_page(page)
    page = open_page("/account/preferences/", email=READER)
    check_page(page)
    page.goto("/account/password/")
    check_page(page)
    refused(page, "Change password", 200)
    check_page(page, is_seen_before=True)


def test_statements(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/account/sign-in/")
    for name in ("Accessibility", "Privacy", "Cookies"):
        page.get_by_role("contentinfo").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        check_page(page, is_seen_before=name != "Accessibility")


def test_reader(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/", email=READER)
    check_page(page)
    for path in ("digests/", "digests/2024-12-20/", "updates/", "account/sign-out/", "nowhere/"):
        page.goto(f"/{path}")
        check_page(page)


def test_admin_finds_the_way(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/", email=ADMIN)
    expect(page.get_by_role("link", name="Admin")).to_be_visible()
    check_page(page, is_seen_before=True)
    page.goto("/admin/")
    page.get_by_role("link", name="who has which role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Roles")
    expect(page.get_by_role("heading", level=2)).to_have_text(["Editors", "Admins", "Ended"])
    check_page(page)


def test_digest_and_its_reactions(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/digests/2026-05-18/", email=READER)
    page.get_by_role("button", name="Like").first.click()
    expect(page.get_by_role("button", pressed=True).first).to_be_visible()
    check_page(page)


def test_refusals(open_page: OpenPage, check_page: Check) -> None:
    page = open_page("/desk/", email=READER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.goto("/digests/?words=nothing+like+it")
    check_page(page)
    page.goto("/digests/?year=then")
    check_page(page)
    page.goto("/")
    page.context.clear_cookies(name="csrftoken")
    press(page, "Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your page was open too long")
    check_page(page)


def test_mine_and_no_update(open_page: OpenPage, made: Made, check_page: Check) -> None:
    page = open_page("/", email=CONTRIBUTOR)
    check_page(page, is_seen_before=True)
    page.goto("/updates/")
    check_page(page)
    page.goto(f"/updates/{made.known['collecting']}/{FRONTLINE}/no-update/")
    check_page(page)
    refused(page, "Submit: no update this week")
    check_page(page, is_seen_before=True)
    write(page, "Why is there no update?", "Nobody is in")
    press(page, "Submit: no update this week")
    expect_said(page, "Frontline Services: no update this week.")
    check_page(page, is_seen_before=True)
    page.get_by_role("link", name="Look at Frontline Services").click()
    expect(page.get_by_role("article")).to_contain_text("Nobody is in")
    check_page(page)


def test_update_with_every_kind_of_section(
    open_page: OpenPage, made: Made, check_page: Check
) -> None:
    page = open_page(f"/updates/{made.known['collecting']}/{FRONTLINE}/", email=CONTRIBUTOR)
    write(page.locator("#s0"), "One line for each", "Demo given: done\nRoadshow planned")
    for count, kind in enumerate(KINDS, start=4):
        page.get_by_label("What it holds").select_option(kind)
        press(page, "Add this section")
        expect(sections(page)).to_have_count(count)
    answer_to_pressing(page, "Save draft")
    check_page(page)
    answer_to_pressing(page, "Preview")
    check_page(page)


def test_update_with_every_error(open_page: OpenPage, made: Made, check_page: Check) -> None:
    where = f"/updates/{made.known['collecting']}/projects/onedrive-user-adoption/"
    page = open_page(where, email=CONTRIBUTOR)
    page.evaluate(UNFOLD)
    write(page, "In your words", "on track")
    write(page.locator("#s2"), "To day", "2020-01-01")
    write(page.get_by_role("group", name="Metric 1"), "To", "many")
    write(page.get_by_role("group", name="Metric 5"), "To", "12")
    write(page.get_by_role("group", name="Workstream 1"), "Workstream", "")
    write(page.get_by_role("group", name="Workstream 4"), "Workstream", "New")
    write(page.get_by_role("group", name="Risk or issue 1"), "Owner, if any", "Jo")
    page.get_by_label("What it holds").select_option("counts")
    press(page, "Add this section")
    expect(page.get_by_role("group", name="State 1")).to_be_visible()
    write(page.get_by_role("group", name="State 1"), "How many", "several")
    refused(page, "Submit update")
    assert problem(page).get_by_role("link").count() >= 7
    check_page(page)


def test_empty_update(open_page: OpenPage, made: Made, check_page: Check) -> None:
    page = open_page(f"/updates/{made.known['collecting']}/teams/workplace-experience/", email=LEAD)
    check_page(page)
    refused(page, "Submit update")
    check_page(page, is_seen_before=True)


def test_desk_while_collecting(open_page: OpenPage, made: Made, check_page: Check) -> None:
    slug = made.known["collecting"]
    page = open_page("/desk/", email=DIRECTOR)
    check_page(page)
    for path in ("new/", f"{slug}/", f"{slug}/updates/team-low-code-and-web/", f"{slug}/preview/"):
        page.goto(f"/desk/{path}")
        check_page(page)


def test_details_and_note(open_page: OpenPage, made: Made, check_page: Check) -> None:
    desk = f"/desk/{made.known['collecting']}/"
    page = open_page(f"{desk}details/", email=DIRECTOR)
    check_page(page)
    write(page, "Covers from", "")
    write(page, "Due out on", "2020-01-01")
    refused(page, "Save")
    check_page(page, is_seen_before=True)
    page.goto(f"{desk}note/")
    check_page(page)


@pytest.mark.usefixtures("odd_site")
@pytest.mark.parametrize("who", [READER, CONTRIBUTOR, DIRECTOR])
def test_odd_names_break_nothing(
    open_page: OpenPage, made: Made, check_page: Check, who: str
) -> None:
    read, next_one = made.known["odd"], made.known["odd_collecting"]
    paths = {
        READER: ["/", "/digests/", f"/digests/{read}/"],
        CONTRIBUTOR: [
            "/updates/",
            f"/updates/{next_one}/{FRONTLINE}/",
            f"/updates/{next_one}/projects/regulatory-services/",
            f"/updates/{next_one}/projects/onedrive-user-adoption/",
        ],
        DIRECTOR: [
            "/desk/",
            f"/desk/{next_one}/",
            f"/desk/{next_one}/updates/project-frontline-services/",
            f"/desk/{next_one}/details/",
            f"/desk/{next_one}/note/",
            f"/desk/{next_one}/preview/",
        ],
    }
    page = open_page(email=who)
    for path in paths[who]:
        page.goto(path)
        assert page.get_by_text(BECAME_MARKUP).count() == 0
        check_page(page, is_seen_before=True)
    if who == CONTRIBUTOR:
        page.goto(f"/updates/{next_one}/{FRONTLINE}/")
        press(page, "Take it back")
        check_page(page, is_seen_before=True)
        behind = page.context.new_page()
        behind.goto(page.url)
        for tab, words, status in ((page, "Mine", 200), (behind, "Other", 409)):
            write(tab.locator("#s0"), "Words", f"{words} {LONG}")
            assert answer_to_pressing(tab, "Save draft").status == status
        check_width(behind)
        strand = page.get_by_role("group", name="Workstream 2")
        write(strand, "Workstream", LONG)
        refused(page, "Save draft")
        check_width(page)
    if who == DIRECTOR:
        page.goto(f"/desk/{next_one}/")
        press(page, "Start composing")
        check_page(page, is_seen_before=True)


def test_page_of_a_broken_portal(
    chromium: Browser, made: Made, check_page: Check, tmp_path: Path
) -> None:
    database = copy_of(made, "site", tmp_path)
    with served(made, database, breaks=True) as address:
        connection = sqlite3.connect(database)
        connection.execute("ALTER TABLE django_session RENAME TO gone")
        connection.close()
        page = chromium.new_page(base_url=address)
        sign_in(page.context, made.known["sessions"][READER], address)
        answer = page.goto("/")
        assert answer is not None
        assert answer.status == 500
        check_page(page)
        page.close()


def test_page_for_what_cannot_be_read(open_page: OpenPage, made: Made) -> None:
    page = open_page(f"/desk/{made.known['collecting']}/", email=DIRECTOR, scripts=False)
    press(page, "Start composing")
    down = page.get_by_role("button", name=re.compile("^Down")).first
    down.evaluate("button => { button.value = ''; }")
    with page.expect_navigation() as navigation:
        down.click()
    assert navigation.value.status == 400
    expect(page.get_by_role("heading", level=1)).to_have_text("We could not read that")
    check_width(page)


def test_page_for_what_is_too_large(open_page: OpenPage, made: Made, check_page: Check) -> None:
    page = open_page(f"/updates/{made.known['collecting']}/{FRONTLINE}/", email=CONTRIBUTOR)
    words = page.get_by_label("One line for each", exact=True).first
    words.evaluate("area => { area.value = 'many words '.repeat(300_000); }")
    assert answer_to_pressing(page, "Save draft").status == 413
    expect(page.get_by_role("heading", level=1)).to_have_text("That was too large")
    check_page(page)
