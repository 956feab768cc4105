"""A mover: a person changes team, a project changes hands, names change; the past does not."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ddat import clock
from tests.browser.conftest import OpenPage
from tests.browser.hands import (
    ADMIN,
    CONTRIBUTOR,
    LEAD,
    READER,
    ask,
    in_admin,
    owed,
    press,
    save,
    write,
)

pytestmark = pytest.mark.browser

FRONTLINE, PURVIEW = "Frontline Services", "Data Governance Purview Pilot"
ADOPTION, REGULATORY = "OneDrive user adoption", "PR910B Regulatory Services"
PAST = ("/digests/2024-12-20/", "/digests/2026-05-18/")
ARTICLES = "SELECT body FROM weeknotes_publication ORDER BY id"


def printed(page: Page) -> list[str]:
    """The past digests as the server sends them, but for the tokens of their forms."""
    pages = [page.request.get(path).text() for path in PAST]
    return [re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", text) for text in pages]


def hand_over(admin: Page, project: str, on: date) -> None:
    """From Jo Bennett to Dev Patel, from that day on."""
    in_admin(admin, "Projects", project)
    row = admin.locator("#posts-group tr.form-row:not(.has_original):not(.empty-form)")
    row.locator("select[name$=post]").select_option(label="Owner")
    row.locator("select[name$=person]").select_option(label=f"Dev Patel ({LEAD})")
    row.locator("input[name$=starts_on]").fill(on.isoformat())
    save(admin, "changed successfully")


def test_a_team_a_project_and_names_change(open_page: OpenPage, tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    reader = open_page(email=READER, scripts=False)
    before, articles = printed(reader), ask(database, ARTICLES)
    old, new = (open_page(email=email, scripts=False) for email in (CONTRIBUTOR, LEAD))
    assert FRONTLINE in owed(old)
    assert FRONTLINE not in owed(new)

    admin = open_page(email=ADMIN, scripts=False)
    in_admin(admin, "People", CONTRIBUTOR)
    admin.get_by_label("Team:").select_option(label="Low code and web")
    save(admin, "changed successfully")
    hand_over(admin, FRONTLINE, on=clock.today())
    hand_over(admin, "Regulatory Services", on=date(2100, 1, 1))
    assert owed(old) == [ADOPTION, REGULATORY], "the day of the second has not come"
    assert sorted(owed(new)) == [FRONTLINE, "Workplace experience"]

    for what, name, other in (
        ("Teams", "Workplace experience", "Buildings and desks"),
        ("Projects", PURVIEW, "Data catalogue"),
    ):
        in_admin(admin, what, name)
        write(admin, "Name:", other)
        save(admin, "changed successfully")
    assert "Buildings and desks" in owed(new)

    reader.goto("/people/jo-bennett/")
    expect(reader.get_by_role("main")).to_contain_text("Low code and web")
    reader.goto("/projects/")
    write(reader, "Name or code", "purview")
    press(reader, "Show")
    expect(reader.locator(".standings h3")).to_have_text(["Data catalogue"])
    reader.goto("/teams/workplace-experience/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Buildings and desks")
    assert ask(database, ARTICLES) == articles
    assert printed(reader) == before
