"""An admin brings staff in from a file with some bad rows, mends those, and reads what was done."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import ADMIN, ask, choose_file, done, press, problem

pytestmark = pytest.mark.browser

RAE = 'p0@council.example,"Rae, Michael",Officer,'
STAFF = [RAE, *(f'p{n}@council.example,"Evans{n}, Nia",Officer,' for n in range(1, 150))]
BAD = ["bad,Somebody,,", ",Nobody,,", "a@b.example,,,", "b@b.example,Bea,,Nowhere", STAFF[0]]


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    return table(path, [*STAFF[:5], *BAD, *STAFF[5:]])


def table(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["email,name,job_title,team", *rows]))
    return path


def test_150_good_rows_come_in_and_5_bad_ones_are_mended(
    open_page: OpenPage, staff: Path, tmp_path: Path
) -> None:
    page = open_page("/admin/people/user/", email=ADMIN, scripts=False)
    page.get_by_role("link", name="Import from a file").click()
    choose_file(page, staff)

    expect(page.locator(".lead")).to_have_text(
        "150 to be added, 0 to be changed, 0 here already as the file says, 5 refused."
    )
    expect(page.locator(".refused li")).to_have_count(5)
    expect(page.locator(".refused li").first).to_have_text(
        "Row 7: “bad” is no email address. Write it like name@example.com."
    )
    expect(page.get_by_role("checkbox", name="Mail each new person a link")).to_be_checked()
    rows = page.get_by_label("The refused rows").input_value()
    page.get_by_role("checkbox", name="Mail each new person a link").uncheck()
    page.get_by_role("button", name="Import 150 people").click()
    expect(page.locator(".messagelist")).to_have_text("150 people added.")

    mended = tmp_path / "mended.csv"
    mended.write_text(rows.replace('"bad"', '"bea.mended@council.example"'))
    page.get_by_role("link", name="Import from a file").click()
    choose_file(page, mended)
    page.get_by_role("button", name="Import 1 person").click()
    expect(page.locator(".messagelist")).to_contain_text("1 person added.")

    page.goto("/events/")
    expect(page.locator(".rows li").nth(1)).to_contain_text("added Somebody")


def test_import_confirmed_twice_is_done_once(
    open_page: OpenPage, staff: Path, tmp_path: Path
) -> None:
    database = tmp_path / "site.sqlite3"
    people = "SELECT count(*) FROM people_user"
    before = ask(database, people)[0]
    page = open_page("/admin/people/user/import/", email=ADMIN)
    other = page.context.new_page()
    other.goto("/admin/people/user/import/")
    for tab in (page, other):
        choose_file(tab, staff)
        tab.get_by_role("checkbox", name="Mail each new person a link").uncheck()
    press(page, "Import 150 people", times=2)
    expect(page.locator(".messagelist")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    press(other, "Import 150 people")
    expect(other.locator(".messagelist")).to_contain_text("Everything in the file is here already.")
    assert ask(database, people)[0] == before + 150
    assert done(database, "added") == 150
    other.goto("/admin/people/user/?q=p0@council.example")
    expect(other.locator("#result_list .field-name")).to_have_text("Michael Rae")


def test_pages_of_the_import_and_the_events_are_accessible(
    open_page: OpenPage, check_page: Check, tmp_path: Path
) -> None:
    page = open_page("/admin/people/user/", email=ADMIN)
    page.get_by_role("link", name="Import from a file").click()
    expect(page.get_by_label("CSV file")).to_be_visible()
    check_page(page)
    press(page, "Show what it would do")
    expect(page.locator(".errorlist")).to_have_text("Choose a file.")
    check_page(page, is_seen_before=True)
    choose_file(page, table(tmp_path / "few.csv", [*STAFF[:5], *BAD]))
    expect(page.locator(".refused li")).to_have_count(5)
    check_page(page)
    page.goto("/events/?words=lead&from_day=x")
    expect(problem(page)).to_be_visible()
    check_page(page)
    page.goto("/events/")
    check_page(page, is_seen_before=True)
