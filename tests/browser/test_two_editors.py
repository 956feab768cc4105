"""Two editors at the desk at once: each in a browser of their own, on the same digest."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Check, OpenPage
from tests.browser.hands import (
    CONTRIBUTOR,
    DIRECTOR,
    answer_to_pressing,
    done,
    expect_said,
    file_update,
    press,
    region,
    write,
)
from tests.browser.serving import Made
from tests.browser.test_composing import (
    FRONTLINE,
    PURVIEW,
    WEB,
    WORKPLACE,
    compose,
    expect_order,
    move,
    mover,
    place,
)

pytestmark = pytest.mark.browser

NOTE = "Director’s weeknote"
AS_USUAL = (NOTE, WEB, PURVIEW, FRONTLINE, WORKPLACE)


@pytest.fixture
def desks(open_page: OpenPage, made: Made, second_editor: str, scripts: bool) -> tuple[Page, Page]:
    """The desk of a digest of four updates, open with the director and the second editor."""
    file_update(open_page(email=CONTRIBUTOR, scripts=scripts), FRONTLINE, "Bins go digital")
    second = open_page(email=second_editor, scripts=scripts)
    file_update(second, WORKPLACE, "Desks are bookable")
    first = open_page("/desk/", email=DIRECTOR, scripts=scripts)
    second.goto(compose(first, made))
    expect_order(second, *AS_USUAL)
    return first, second


def told(page: Page) -> Locator:
    """Why something was not done."""
    return page.locator("#desk-told section")


def test_two_editors_ordering_at_once(
    desks: tuple[Page, Page], tmp_path: Path, scripts: bool, look: Check
) -> None:
    first, second = desks
    move(first, "Up", WORKPLACE)
    expect_order(first, NOTE, WEB, PURVIEW, WORKPLACE, FRONTLINE)

    # Elsewhere in the order: both are done.
    move(second, "Down", WEB)
    expect_order(second, NOTE, PURVIEW, WEB, WORKPLACE, FRONTLINE)

    # The same one: who comes second is told who moved what, and sees the order as it is.
    move(first, "Up", PURVIEW)  # already past it: one move
    expect_order(first, NOTE, PURVIEW, WEB, WORKPLACE, FRONTLINE)
    move(second, "Down", WORKPLACE)
    expect_order(second, NOTE, PURVIEW, WEB, FRONTLINE, WORKPLACE)
    move(first, "Up", WORKPLACE)
    expect(told(first)).to_contain_text("Not moved: the order changed")
    expect(told(first)).to_contain_text(re.compile(rf"^.*\w+ \w+ moved {WORKPLACE}", re.DOTALL))
    expect_order(first, NOTE, PURVIEW, WEB, FRONTLINE, WORKPLACE)
    if scripts:
        expect(told(first)).to_be_focused()
    look(first)
    move(first, "Up", WORKPLACE)
    expect_order(first, NOTE, PURVIEW, WEB, WORKPLACE, FRONTLINE)
    expect(told(first)).to_have_count(0)

    # Opposite decisions.
    place(second, WEB, "Leave out")
    expect_order(second, WEB, part="Left out")
    place(first, WEB, "Leave out")
    expect_order(first, WEB, part="Left out")
    place(first, WEB, "Include")
    expect_order(first, NOTE, PURVIEW, WORKPLACE, FRONTLINE, WEB)
    place(second, WEB, "Leave out")
    expect_order(second, NOTE, PURVIEW, WORKPLACE, FRONTLINE, WEB)
    expect(told(second)).to_contain_text(f"Morgan Ellis included {WEB}")
    told(second).get_by_role("button", name="Leave it out all the same").click()
    expect_order(second, NOTE, PURVIEW, WORKPLACE, FRONTLINE)

    database = tmp_path / "site.sqlite3"
    assert (done(database, "moved up"), done(database, "moved down")) == (2, 2)
    assert (done(database, "left out"), done(database, "included")) == (2, 1)


def test_two_editors_start_write_the_note_and_publish(
    open_page: OpenPage, made: Made, second_editor: str, tmp_path: Path
) -> None:
    desk = f"/desk/{made.known['collecting']}/"
    second = open_page(desk, email=second_editor)
    first = open_page(desk, email=DIRECTOR)
    compose(first, made)
    press(second, "Start composing")
    expect(second.locator(".flash")).to_contain_text("Morgan Ellis started composing at")

    for page, words in ((first, "A good week."), (second, "A long week.")):
        page.goto(f"{desk}note/")
        write(page, "Words", words)
    press(first, "Save")
    expect_said(first, f"{NOTE}: saved.")
    assert answer_to_pressing(second, "Save").status == 409
    texts = second.get_by_role("main")
    for words in ("A good week.", "A long week."):
        expect(texts.get_by_text(words)).to_be_visible()
    for part in ("Byline", "Text"):
        region(second, part).get_by_label("Keep mine").check()
    press(second, "Save these words")
    expect_said(second, f"{NOTE}: saved.")

    second.goto(desk)
    first.goto(f"{desk}preview/")
    expect(first.get_by_role("article").first).to_contain_text("A long week.")
    press(first, "Publish")
    expect_said(first, "Published. Everyone in the directorate can read it now.")
    move(second, "Down", WEB)
    expect(second.locator(".flash")).to_contain_text("Morgan Ellis published this digest on")
    expect(region(second, "Published")).to_contain_text("By Morgan Ellis")
    expect(mover(second, "Down", WEB)).to_have_count(0)
    assert done(tmp_path / "site.sqlite3", "moved down") == 0


@pytest.mark.parametrize("scripts", [True], indirect=True, ids=["scripts"])
def test_dragging_by_mouse_does_what_the_buttons_do(
    desks: tuple[Page, Page], tmp_path: Path, check_axe: Check
) -> None:
    first, second = desks
    for page in desks:  # rows that are still on their way are not dropped upon
        page.emulate_media(reduced_motion="reduce")
        page.reload()
    drag(first, WORKPLACE, WEB)
    expect_order(first, NOTE, WORKPLACE, WEB, PURVIEW, FRONTLINE)
    expect(first.locator("#desk-said")).to_have_text(f"{WORKPLACE} moved to position 1 of 4")
    drag(first, WEB, FRONTLINE)
    expect_order(first, NOTE, WORKPLACE, PURVIEW, FRONTLINE, WEB)
    expect(mover(first, "Up", WEB)).to_be_focused()
    check_axe(first)
    first.emulate_media(media="print")
    for hidden in (".grip", ".by-hand"):
        expect(first.locator(hidden).first).to_be_hidden()

    drag(second, WEB, PURVIEW)
    expect(told(second)).to_contain_text(f"Morgan Ellis moved {WEB}")
    expect_order(second, NOTE, WORKPLACE, PURVIEW, FRONTLINE, WEB)
    assert done(tmp_path / "site.sqlite3", "moved up") == 1
    assert done(tmp_path / "site.sqlite3", "moved down") == 1


def test_dragging_by_finger_with_less_motion(open_page: OpenPage, made: Made) -> None:
    page = open_page("/desk/", email=DIRECTOR, phone=True, has_touch=True, reduced_motion="reduce")
    compose(page, made)
    start, end = grips(page, PURVIEW, WEB)
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *points: float) -> None:
        at = [{"x": start["x"] + 12, "y": y} for y in points]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", start["y"] + 12)
    for step in range(11):
        touch("touchMove", start["y"] + 12 + (end["y"] - start["y"]) * step / 10)
    touch("touchEnd")

    expect_order(page, NOTE, PURVIEW, WEB)
    expect(page.locator("#desk-said")).to_have_text(f"{PURVIEW} moved to position 1 of 2")


def grip(page: Page, name: str) -> dict[str, float]:
    """Where the handle of that row is; it is large enough for a finger."""
    row = region(page, "The digest, in order").get_by_role("listitem").filter(has_text=name)
    row.scroll_into_view_if_needed()
    box = row.locator(".grip").bounding_box()
    assert box["width"] >= 24
    assert box["height"] >= 24
    return box


def grips(page: Page, *names: str) -> list[dict[str, float]]:
    """Where these handles are, once the page is scrolled so far that it shows them all."""
    for name in names:
        grip(page, name)
    return [grip(page, name) for name in reversed(names)][::-1]


def drag(page: Page, name: str, to: str) -> None:
    """Drag a row by its handle onto the place of another."""
    start, end = grips(page, name, to)
    down = end["y"] > start["y"]
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 12, start["y"] + 24, steps=3)
    page.mouse.move(end["x"] + 12, end["y"] + (40 if down else 6), steps=20)
    page.mouse.up()
