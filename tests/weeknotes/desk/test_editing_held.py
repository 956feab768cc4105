"""Editing what one digest holds over for the next, on the desk where it will print."""

import pytest
from django.test import Client

from tests.weeknotes.desk.edits import edited, everything, form, parsed
from tests.weeknotes.desk.holding import (
    ANCHOR,
    HELD,
    SECOND,
    composed,
    decide,
    next_digest,
    put_out,
    start,
)
from tests.weeknotes.week import editor, saying, team_of
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.updates.models import Update
from weeknotes.updates.writing import WritingRefused

pytestmark = pytest.mark.django_db
WHERE = f"{SECOND}updates/{ANCHOR}/edit/"


@pytest.fixture
def held() -> tuple[Update, Digest]:
    """Held over by a digest that is published since, and the one that is composed with it."""
    digest = composed(team_of(editor(), name="Web", house_order=1))
    update = digest.updates.get(team__slug="web", is_note=False)
    decide(digest, update, HELD)
    put_out(digest)
    following = next_digest()
    start(following)
    update.refresh_from_db()
    return update, following


def test_it_is_edited_where_it_will_print(as_editor: Client, held: tuple[Update, Digest]) -> None:
    update, following = held
    opened = parsed(as_editor.get(WHERE))
    assert opened.select_one("form#update")["action"] == WHERE

    answer = as_editor.post(WHERE, form(update, "Edited where it prints."))

    assert (answer.status_code, answer["Location"]) == (302, f"{SECOND}updates/{ANCHOR}/")
    documents = {piece.anchor: piece.document for piece in compose_article(following).pieces}
    assert documents[ANCHOR] == saying("Edited where it prints.")


def test_once_it_is_published_there_it_is_edited_nowhere(held: tuple[Update, Digest]) -> None:
    update, following = held
    put_out(following)
    before = everything()

    for digest in (following, update.digest):
        with pytest.raises(WritingRefused, match="only corrected"):
            edited(update, "Too late.", digest=digest)

    assert everything() == before
