"""No update this week, in two actions: the button, and the reason."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.messages import get_messages

from people.models import User
from tests.weeknotes.browse import dangling, errors_of, headings, read, sent_by, spoken
from tests.weeknotes.updates.pen import Pen, everything
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import editor, put_out, saying, write_note
from weeknotes.content.document import Document, NoUpdate
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

REASON = "- Meetings start again at the end of May\n- Quotes are awaited"


@pytest.fixture
def reason(sheet: Sheet) -> Sheet:
    """The second page, where the reason is typed."""
    return Sheet(sheet.client, f"{sheet.address}no-update/")


def test_two_actions_are_enough(sheet: Sheet) -> None:
    button = sheet.press("no_update")
    page = Sheet(sheet.client, button.url)

    response = page.press("", lines=REASON)

    update = Update.objects.get()
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert (response.status_code, response.url) == (302, "/updates/")
    assert messages[-1:] == ["PR1 Frontline Services: no update this week."]
    assert update.state == "no_update"
    assert update.latest.document.no_update == NoUpdate(lines=REASON)


def test_page_asks_for_a_reason_and_offers_a_way_back(reason: Sheet) -> None:
    assert headings(reason.page.main) == ["h1 No update this week"]
    assert [spoken(tag) for tag in reason.page.select("form.sheet .btns > *")] == [
        "Submit: no update this week",
        "Write an update instead",
    ]


def test_heading_and_return_are_kept(reason: Sheet) -> None:
    reason.press(
        "", lines=REASON, heading="Project summary", returns="June", returns_on="1 June 2026"
    )

    assert Update.objects.get().latest.document.no_update == NoUpdate(
        lines=REASON, heading="Project summary", returns="June", returns_on=date(2026, 6, 1)
    )


def test_it_reads_as_one_quiet_block(reason: Sheet) -> None:
    reason.press("", lines=REASON, heading="Project summary", returns="June")

    article = read(reason.client.get(reason.address.replace("no-update/", ""))).article
    assert article["class"] == ["update", "brief"]
    assert headings(article) == ["h2 PR1 Frontline Services", "h3 Project summary"]
    assert [spoken(tag) for tag in article.select(".prose p")] == [
        "Meetings start again at the end of May",
        "Quotes are awaited",
        "Expected back: June",
    ]


@pytest.mark.parametrize("typed", ["", "  \r\n "])
def test_reason_is_required(reason: Sheet, typed: str) -> None:
    response = reason.press("", lines=typed, returns="June")

    assert response.status_code == 422
    assert errors_of(reason.page) == {"#id_lines": "Enter why there is no update this week"}
    assert dangling(reason.page) == []
    assert reason.fields["returns"] == "June"
    assert Update.objects.count() == 0


def test_day_that_cannot_be_read_is_kept_and_explained(reason: Sheet) -> None:
    response = reason.press("", lines=REASON, returns_on="next week")

    assert response.status_code == 422
    assert errors_of(reason.page) == {
        "#id_returns_on": "Enter “If you know the day” as a day, like 18 May 2026"
    }
    assert (reason.fields["returns_on"], reason.fields["lines"]) == (
        "next week",
        REASON.replace("\n", "\r\n"),
    )


def test_twice_is_once(reason: Sheet) -> None:
    reason.press("", lines=REASON)
    before = everything()

    response = reason.press("", lines=REASON)

    assert (response.status_code, everything()) == (302, before)


def test_what_was_drafted_is_there_again_after_taking_back(sheet: Sheet) -> None:
    page = Sheet(sheet.client, sheet.press("no_update", s0__lines="Half a line").url)
    page.press("", lines=REASON)

    sheet.client.post(f"{sheet.address}submission/removal/")

    assert sheet.open().fields["s0-lines"] == "- Half a line"


def test_taken_back_without_a_draft_it_keeps_its_reason(reason: Sheet) -> None:
    reason.press("", lines=REASON)

    response = reason.client.post(reason.address.replace("no-update/", "submission/removal/"))

    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert messages[-1].endswith(
        "You can change it now. The reason is kept under “No update this week”."
    )
    update = Update.objects.get()
    page = read(reason.client.get(reason.address))
    assert (update.state, update.latest.document.no_update) == ("draft", None)
    assert page.find(id="id_lines").text.strip() == REASON


@pytest.mark.parametrize("version", ["0", "7"])
def test_words_saved_since_are_not_set_aside(reason: Sheet, pen: Pen, version: str) -> None:
    pen.save(saying("Newer words."), version=0)
    before = everything()

    response = reason.press("", lines=REASON, version=version)

    assert (response.status_code, everything()) == (409, before)
    assert reason.fields["lines"] == REASON.replace("\n", "\r\n")
    assert spoken(reason.page.select_one(".next .prose")) == "Newer words."


def test_reason_sent_again_keeps_the_newer_words_beside_it(reason: Sheet, pen: Pen) -> None:
    pen.save(saying("Newer words."), version=0)
    reason.press("", lines=REASON)

    assert reason.press("").status_code == 302

    update = Update.objects.get()
    assert (update.state, update.latest.document) == (
        "no_update",
        replace(saying("Newer words."), no_update=NoUpdate(lines=REASON)),
    )


@pytest.mark.parametrize(
    ("button", "kept"), [("take_back", REASON), ("both", f"{REASON}\nAway until June.")]
)
def test_two_reasons_are_put_together_once_taken_back(
    reason: Sheet, pen: Pen, colleague: User, button: str, kept: str
) -> None:
    pen.submit(Document(no_update=NoUpdate(lines="Away until June.")), version=0, by=colleague)
    reason.press("", lines=REASON)
    assert [spoken(button) for button in reason.page.select("form.sheet button")] == [
        "Take it back and put both reasons together",
        "Take it back and go on with mine",
    ]

    for _ in range(2):  # pressed twice
        assert reason.press(button, lines=REASON, version="2").status_code == 200
    assert reason.press("").status_code == 302

    assert Update.objects.get().latest.document.no_update == NoUpdate(lines=kept)


def test_what_was_handed_in_stays_once_composing_starts(
    reason: Sheet, pen: Pen, digest: Digest
) -> None:
    pen.submit(saying("Newer words."), version=0)
    composing.start_composing(digest=digest, by=editor())
    before = everything()

    shown = reason.press("", lines=REASON)
    refused = reason.press("take_back")

    assert (shown.status_code, refused.status_code, everything()) == (409, 422, before)
    assert reason.fields["lines"] == REASON.replace("\n", "\r\n")


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_odd_versions_are_refused(reason: Sheet, version: str) -> None:
    assert reason.press("", lines=REASON, version=version).status_code in (409, 422)
    assert Update.objects.count() == 0


def test_after_publication_it_is_refused(reason: Sheet, digest: Digest) -> None:
    write_note(digest)
    put_out(digest)
    before = everything()

    response = reason.press("", lines=REASON)

    assert (response.status_code, everything()) == (422, before)


def test_get_says_nothing(reason: Sheet) -> None:
    reason.client.get(reason.address, {"lines": REASON})

    assert Update.objects.count() == 0
    assert sent_by(reason.page) == {
        **dict.fromkeys(("lines", "heading", "returns", "returns_on"), ""),
        "version": "0",
    }
