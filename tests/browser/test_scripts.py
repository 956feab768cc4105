"""The small scripts, each on a page of its own; nothing is asked of a server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

HOST = "http://scripts.test"
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title>
<link rel="stylesheet" href="/static/vendor/govuk-frontend/govuk-frontend.min.css">
<link rel="stylesheet" href="/static/css/portal.css"></head><body><main>{body}</main>{scripts}
</body></html>"""
LINES = '<label for="a">Outcomes</label><textarea id="a" data-lines></textarea>'

WORD = """<style>p{}</style><body><!--StartFragment--><h2>Outcomes</h2>
<p class=MsoNormal>Intro  text</p>
<p style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>First <b>thing</b></p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Child of
it</p><p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second</p>
<!--EndFragment--></body>"""
TEAMS = "<p>Done:</p><ul><li>One<ul><li>One a</li></ul></li><li><p>Two</p></li></ul>"
WORD_ONLINE = """<div><ul><li data-aria-level="1"><p>A</p></li></ul></div>
<div><ul><li data-aria-level="2"><p>B</p></li></ul></div><div><p>End</p></div>"""

OpenBody = Callable[..., Page]


@pytest.fixture
def open_body(chromium: Browser) -> Iterator[OpenBody]:
    """Open a page with this body and these scripts; posts are answered by `answer`."""
    context = chromium.new_context(base_url=HOST)

    def open_(body: str, *scripts: str, answer: Callable[[Route], None] | None = None) -> Page:
        def serve(route: Route) -> None:
            path = route.request.url.removeprefix(HOST)
            if path.startswith("/static/"):
                route.fulfill(path=settings.BASE_DIR / path[1:])
            elif route.request.method == "POST" and answer:
                answer(route)
            else:
                route.fulfill(body=page_html, content_type="text/html")

        tags = (f'<script type="module" src="/static/js/{name}.js"></script>' for name in scripts)
        page_html = PAGE.format(body=body, scripts="".join(tags))
        page = context.new_page()
        page.route("**/*", serve)
        page.goto("/")
        return page

    yield open_
    context.close()


def paste(page: Page, html: str) -> str:
    """Paste that clipboard into the textarea; its text after that."""
    script = """([area, html]) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/html", html);
        area.focus();
        const told = {clipboardData, cancelable: true, bubbles: true};
        area.dispatchEvent(new ClipboardEvent("paste", told));
        return area.value;
    }"""
    return page.evaluate(script, [page.query_selector("textarea"), html])


def test_paste_makes_lines_of_lists(open_body: OpenBody) -> None:
    page = open_body(LINES, "paste")
    for html, lines in (
        (WORD, "# Outcomes\nIntro text\n- First thing\n  - Child of it\n- Second"),
        (TEAMS, "Done:\n- One\n  - One a\n- Two"),
        (WORD_ONLINE, "- A\n  - B\nEnd"),
        ("<b>plain</b> text", ""),  # left to the browser
    ):
        page.get_by_label("Outcomes").fill("")
        assert paste(page, html) == lines


def test_paste_keeps_paragraphs_of_prose_apart(open_body: OpenBody) -> None:
    page = open_body(LINES.replace("data-lines", 'data-lines="prose"'), "paste")
    assert paste(page, WORD).startswith("# Outcomes\n\nIntro text\n\n- First thing\n  - Child")


def test_toolbar_changes_lines_and_undo_takes_it_back(open_body: OpenBody) -> None:
    page = open_body(LINES, "toolbar")
    area = page.get_by_label("Outcomes", exact=True)
    area.fill("a\nb")
    area.press("Control+a")
    page.get_by_role("button", name="List").click()
    assert area.input_value() == "- a\n- b"
    area.press("Alt+Shift+ArrowRight")
    assert area.input_value() == "  - a\n  - b"
    area.press("Control+z")
    assert area.input_value() == "- a\n- b"


def test_toolbar_is_one_tab_stop_with_arrows(open_body: OpenBody) -> None:
    page = open_body(LINES, "toolbar")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.get_by_label("Outcomes", exact=True).input_value() == "# "
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "Heading"


def test_what_htmx_brings_gets_its_toolbar_once(open_body: OpenBody) -> None:
    page = open_body("<form></form>", "toolbar")
    load = """(form, html) => {
        form.innerHTML = html;
        for (const _ of [1, 2]) form.dispatchEvent(new Event("htmx:load", {bubbles: true}));
    }"""
    page.locator("form").evaluate(load, LINES)
    assert page.get_by_role("toolbar", name="Formatting: Outcomes").count() == 1


REACT = """<form class="react" data-react method="post" action="/reaction/">
<button name="kind" value="like" aria-pressed="{pressed}">Like <span class="n">{n}</span></button>
</form>"""


def test_reacting_in_place_keeps_the_focus_and_says_so(open_body: OpenBody) -> None:
    def answer(route: Route) -> None:
        assert route.request.headers["x-requested-with"] == "fetch"
        route.fulfill(body=REACT.format(pressed="true", n=42), content_type="text/html")

    page = open_body(REACT.format(pressed="false", n=41), "reactions", answer=answer)
    page.get_by_role("button", name="Like 41").click()
    page.get_by_role("button", name="Like 42", pressed=True).wait_for()
    assert page.evaluate("document.activeElement.value") == "like"
    assert page.get_by_role("status").text_content() == "Liked. 42 people like this"


def test_reacting_falls_back_to_an_ordinary_post(open_body: OpenBody) -> None:
    def answer(route: Route) -> None:
        is_fetch = "x-requested-with" in route.request.headers
        route.fulfill(status=403 if is_fetch else 200, body="<h1>Sign in</h1>")

    page = open_body(REACT.format(pressed="false", n=0), "reactions", answer=answer)
    page.get_by_role("button", name="Like").click()
    page.wait_for_url("**/reaction/")


def test_contents_follow_the_reading(open_body: OpenBody) -> None:
    links = '<nav class="toc"><a href="#one">One</a><a href="#two">Two</a></nav>'
    updates = "".join(f'<article id="{n}">{"<p>Words</p>" * 99}</article>' for n in ("one", "two"))
    page = open_body(links + updates, "reading")
    page.locator("#two").evaluate("update => update.scrollIntoView()")
    page.locator(".toc [aria-current=true]").get_by_text("Two").wait_for()
    assert page.locator(".toc [aria-current]").count() == 1


def test_leaving_with_typing_unsaved_is_asked_about(open_body: OpenBody) -> None:
    page = open_body('<form data-unsaved><input aria-label="Title"></form>', "unsaved")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/elsewhere/")
    assert asked == []
    page.get_by_label("Title").fill("typed")
    page.goto("/")
    assert asked == ["beforeunload"]


def test_a_form_on_its_way_is_not_sent_again(open_body: OpenBody) -> None:
    posts: list[Any] = []
    page = open_body(
        '<form method="post" action="/x/"><button>Send</button></form>', "once", answer=posts.append
    )
    button = page.get_by_role("button", name="Send")
    with page.expect_request(lambda request: request.method == "POST"):
        button.evaluate("button => { button.click(); setTimeout(() => button.click(), 50); }")
    page.wait_for_timeout(300)  # for a second one, which does not come
    assert len(posts) == 1
    posts[0].fulfill(body="done")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_body: OpenBody) -> None:
    summary = '<div data-error-summary><a href="#id_rag_0">Choose a colour</a></div>'
    field = '<fieldset><legend>Colour</legend><input type="radio" id="id_rag_0"></fieldset>'
    page = open_body(summary + field, "error-summary")
    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.get_by_role("link", name="Choose a colour").click()
    assert page.evaluate("document.activeElement.id") == "id_rag_0"
