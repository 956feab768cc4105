"""The OneDrive section of the full digest, typed into its blank form as its author would."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ddat.settings import BASE_DIR
from tests.browser.conftest import OpenPage
from tests.browser.hands import CONTRIBUTOR, answer_to_pressing, press, sections, unfold, write
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

SEED = (BASE_DIR / "tests/seeds/full_digest.txt").read_text(encoding="utf-8").split("\n")
ALIKE = str.maketrans("‑\N{NO-BREAK SPACE}’‘“”", "- ''\"\"")
# What the portal prints from data, in its own way.
PRINTED = {
    "Overall status: 🟢 on track": "Overall status Green, on track",
    "Deployment: complete": "Deployment Complete",
    "User adoption: in progress": "User adoption In progress",
    "Governance and policy: in progress": "Governance and policy In progress",
}
MEASURES = [
    ("Active file viewing and editing", "2,109", "2,136"),
    ("File syncing activity", "1,356", "1,397"),
    ("Internal file sharing", "726", "760"),
]


def seed(first: int, last: int) -> list[str]:
    """Those lines of the seed, as an editor numbers them."""
    return SEED[first - 1 : last]


def said(number: int) -> str:
    """One line of the seed without its bullet."""
    return SEED[number - 1].removeprefix("- ")


def plain(words: str) -> str:
    """Words with quotes, hyphens and spaces made alike, and without emoji."""
    words = re.sub("[📌✅📊⚠🔜\N{VARIATION SELECTOR-16}]", "", words)
    return " ".join(words.translate(ALIKE).split())


def test_onedrive_from_the_blank_template(open_page: OpenPage, made: Made) -> None:
    where = f"/updates/{made.known['collecting']}/projects/onedrive-user-adoption/"
    page = open_page(where, email=CONTRIBUTOR, scripts=False)
    type_head(page)
    overview, achievements, snapshot, status, risks, plans = sections(page).all()[:6]
    write(overview, "Words", "\n".join(seed(44, 48)))
    write(achievements, "One line for each", achievements_typed())
    type_snapshot(snapshot)
    type_status(status)
    type_risks(page, risks)
    write(plans, "One line for each", "\n".join(seed(79, 83)))
    add_nil_return(page)
    answer_to_pressing(page, "Preview")
    article = page.get_by_role("article")
    expect(article).to_be_visible()
    check_lines(article)
    check_facts(article)


def type_head(page: Page) -> None:
    unfold(page, "Heading and byline")
    write(page, "Byline", said(42))
    page.get_by_role("radio", name="Green").check()
    write(page, "In your words", "on track")


def achievements_typed() -> str:
    """Lines 50 to 60, where those that stand above bullets are headings."""
    headings = (50, 53, 56, 59)
    return "\n".join(
        f"# {line}" if number in headings else line
        for number, line in enumerate(seed(50, 60), start=50)
    )


def type_snapshot(section: Locator) -> None:
    write(section, "From day", "2026-05-03")
    write(section, "To day", "2026-05-10")
    for number, (name, before, after) in enumerate(MEASURES, start=1):
        row = section.get_by_role("group", name=f"Metric {number}")
        write(row, "What is measured", name)
        write(row, "Unit", "users")
        write(row, "From", before)
        write(row, "To", after)
    row = section.get_by_role("group", name="Metric 4")
    write(row, "In words, where there are no figures", said(66))
    unfold(section, "words around it")
    write(section, "Words after", said(67))


def type_status(section: Locator) -> None:
    for number in (1, 2, 3):
        name, state = said(70 + number).split(": ")
        row = section.get_by_role("group", name=f"Workstream {number}")
        write(row, "Workstream", name)
        row.get_by_label("State", exact=True).select_option(label=state.capitalize())


def type_risks(page: Page, section: Locator) -> None:
    write(section.get_by_role("group", name="Risk or issue 1"), "What it is", said(76))
    press(section, "Add a risk or issue")
    section = sections(page).nth(4)
    write(section.get_by_role("group", name="Risk or issue 2"), "What it is", said(77))


def add_nil_return(page: Page) -> None:
    """Line 74 stands by itself under the status: a section of its own, moved up to there."""
    page.get_by_label("What it holds").select_option("risks")
    press(page, "Add this section")
    expect(sections(page)).to_have_count(7)
    added = sections(page).nth(6)
    write(added, "Nothing new to report", said(74))
    key = added.get_attribute("id")
    for place in (5, 4):
        press(page.locator(f"#{key}"), "Up")
        expect(sections(page).nth(place)).to_have_attribute("id", str(key))


def check_lines(article: Locator) -> None:
    """Every line of the seed is on the page, in the seed's order."""
    # The writer's name stands beside the words, and the status row before its workstreams.
    lines = [PRINTED.get(line.removeprefix("- "), line.removeprefix("- ")) for line in seed(43, 83)]
    text = plain(article.locator(".prose").inner_text())
    place = 0
    for line in filter(None, map(plain, lines)):
        found = text.find(line, place)
        assert found >= 0, f"“{line}” is not on the page after “{text[max(0, place - 60) : place]}”"
        place = found + len(line)
    head = plain(article.inner_text())
    assert said(41) in head
    assert head.count("Carol Osborne Project Manager, DDaT Luton") == 1


def check_facts(article: Locator) -> None:
    """Counts of what the page shows: headings, lists, figures, states."""
    expect(article.get_by_role("heading", level=3)).to_have_count(6)
    expect(article.get_by_role("heading", level=4)).to_have_text(
        [SEED[number - 1] for number in (50, 53, 56, 59)]
    )
    lists = [item.locator("li").count() for item in article.locator(".prose ul").all()]
    assert lists == [4, 2, 2, 2, 1, 4, 2, 5]
    rows = [row.inner_text().split("\t") for row in article.locator("table tbody tr").all()]
    figures = [[cell.strip() for cell in row] for row in rows[:3]]
    assert figures == [
        ["Active file viewing and editing", "2,109", "2,136", "+1.3%\nbetter"],
        ["File syncing activity", "1,356", "1,397", "+3.0%\nbetter"],
        ["Internal file sharing", "726", "760", "+4.7%\nbetter"],
    ]
    assert rows[3][-1].strip() == "no figures given"
    expect(article.locator(".side")).to_contain_text("Green, on track")
    expect(article.locator(".strands .rag")).to_have_text(
        ["Green, on track", "Complete", "In progress", "In progress"]
    )
