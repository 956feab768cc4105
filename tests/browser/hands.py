"""What people do on the pages, in their words."""

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

DOMAIN = "@ddat.example"
CONTRIBUTOR, LEAD, READER = f"contributor{DOMAIN}", f"lead{DOMAIN}", f"reader{DOMAIN}"
DIRECTOR, ADMIN = f"director{DOMAIN}", f"admin{DOMAIN}"


def press(place: Page | Locator, name: str, *, times: int = 1) -> None:
    """Press the button of that name; twice in a row as a double click.

    The page has come whole by then, and its scripts know of the button.
    """
    (place if isinstance(place, Page) else place.page).wait_for_load_state()
    place.get_by_role("button", name=name).click(click_count=times, delay=0)


def answer_to_pressing(page: Page, name: str) -> Response:
    """Press a button and give the page that answers."""
    with page.expect_navigation() as navigation:
        press(page, name)
    return navigation.value


def enter(page: Page, email: str, password: str) -> None:
    """Sign in at the door."""
    write(page, "Work email", email)
    write(page, "Password", password)
    press(page, "Sign in")


def link_in(log: Path, *, mails: int = 1) -> str:
    """The path of the link in the last mail that the server printed, once it printed so many."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        links = re.findall(r"http://[^/]+(/account/password/reset/\S+/\S+/)\s", log.read_text())
        if len(links) >= mails:
            return links[-1]
        time.sleep(0.05)
    raise AssertionError(f"There are not {mails} mails with a link in:\n{log.read_text()}")


def in_admin(page: Page, what: str, name: str) -> None:
    """Find one of these in the admin by searching, and open its page."""
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name=what, exact=True).click()
    page.locator("#searchbar").fill(name)
    press(page, "Search")
    page.locator("#result_list tbody th a").click()


def save(page: Page, words: str) -> None:
    """Save in the admin, which then says so."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(words)


def choose_file(page: Page, path: Path) -> None:
    """Choose a file to bring in, and see what it would do."""
    page.get_by_label("CSV file").set_input_files(path)
    press(page, "Show what it would do")


def region(page: Page, name: str) -> Locator:
    """The part of the page under that heading."""
    return page.get_by_role("region", name=name)


def sections(page: Page) -> Locator:
    """The sections of an update's form, in their order."""
    return page.locator("#update > section:not(#add)")


def write(place: Page | Locator, label: str, words: str) -> None:
    """Type over what stands in the box with that label."""
    place.get_by_label(label, exact=True).fill(words)


def unfold(place: Page | Locator, name: str) -> None:
    """Open what is folded away."""
    place.locator("summary", has_text=name).click()


def problem(page: Page) -> Locator:
    """The summary of what is wrong, at the top of the page."""
    return page.locator("[data-error-summary]").get_by_role("alert")


def check_error_links(page: Page) -> None:
    """Each error says where it is, and leads there."""
    links = problem(page).get_by_role("link").all()
    assert links
    for link in links:
        target = page.locator(link.get_attribute("href") or "nowhere")
        link.click()
        expect(target).to_be_focused()
        expect(target).to_be_in_viewport()
        described = target.evaluate(
            "field => (field.closest('fieldset[aria-describedby]') ?? field)"
            ".getAttribute('aria-describedby') ?? ''"
        )
        if described:
            assert all(page.locator(f"[id='{part}']").count() == 1 for part in described.split())


def refused(page: Page, button: str, status: int = 422) -> None:
    """Press it; the page comes back and says what is wrong."""
    assert answer_to_pressing(page, button).status == status
    assert page.title().startswith("Error: ")
    check_error_links(page)


def expect_said(page: Page, words: str) -> None:
    """The page says so at its top."""
    expect(page.get_by_role("status").locator(".flash")).to_have_text(words)
    page.wait_for_load_state()


def row_of(page: Page, subject: str) -> Locator:
    """The row of a team or project in "Yours this week"."""
    return region(page, "Yours this week").get_by_role("listitem").filter(has_text=subject)


def owed(page: Page) -> list[str]:
    """What "Yours this week" lists."""
    page.goto("/updates/")
    return page.locator(".mine li > div > a").all_inner_texts()


def file_update(page: Page, subject: str, words: str) -> None:
    """Hand in an update of one line, from "My updates"."""
    page.goto("/updates/")
    page.get_by_role("link", name=f"Start {subject}").click()
    page.get_by_label("One line for each", exact=True).first.fill(words)
    press(page, "Submit update")
    expect_said(page, f"{subject}: submitted.")


def ask(database: Path, question: str, *values: Any) -> list[Any]:
    """The rows that answer a question to the server's database, one value each."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute(question, values).fetchall()
    connection.close()
    return [row[0] for row in rows]


def tell(database: Path, statement: str, *values: Any) -> None:
    """Change the server's database, as no page does."""
    with sqlite3.connect(database, timeout=20) as connection:
        connection.execute(statement, values)
    connection.close()


def done(database: Path, verb: str) -> int:
    """How often that was done in the digest which the demonstration collects."""
    question = "SELECT count(*) FROM people_event WHERE verb = ? AND at > '2026-07'"
    return int(ask(database, question, verb)[0])
