"""What people do on the pages, in their words."""

import re
import sqlite3
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

DOMAIN = "@ddat.example"
CONTRIBUTOR, LEAD, READER = f"contributor{DOMAIN}", f"lead{DOMAIN}", f"reader{DOMAIN}"
DIRECTOR, ADMIN = f"director{DOMAIN}", f"admin{DOMAIN}"


def press(place: Page | Locator, name: str, *, times: int = 1) -> None:
    """Press the button of that name; twice in a row as a double click."""
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


def link_in(log: Path) -> str:
    """The path of the link in the mail that the server printed last."""
    return re.findall(r"http://[^/]+(/account/password/reset/\S+/\S+/)", log.read_text())[-1]


def in_admin(page: Page, what: str, name: str) -> None:
    """Find one of these in the admin by searching, and open its page."""
    page.goto("/")
    page.get_by_role("link", name="Admin", exact=True).click()
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


def expect_said(page: Page, words: str) -> None:
    """The page says so at its top."""
    expect(page.get_by_role("status").locator(".flash")).to_have_text(words)


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


def done(database: Path, verb: str) -> int:
    """How often that was done in the digest which the demonstration collects."""
    question = "SELECT count(*) FROM people_event WHERE verb = ? AND at > '2026-07'"
    return int(ask(database, question, verb)[0])
