"""Returning from the desk: the question is typed once, and everybody sees how it stands."""

from typing import Any

import pytest
from django.test import Client

from people.models import Team
from tests.factories import TeamFactory, UserFactory
from tests.weeknotes.browse import dangling, errors_of, read, skipped_levels, spoken
from tests.weeknotes.week import (
    THURSDAY,
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    team_of,
    write_note,
)
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.updates import writing
from weeknotes.updates.models import Update
from weeknotes.updates.questions import Question
from weeknotes.updates.returning import return_to_writers

pytestmark = pytest.mark.django_db

DESK = "/desk/2026-05-18/"
WEB = f"{DESK}updates/team-web/"
FORM = "/updates/2026-05-18/teams/web/"
ASKED = "Which <b>residents</b> & when?"
HOSTILE = ["\x00", "9" * 10_000, "\ufffe", "\u202e" * 50, " \n\t", "x" * 2_001, "x" * 200_000]


@pytest.fixture(autouse=True)
def _thursday(time_machine: Any) -> None:
    time_machine.move_to(THURSDAY, tick=False)


@pytest.fixture
def team() -> Team:
    return team_of(UserFactory(forename="Wren", surname="Writer"), name="Web", house_order=1)


@pytest.fixture
def digest(team: Team) -> Digest:
    """Composing: the note, Web, and Data after it."""
    digest = open_digest()
    write_note(digest)
    hand_in(digest, team, "We met the residents.")
    hand_in(digest, TeamFactory(name="Data", house_order=2), "Counted.")
    composing.start_composing(digest=digest, by=editor())
    return digest


@pytest.fixture
def update(digest: Digest) -> Update:
    return Update.objects.get(team__slug="web")


@pytest.fixture
def returned(update: Update) -> Update:
    return_to_writers(update=update, question=ASKED, version=update.version, by=editor())
    return update


@pytest.fixture
def as_writer(team: Team) -> Client:
    client = Client()
    client.force_login(team.posts.get().person)
    return client


def resubmit(update: Update, words: str) -> Update:
    return writing.submit(
        digest=update.digest,
        subject=update.subject,
        document=saying(words),
        version=update.version,
        by=update.team.posts.get().person,
    )


def pieces(digest: Digest) -> list[str]:
    return [piece.anchor for piece in compose_article(digest).pieces]


def send(client: Client, question: str, version: int) -> Any:
    return client.post(f"{WEB}question/", {"question": question, "version": version})


def test_question_is_asked_above_the_words(as_editor: Client, digest: Digest) -> None:
    page = read(as_editor.get(f"{WEB}question/"))

    assert spoken(page.h1) == "Return with a question"
    assert spoken(page.select_one("article .prose")) == "We met the residents."
    assert spoken(page.select_one("form.sheet button")) == "Return with this question"
    assert spoken(page.select("aside p")[1]) == (
        "They are not mailed: it stands on their home page, and under My updates."
    )
    assert skipped_levels(page) == []


def test_returning_is_said_and_leads_back_to_the_row(as_editor: Client, update: Update) -> None:
    response = send(as_editor, ASKED, update.version)

    assert response.url == f"{DESK}#o-team-web"
    message = read(as_editor.get(response.url)).select_one(".flash li")
    assert spoken(message) == "Web is returned with your question."
    asked = Question.objects.get()
    assert (asked.update, asked.question, asked.asked_by) == (update, ASKED, editor())


@pytest.mark.parametrize("typed", ["", " \n ", "x" * 2_001])
def test_question_is_required_and_of_a_length(
    as_editor: Client, update: Update, typed: str
) -> None:
    response = send(as_editor, typed, update.version)

    page = read(response)
    assert response.status_code == 422
    assert list(errors_of(page)) == ["#id_question"]
    assert dangling(page) == []
    assert page.select_one("textarea").text.strip() == typed.strip()
    assert Question.objects.count() == 0


@pytest.mark.parametrize("typed", HOSTILE)
def test_odd_questions_break_nothing(as_editor: Client, update: Update, typed: str) -> None:
    assert send(as_editor, typed, update.version).status_code in (302, 422)
    assert as_editor.get(WEB).status_code == 200


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 10_000, "\x00"])
def test_what_was_read_must_be_told(as_editor: Client, update: Update, version: str) -> None:
    response = as_editor.post(f"{WEB}question/", {"question": ASKED, "version": version})

    assert (response.status_code, Question.objects.count()) == (400, 0)


def test_whoever_comes_second_keeps_their_question(as_editor: Client, returned: Update) -> None:
    response = send(as_editor, "And when?", returned.version - 1)

    page = read(response)
    assert response.status_code == 409
    assert spoken(page.select_one(".govuk-error-summary li")).startswith(
        "Di Rector has returned this update already, on Thursday 14 May at 9:12am"
    )
    assert page.select_one("textarea").text.strip() == "And when?"
    assert page.select("form.sheet button") == []


def test_changed_since_is_read_and_returned_after_all(as_editor: Client, returned: Update) -> None:
    stale = returned.version - 1
    resubmit(returned, "Mrs Ode came.")

    response = send(as_editor, "And when?", stale)

    page = read(response)
    assert response.status_code == 409
    assert spoken(page.select_one("article .prose")) == "Mrs Ode came."
    fresh = page.select_one("form.sheet [name=version]")["value"]
    assert send(as_editor, "And when?", fresh).status_code == 302


def test_taken_back_words_are_not_shown(as_editor: Client, team: Team) -> None:
    digest = open_digest()
    update = hand_in(digest, team, "ochre pelican")
    stale = update.version
    writing.take_back(update=update, by=team.posts.get().person)

    response = send(as_editor, "And when?", stale)

    assert response.status_code == 409
    assert "ochre pelican" not in response.content.decode()
    assert read(response).select_one("textarea").text.strip() == "And when?"


def test_returned_is_not_asked_again(as_editor: Client, returned: Update) -> None:
    assert as_editor.get(f"{WEB}question/").url == WEB


def test_desk_keeps_its_place_and_counts_it_not(as_editor: Client, returned: Update) -> None:
    page = read(as_editor.get(DESK))

    row = page.select_one("#o-team-web")
    assert spoken(row.select_one(".rag.returned")) == "Returned"
    assert [spoken(h3) for h3 in page.select(".order h3")] == [
        "1 Director’s weeknote",
        "2 Web",
        "3 Data",
    ]
    assert row.select("[name=decision]") == []
    assert "the note and 1 update in the digest" in spoken(page.select_one(".head .meta"))
    on_board = next(li for li in page.select(".board li") if "Web" in li.text)
    assert spoken(on_board) == "Returned Web Wren Writer, asked by Di Rector at 9:12am"
    assert on_board.a["href"] == WEB
    assert " 1 returned" in spoken(page.select_one("#desk-board .govuk-hint"))


def test_what_its_writers_type_meanwhile_is_theirs(as_editor: Client, returned: Update) -> None:
    writing.save_draft(
        digest=returned.digest,
        subject=returned.subject,
        document=saying("ochre pelican", heading="ochre pelican"),
        version=returned.version,
        by=editor(),
    )

    for address in (DESK, WEB, f"{DESK}preview/", f"{WEB}question/"):
        response = as_editor.get(address, follow=True)
        assert response.status_code == 200
        assert "ochre pelican" not in response.content.decode()
    assert spoken(read(as_editor.get(WEB)).select_one("article .prose")) == "We met the residents."


def test_what_is_returned_was_submitted_by_its_writer(as_editor: Client, returned: Update) -> None:
    words = spoken(read(as_editor.get(WEB)).select_one(".head .meta"))

    assert words.startswith(f"Submitted by {returned.original.last_hand[0].name} ")


def test_editor_reads_the_question_and_that_it_was_answered(
    as_editor: Client, returned: Update
) -> None:
    page = read(as_editor.get(WEB))
    assert spoken(page.select_one(".ask")) == (
        f"{ASKED} Asked by Di Rector, Thursday 14 May at 9:12am. Not submitted again yet."
    )
    assert page.select(".ask b, .banner a, .banner form") == []

    resubmit(returned, "Mrs Ode came.")

    page = read(as_editor.get(WEB))
    assert spoken(page.select_one(".ask")) == (
        f"{ASKED} Asked by Di Rector, Thursday 14 May at 9:12am. "
        "Submitted again by Wren Writer, Thursday 14 May at 9:12am."
    )
    assert spoken(page.select_one("article .prose")) == "Mrs Ode came."


def test_question_stands_above_the_form_until_submitted_again(
    as_writer: Client, returned: Update
) -> None:
    for address in (FORM, f"{FORM}preview/", f"{FORM}no-update/"):
        page = read(as_writer.get(address))
        assert spoken(page.select_one(".ask .question")) == ASKED
        assert page.select(".question b") == []
        assert skipped_levels(page) == []

    resubmit(returned, "Mrs Ode came.")

    assert read(as_writer.get(FORM)).select(".ask") == []


def test_form_says_whether_it_can_be_taken_back(as_writer: Client, returned: Update) -> None:
    told = [spoken(read(as_writer.get(FORM)).select("aside p")[1])]
    Digest.objects.update(state="collecting")
    told.append(spoken(read(as_writer.get(FORM)).select("aside p")[1]))

    assert told == [
        "Composing has started: once submitted, it can no longer be taken back.",
        "You can take it back after submitting, until composing starts.",
    ]


@pytest.mark.parametrize("address", ["/", "/updates/"])
def test_writer_finds_it_returned(as_writer: Client, returned: Update, address: str) -> None:
    row = read(as_writer.get(address)).select_one(".mine li")

    assert spoken(row.select_one(".rag.returned")) == "Returned"
    assert spoken(row.select_one("p:not(.was)")) == (
        "An editor returned it with a question: it is in no digest until you submit it again."
    )
    assert spoken(row.select_one(".govuk-button")) == "Change and submit again: Web"


def test_returned_takes_its_old_place_when_submitted_again(
    digest: Digest, returned: Update
) -> None:
    assert pieces(digest) == ["note", "team-data"]

    resubmit(returned, "Mrs Ode came.")

    assert pieces(digest) == ["note", "team-web", "team-data"]


def test_returned_while_collecting_takes_its_place_too(team: Team) -> None:
    digest = open_digest()
    update = hand_in(digest, team)
    hand_in(digest, TeamFactory(name="Data", house_order=2))
    return_to_writers(update=update, question=ASKED, version=update.version, by=editor())
    composing.start_composing(digest=digest, by=editor())
    assert pieces(digest) == ["team-data"]

    resubmit(update, "Mrs Ode came.")

    assert pieces(digest) == ["team-web", "team-data"]


def test_returned_can_be_moved_and_not_decided(digest: Digest, returned: Update) -> None:
    for decision in ("included", "left_out"):
        with pytest.raises(composing.DeskRefused, match="This update is returned"):
            composing.decide(digest=digest, update=returned, decision=decision, by=editor())


def test_preview_says_what_is_missing(as_editor: Client, returned: Update) -> None:
    page = read(as_editor.get(f"{DESK}preview/"))

    assert "Returned, not in this digest. With a question that is not answered yet: Web." in (
        spoken(page.select_one("#returned"))
    )
    assert page.select("#team-web") == []


def test_publishing_leaves_it_out_and_tells_its_writers(
    as_editor: Client, as_writer: Client, returned: Update
) -> None:
    article = compose_article(returned.digest)
    page = read(as_editor.get(f"{DESK}preview/"))
    sent = {name: page.select_one(f"[name={name}]")["value"] for name in ("hash", "seen")}

    as_editor.post(f"{DESK}publication/", sent)

    publication = Publication.objects.get()
    assert [piece["html"] for piece in publication.body["pieces"]] == [
        piece.html for piece in article.pieces
    ]
    assert "residents" not in str(publication.body) + str(publication.content)
    assert [p.anchor for p in publication.published_updates.all()] == ["note", "team-data"]
    assert returned.entries.get().decision == "left_out"
    page = read(as_writer.get(FORM))
    assert spoken(page.select_one(".ask .was")) == (
        "Di Rector, Thursday 14 May at 9:12am. It was not submitted again before the digest was "
        "published, so it is not in it."
    )
    before = read(as_writer.get("/updates/")).select_one(".dated li")
    assert spoken(before) == (
        "11 to 15 May 2026 Web, 11 to 15 May 2026 "
        "Not in that digest: it was returned, and not submitted again."
    )
    desk = read(as_editor.get(DESK))
    assert [spoken(h3) for h3 in desk.select(".order h3")] == [
        "1 Director’s weeknote",
        "2 Data",
        "Web",
    ]
    assert spoken(desk.select_one("#o-team-web .rag").parent) == (
        "Returned Not submitted again before the digest was published"
    )


def test_readers_see_nothing_of_it(client: Client, digest: Digest, returned: Update) -> None:
    put_out(digest)
    client.force_login(UserFactory())

    for address in ("/", "/digests/", "/digests/2026-05-18/", "/teams/web/", "/updates/"):
        words = client.get(address).content.decode()
        assert "We met the residents" not in words
        assert "Which" not in words


def test_what_is_submitted_again_unchanged_is_its_writers_own(
    as_editor: Client, returned: Update
) -> None:
    writer = UserFactory(forename="Una", surname="Again")
    writing.submit(
        digest=returned.digest,
        subject=returned.subject,
        document=returned.latest.document,
        version=returned.version,
        by=writer,
    )
    assert "Submitted by Una Again" in spoken(read(as_editor.get(WEB)).select_one(".head .meta"))
