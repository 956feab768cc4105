"""An editor withdraws a published digest and restores it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    DIRECTOR,
    READER,
    answer_to_pressing,
    done,
    press,
    problem,
    region,
    write,
)

pytestmark = pytest.mark.browser

DIGEST, DESK = "/digests/2026-05-18/", "/desk/2026-05-18/"
WHY = "It named <b>a resident</b>."


def test_withdraw_and_restore(
    open_page: OpenPage, tmp_path: Path, scripts: bool, look: Check
) -> None:
    reader = open_page(DIGEST, email=READER, scripts=scripts)
    article = reader.locator("main").inner_text()
    title = reader.get_by_role("heading", level=1).inner_text()
    page = open_page(DESK, email=DIRECTOR, scripts=scripts)
    page.get_by_role("link", name="Withdraw").click()
    assert answer_to_pressing(page, "Withdraw this digest").status == 422
    expect(problem(page)).to_contain_text("Enter why this digest is withdrawn")
    write(page, "Why is it withdrawn?", WHY)
    look(page)
    press(page, "Withdraw this digest", times=2)
    expect(region(page, "Withdrawals")).to_contain_text(WHY)
    look(page)
    page.goto("/desk/")
    expect(region(page, "Withdrawn").get_by_role("link")).to_have_text(["11 to 15 May 2026"])

    answer = reader.reload()
    assert answer is not None
    assert answer.status == 410
    expect(reader).to_have_title("This digest was withdrawn - DDaT Weeknotes")
    expect(reader.get_by_role("main")).not_to_contain_text(title)
    look(reader)
    for where in ("/", "/digests/"):
        reader.goto(where)
        expect(reader.locator(f"a[href^='{DIGEST}']")).to_have_count(0)

    page.goto(DESK)
    press(page, "Restore for everyone", times=2)
    reader.goto(DIGEST)
    assert reader.locator("main").inner_text() == article
    database = tmp_path / "site.sqlite3"
    assert (done(database, "withdrew"), done(database, "restored")) == (1, 1)
