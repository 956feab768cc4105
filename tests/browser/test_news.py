"""A lead tells what is coming up and thanks people; the directorate reads it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Check, OpenPage
from tests.browser.hands import (
    DIRECTOR,
    LEAD,
    READER,
    answer_to_pressing,
    expect_said,
    press,
    problem,
    sections,
    write,
)
from tests.browser.serving import Made

pytestmark = pytest.mark.browser

THANKS = "Lee Grant and Dev Patel: the phones\n  and the door\nEveryone in the service desk: calm"


def test_dates_and_thanks_are_written_published_and_read(
    open_page: OpenPage, made: Made, check_axe: Check
) -> None:
    slug = made.known["collecting"]
    page = open_page("/updates/", email=LEAD)
    page.get_by_role("link", name="Start Workplace experience").click()
    for count, kind in enumerate(("dates", "thanks"), start=3):
        page.get_by_label("What it holds").select_option(kind)
        press(page, "Add this section")
        expect(sections(page)).to_have_count(count)
    dates, thanks = (sections(page).nth(place) for place in (2, 3))
    first = dates.get_by_role("group", name="Date 1: For your diary")
    write(first, "What happens", "Move to the second floor")
    write(first, "Or when, in words", "the first week of June")
    press(dates, "Add a date")
    second = dates.get_by_role("group", name="Date 2: For your diary")
    write(second, "What happens", "Open day")
    write(second, "Day", "2027-05-18")
    write(second, "Last day, if more than one", "2027-05-17")
    write(second, "Where", "Town Hall")
    write(second, "For whom", "everyone")
    write(thanks, "One line for each", THANKS)
    check_axe(page)
    assert answer_to_pressing(page, "Submit update").status == 422
    expect(problem(page).get_by_role("link")).to_have_text(
        "Date 2: “Last day” comes before “Day”. Change one of them"
    )
    write(second, "Last day, if more than one", "2027-05-19")
    press(page, "Submit update")
    expect_said(page, "Workplace experience: submitted.")

    desk = open_page(f"/desk/{slug}/", email=DIRECTOR)
    press(desk, "Start composing")
    desk.goto(f"/desk/{slug}/preview/")
    press(desk, "Publish")

    reader = open_page(f"/digests/{slug}/", email=READER)
    article = reader.get_by_role("article", name="Workplace experience")
    expect(article.get_by_role("heading", level=3)).to_have_text(["For your diary", "Thank you"])
    expect(article.get_by_role("term")).to_have_text(
        ["Tuesday 18 May to Wednesday 19 May 2027", "the first week of June"]
    )
    expect(article.get_by_role("definition")).to_have_text(
        ["Open day Town Hall, for everyone", "Move to the second floor"]
    )
    expect(article.locator(".thanks li")).to_have_text(
        ["Lee Grant and Dev Patel: the phonesand the door", "Everyone in the service desk: calm"]
    )
    check_axe(reader)
    reader.set_viewport_size(PHONE)
    check_axe(reader)
