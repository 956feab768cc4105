"""The note, sent when another editor has published its digest: refused, and handed back."""

import pytest
from django.test import Client

from tests.weeknotes.browse import errors_of, read, sent_by, spoken
from tests.weeknotes.week import editor, open_digest, put_out, saying, write_note
from weeknotes.updates.models import Update

NOTE = "/desk/2026-05-18/note/"
PUBLISHED = (
    "Di Rector published this digest on Monday 18 May at 9am. "
    "It can no longer be changed, only corrected."
)


def test_note_leads_back_to_the_desk(as_editor: Client) -> None:
    write_note(open_digest())

    back = read(as_editor.get(NOTE)).select_one(".back a")

    assert (spoken(back), back["href"]) == ("The desk", "/desk/2026-05-18/")


def test_note_that_comes_too_late_is_handed_back(as_editor: Client) -> None:
    digest = open_digest()
    write_note(digest, "A good week.")
    typed = {**sent_by(read(as_editor.get(NOTE))), "do": "save"}
    put_out(digest)

    answer = as_editor.post(NOTE, {**typed, "s0-text": "An hour of words."})

    page = read(answer)
    assert answer.status_code == 422
    assert list(errors_of(page).values()) == [
        f"{PUBLISHED} Your words are not saved: copy them, and correct the digest on its desk."
    ]
    assert page.select_one("[name=s0-text]").text.strip() == "An hour of words."
    assert Update.objects.get().latest.document == saying("A good week.")


def test_note_sent_again_once_it_is_published_is_saved_as_it_was(as_editor: Client) -> None:
    digest = open_digest()
    write_note(digest)
    typed = {**sent_by(read(as_editor.get(NOTE))), "do": "save"}
    put_out(digest)

    answer = as_editor.post(NOTE, typed)

    assert answer.url == NOTE
    assert as_editor.get(NOTE).url == "/desk/2026-05-18/"
    assert Update.objects.get().latest.made_by == editor()


@pytest.mark.parametrize("form", ["note", "details"])
def test_form_asked_for_once_it_is_published_leads_to_the_desk_and_says_why(
    as_editor: Client, form: str
) -> None:
    digest = open_digest()
    write_note(digest)
    put_out(digest)

    page = read(as_editor.get(f"/desk/2026-05-18/{form}/", follow=True))

    assert [spoken(told) for told in page.select(".flash li")] == [PUBLISHED]
    assert spoken(page.h1) == "The desk: 11 to 15 May 2026"
