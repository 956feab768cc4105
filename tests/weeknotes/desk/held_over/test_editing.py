"""Editing what one digest holds over for the next, on the desk where it will print."""

import pytest
from django.test import Client

from tests.weeknotes.browse import errors_of, sent_by, spoken
from tests.weeknotes.desk.edits import edited, everything, form, parsed
from tests.weeknotes.desk.held_over.week import (
    ANCHOR,
    FIRST,
    HELD,
    INCLUDED,
    LEFT_OUT,
    SECOND,
    decide,
    next_digest,
    put_out,
    start,
)
from tests.weeknotes.week import saying
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.updates.models import Update
from weeknotes.updates.writing import WritingRefused

pytestmark = pytest.mark.django_db
HERE = f"{FIRST}updates/team-web/edit/"
WHERE = f"{SECOND}updates/{ANCHOR}/edit/"


@pytest.fixture
def following(digest: Digest, update: Update) -> Digest:
    """Composed with what the first, published since, holds over."""
    decide(digest, update, HELD)
    put_out(digest)
    following = next_digest()
    start(following)
    update.refresh_from_db()
    return following


def test_it_is_edited_where_it_will_print(
    as_editor: Client, update: Update, following: Digest
) -> None:
    opened = parsed(as_editor.get(WHERE))
    assert opened.select_one("form#update")["action"] == WHERE

    answer = as_editor.post(WHERE, form(update, "Edited where it prints."))

    assert (answer.status_code, answer["Location"]) == (302, f"{SECOND}updates/{ANCHOR}/")
    documents = {piece.anchor: piece.document for piece in compose_article(following).pieces}
    assert documents[ANCHOR] == saying("Edited where it prints.")


def test_once_it_is_published_there_it_is_edited_nowhere(update: Update, following: Digest) -> None:
    put_out(following)
    before = everything()

    for digest in (following, update.digest):
        with pytest.raises(WritingRefused, match="only corrected"):
            edited(update, "Too late.", digest=digest)

    assert everything() == before


def test_desk_that_holds_it_over_leads_to_the_one_that_edits_it(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    opened = sent_by(parsed(as_editor.get(HERE)))
    decide(digest, update, HELD)
    start(next_digest())

    asked = as_editor.get(HERE)

    assert (asked.status_code, asked["Location"]) == (302, f"{FIRST}updates/team-web/")
    banner = parsed(as_editor.get(asked["Location"])).select_one(".banner")
    assert [(spoken(a), a["href"]) for a in banner.select("a")] == [
        ("See it in the digest of 18 to 22 May 2026", f"{SECOND}updates/{ANCHOR}/")
    ]
    typed = {"s0-text": "We met.", "edit_kind": "typo", "reason": "Short", "do": "save"}
    late = as_editor.post(HERE, {**opened, **typed})
    assert (late.status_code, parsed(late).select_one("[name=s0-text]").text.strip()) == (
        422,
        "We met.",
    )
    assert as_editor.post(WHERE, {**opened, **typed}).status_code == 302


def test_the_same_edit_again_is_one_though_it_is_held_over_since(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    sent = form(update, "Edited before that.")
    assert as_editor.post(HERE, sent).status_code == 302
    decide(digest, update, HELD)
    before = everything()

    assert as_editor.post(HERE, sent).status_code == 302
    assert everything() == before
    assert as_editor.post(HERE, form(update, "Other words.")).status_code == 422


def test_what_is_no_longer_held_over_is_told_and_no_typed_word_is_lost(
    as_editor: Client, digest: Digest, update: Update
) -> None:
    decide(digest, update, HELD)
    start(next_digest())
    update.refresh_from_db()
    sent = form(update, "An hour of words.")
    decide(digest, update, INCLUDED)
    before = everything()

    edit = as_editor.post(WHERE, sent)
    page = parsed(edit)
    row = f"{SECOND}updates/{ANCHOR}/"
    moved = as_editor.post(f"{row}position/", {"after": "team-data", "seen": 1}, follow=True)
    told = as_editor.post(f"{row}decision/", {"decision": "left_out", "seen": 1}, follow=True)

    gone = (
        "This update is no longer held over into this digest: another editor decided so on the "
        "desk of the digest of 11 to 15 May 2026."
    )
    assert (edit.status_code, page.select_one("[name=s0-text]").text.strip()) == (
        422,
        "An hour of words.",
    )
    assert list(errors_of(page).values()) == [
        f"{gone} Edit it there. Your words were not saved: copy what you need."
    ]
    assert as_editor.get(page.select_one(".savebar a")["href"]).status_code == 200
    assert (as_editor.get(WHERE).status_code, everything()) == (404, before)
    assert [spoken(parsed(one).select_one(".flash")) for one in (moved, told)] == [
        "The update beside it is no longer in the digest.",
        gone,
    ]


@pytest.mark.parametrize("then", [None, HELD, LEFT_OUT, "published"])
def test_desk_that_holds_it_over_names_no_digest_that_cannot_edit_it(
    as_editor: Client, digest: Digest, update: Update, then: str | None
) -> None:
    decide(digest, update, HELD)
    if then:
        following = next_digest()
        start(following)
        if then == "published":
            put_out(following)
        else:
            decide(following, update, then)

    page = parsed(as_editor.get(f"{FIRST}updates/team-web/"))

    can_be_edited = then == LEFT_OUT
    assert len(page.select(".banner a")) == can_be_edited
    assert as_editor.get(WHERE).status_code == (200 if can_be_edited else 302 if then else 404)
