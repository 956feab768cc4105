"""Looking back at an update: every revision, what it changed, and the way back to one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from people.models import User
from tests.weeknotes.updates.pen import Pen, events, everything
from tests.weeknotes.week import DEADLINE, THURSDAY, editor, put_out, saying
from weeknotes.content.document import NoUpdate
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import restoring, returning, writing
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.writing import SavedSince, WritingRefused

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = saying("First words."), saying("Second words."), saying("Third words.")
LATER = THURSDAY + timedelta(hours=1)


def told(update: Update) -> list[tuple]:
    """Every revision: its number, cause, words, and whether it is sealed."""
    return [
        (r.number, r.cause, r.document, r.sealed_at is not None)
        for r in update.revisions.order_by("number")
    ]


def twice_submitted(pen: Pen, writer: User) -> Update:
    """First words, taken back, and second words handed in."""
    update = pen.submit(FIRST, version=0)
    writing.take_back(update=update, by=writer)
    return pen.submit(SECOND, version=update.version, at=LATER)


def test_restoring_makes_a_draft_of_earlier_words(pen: Pen, writer: User) -> None:
    update = twice_submitted(pen, writer)

    restoring.restore(update=update, number=1, version=update.version, by=writer, at=LATER)

    assert update.state == "draft"
    assert told(update) == [
        (1, "written", FIRST, True),
        (2, "taken_back", SECOND, True),
        (3, "restored", FIRST, False),
    ]
    assert [event[1] for event in events()] == [
        *("submitted", "took back", "submitted", "took back"),
        "restored",
    ]
    assert events()[-1] == (writer, "restored", str(update), LATER)


def test_restoring_keeps_the_draft_that_stood_there(
    pen: Pen, writer: User, colleague: User
) -> None:
    update = pen.submit(FIRST, version=0)
    writing.take_back(update=update, by=writer)
    update = pen.save(SECOND, version=update.version)

    restoring.restore(update=update, number=1, version=update.version, by=colleague, at=LATER)

    assert told(update) == [
        (1, "written", FIRST, True),
        (2, "set_aside", SECOND, True),
        (3, "restored", FIRST, False),
    ]
    again = restoring.restore(update=update, number=2, version=update.version, by=writer)
    assert told(again)[2:] == [(3, "restored", SECOND, False)]


def test_restoring_twice_is_once(pen: Pen, writer: User) -> None:
    update = twice_submitted(pen, writer)
    stale, version = Update.objects.get(), update.version
    restoring.restore(update=update, number=1, version=version, by=writer)
    before = everything()

    restoring.restore(update=stale, number=1, version=version, by=writer)

    assert everything() == before


def test_what_was_returned_is_restored_though_it_is_composed(
    pen: Pen, digest: Digest, writer: User
) -> None:
    update = twice_submitted(pen, writer)
    composing.start_composing(digest=digest, by=editor())
    returning.return_to_writers(update=update, question="Who?", version=update.version, by=editor())

    restoring.restore(update=update, number=1, version=update.version, by=writer)

    assert update.state == "returned"
    assert told(update)[2:] == [(3, "restored", FIRST, False)]
    assert update.shown_to_editors.document == SECOND


def test_a_draft_set_aside_is_never_shown_to_editors(
    pen: Pen, digest: Digest, writer: User
) -> None:
    update = pen.submit(FIRST, version=0)
    returning.return_to_writers(update=update, question="Who?", version=update.version, by=editor())
    update = pen.save(SECOND, version=update.version)

    restoring.restore(update=update, number=1, version=update.version, by=writer)

    assert [cause for _, cause, _, _ in told(update)] == ["written", "set_aside", "restored"]
    assert update.shown_to_editors.number == 1


def test_restored_words_of_no_update_are_those_drafted_before(pen: Pen, writer: User) -> None:
    nothing = replace(FIRST, no_update=NoUpdate(lines="Waiting."))
    update = pen.submit(nothing, version=0)

    restoring.restore(update=update, number=1, version=update.version, by=writer)

    assert (update.state, update.latest.document) == ("draft", FIRST)


def test_what_was_saved_since_is_not_restored_over(pen: Pen, writer: User, colleague: User) -> None:
    update = pen.submit(FIRST, version=0)
    seen = update.version
    writing.take_back(update=update, by=writer)
    pen.save(THIRD, version=update.version, by=colleague, at=LATER)
    before = everything()

    with pytest.raises(SavedSince, match="Col League saved other words on Thursday 14 May"):
        restoring.restore(update=update, number=1, version=seen, by=writer)

    assert everything() == before


def test_while_composing_nothing_handed_in_is_restored(
    pen: Pen, digest: Digest, writer: User
) -> None:
    update = twice_submitted(pen, writer)
    composing.start_composing(digest=digest, by=editor())
    before = everything()

    with pytest.raises(WritingRefused, match="Ask an editor if something must change"):
        restoring.restore(update=update, number=1, version=update.version, by=writer)

    assert everything() == before


def test_once_published_nothing_is_restored(pen: Pen, digest: Digest, writer: User) -> None:
    update = twice_submitted(pen, writer)
    put_out(digest)
    before = everything()

    with pytest.raises(WritingRefused, match="This digest is published"):
        restoring.restore(update=update, number=1, version=update.version, by=writer)

    assert everything() == before


def test_a_page_lists_every_revision(
    pen: Pen, writer: User, as_writer: Client, address: str
) -> None:
    update = twice_submitted(pen, writer)
    restoring.restore(update=update, number=1, version=update.version, by=writer, at=LATER)

    page = BeautifulSoup(as_writer.get(f"{address}history/").content, "html.parser")

    rows = [row.get_text("|", strip=True) for row in page.select(".kept > li")]
    assert rows == [
        "The draft|By Wren Writer, Thursday 14 May at 10:12am",
        "Revision 2|Submitted by Wren Writer, Thursday 14 May at 10:12am",
        "Revision 1|Submitted by Wren Writer, Thursday 14 May at 9:12am",
    ]
    assert [link["href"] for link in page.select(".kept a")] == [
        f"{address}history/{number}/" for number in (3, 2, 1)
    ]


@pytest.mark.parametrize("revisions", [1, 3, 30])
def test_history_costs_the_same_however_long(
    pen: Pen,
    writer: User,
    as_writer: Client,
    address: str,
    revisions: int,
    django_assert_num_queries: object,
) -> None:
    update = pen.submit(FIRST, version=0)
    for number in range(2, revisions + 1):
        update.revisions.create(
            number=number,
            content=saying(f"Words {number}.").to_json(),
            cause="written",
            made_by=writer,
            made_at=LATER,
            sealed_by=writer,
            sealed_at=LATER,
        )

    with django_assert_num_queries(6):
        as_writer.get(f"{address}history/")
    with django_assert_num_queries(6):
        as_writer.get(f"{address}history/1/")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("", "From revision 1 to revision 2."),
        ("?with=3", "From revision 2 to the draft."),
        ("?with=1", "From revision 1 to revision 2."),
        ("?with=2", "From revision 1 to revision 2."),
        ("?with=" + "9" * 5000, "From revision 1 to revision 2."),
        ("?with=%00", "From revision 1 to revision 2."),
    ],
)
def test_a_revision_is_compared_with_the_one_before_or_another(
    pen: Pen, writer: User, as_writer: Client, address: str, query: str, line: str
) -> None:
    update = twice_submitted(pen, writer)
    writing.take_back(update=update, by=writer)
    pen.save(THIRD, version=update.version)

    response = as_writer.get(f"{address}history/2/{query}")

    page = BeautifulSoup(response.content, "html.parser")
    words = {"From revision 1 to revision 2.": ("First", "Second")}.get(line, ("Second", "Third"))
    assert page.select_one("section .was").get_text(strip=True) == line
    assert [page.select_one(f".diff {tag}").get_text() for tag in ("del", "ins")] == [
        f"[removed: {words[0]}] ",
        f"[added: {words[1]}] ",
    ]


def test_the_first_words_are_compared_with_those_that_came_of_them(
    pen: Pen, writer: User, as_writer: Client, address: str
) -> None:
    twice_submitted(pen, writer)

    first = BeautifulSoup(as_writer.get(f"{address}history/1/").content, "html.parser")
    choice = first.select_one("form.filter select")
    chosen = as_writer.get(f"{address}history/1/", {"with": choice.option["value"]})

    assert (len(choice.select("option")), choice.select("[selected]")) == (1, [])
    line = BeautifulSoup(chosen.content, "html.parser").select_one("section .was")
    assert line.get_text(strip=True) == "From revision 1 to revision 2."


def test_pressing_restore_opens_the_form_with_those_words(
    pen: Pen, writer: User, as_writer: Client, address: str
) -> None:
    update = twice_submitted(pen, writer)
    sent = {"version": update.version}

    answers = [as_writer.post(f"{address}history/1/restoration/", sent) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, address)] * 2
    assert told(Update.objects.get())[2:] == [(3, "restored", FIRST, False)]


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 5000, "-1"])
def test_pressing_restore_on_an_old_page_says_so(
    pen: Pen, writer: User, as_writer: Client, address: str, version: str
) -> None:
    update = twice_submitted(pen, writer)
    before = everything()

    response = as_writer.post(f"{address}history/1/restoration/", {"version": version})

    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, everything()) == (409, before)
    assert page.select_one("[role=alert] p").get_text(strip=True) == (
        "You handed in other words on Thursday 14 May at 10:12am, after you opened this page. "
        "They are kept. Compare again, and restore if you still want to."
    )
    assert page.select_one("[name=version]")["value"] == str(update.version)


def test_restoring_no_update_says_what_is_the_draft(
    as_writer: Client, pen: Pen, address: str
) -> None:
    update = pen.submit(replace(FIRST, no_update=NoUpdate(lines="Waiting.")), version=0)

    response = as_writer.post(f"{address}history/1/restoration/", {"version": update.version})

    assert [str(one).partition(": ")[2] for one in get_messages(response.wsgi_request)] == [
        "your draft is what was written beside revision 1, if anything was. "
        "Its reason for no update stands in the history."
    ]


def test_only_those_who_write_it_look_back(
    pen: Pen, colleague: User, client: Client, address: str
) -> None:
    update = pen.submit(FIRST, version=0)
    client.force_login(colleague)

    answers = [
        client.get(f"{address}history/"),
        client.get(f"{address}history/1/"),
        client.post(f"{address}history/1/restoration/", {"version": update.version}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "9" * 5000])
def test_there_is_no_page_of_a_revision_that_is_not(
    pen: Pen, as_writer: Client, address: str, number: str
) -> None:
    assert as_writer.get(f"{address}history/").status_code == 404
    update = pen.submit(FIRST, version=0)

    answers = [
        as_writer.get(f"{address}history/{number}/"),
        as_writer.post(f"{address}history/{number}/restoration/", {"version": update.version}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_draft_is_looked_at_but_not_restored(pen: Pen, as_writer: Client, address: str) -> None:
    update = pen.save(FIRST, version=0)

    page = as_writer.get(f"{address}history/1/")
    restored = as_writer.post(f"{address}history/1/restoration/", {"version": update.version})

    assert (page.status_code, restored.status_code) == (200, 404)
    assert Revision.objects.get().cause == "written"


def test_after_composing_started_the_page_says_whom_to_ask(
    pen: Pen, digest: Digest, as_writer: Client, address: str
) -> None:
    pen.submit(FIRST, version=0)
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)

    page = BeautifulSoup(as_writer.get(f"{address}history/1/").content, "html.parser")

    assert page.select_one(".banner").get_text(" ", strip=True) == (
        "Composing has started, so no words can be restored. "
        "Ask an editor if something must change."
    )
