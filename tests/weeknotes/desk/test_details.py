"""Changing a digest's title, summary and days."""

from datetime import date, datetime

import pytest
from django.test import Client

from ddat.clock import LONDON
from tests.weeknotes.browse import dangling, errors_of, read, sent_by, spoken
from tests.weeknotes.week import THURSDAY, editor, open_digest, put_out, write_note
from weeknotes.digests.models import Digest

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/2026-05-18/details/"
FORM = "main form"


@pytest.fixture
def digest() -> Digest:
    return open_digest()


def opened(client: Client) -> dict[str, str]:
    """What the form would send as it opens."""
    return sent_by(read(client.get(ADDRESS)), FORM)


def test_form_shows_what_stands(as_editor: Client, digest: Digest) -> None:
    digest.set_details(
        seen={}, changed={"title": "“Waffles”", "summary": "All of it."}, by=editor()
    )

    sent = opened(as_editor)

    assert {name: value for name, value in sent.items() if not name.startswith("seen-")} == {
        "title": "“Waffles”",
        "summary": "All of it.",
        "covers_from": "2026-05-11",
        "covers_to": "2026-05-15",
        "deadline_on": "2026-05-15",
        "deadline_time": "11:00",
        "due_on": "2026-05-18",
    }


def test_details_are_saved_clean_and_the_slug_stays(as_editor: Client, digest: Digest) -> None:
    typed = {
        "title": " A\u00a0bid\u200b ",
        "summary": "Two\r\nlines",
        "covers_from": "2026-05-04",
        "due_on": "2026-05-19",
        "deadline_on": "2026-05-18",
        "deadline_time": "9:30am",
    }

    response = as_editor.post(ADDRESS, {**opened(as_editor), **typed})

    digest.refresh_from_db()
    assert response.url == "/desk/2026-05-18/"
    assert (digest.title, digest.summary, digest.slug) == ("A bid", "Two lines", "2026-05-18")
    assert (digest.covers_from, digest.due_on) == (date(2026, 5, 4), date(2026, 5, 19))
    assert digest.deadline_at == datetime(2026, 5, 18, 9, 30, tzinfo=LONDON)


def test_details_are_saved_twice_in_a_row(as_editor: Client, digest: Digest) -> None:
    sent = {**opened(as_editor), "title": "Waffles"}

    assert as_editor.post(ADDRESS, sent).status_code == 302
    assert as_editor.post(ADDRESS, sent).status_code == 302
    assert as_editor.post(ADDRESS, {**opened(as_editor), "title": "Diaries"}).status_code == 302


def test_another_editors_change_is_shown_and_nothing_lost(
    as_editor: Client, digest: Digest
) -> None:
    sent = {**opened(as_editor), "title": "Mine", "summary": "My summary"}
    changed = {"title": "Theirs", "summary": "", "due_on": date(2026, 5, 19)}
    Digest.objects.get().set_details(seen={}, changed=changed, by=editor(), at=THURSDAY)

    response = as_editor.post(ADDRESS, sent)

    page = read(response)
    assert response.status_code == 409
    assert Digest.objects.get().title == "Theirs"
    assert next(iter(errors_of(page).values())).startswith("Somebody else changed these details")
    assert dangling(page) == []
    assert [spoken(dd) for dd in page.select(".card dd")] == [
        "Theirs",
        "None",
        "11 to 15 May 2026",
        "Friday 15 May at 11am",
        "Tuesday 19 May",
    ]
    again = sent_by(page, FORM)
    assert (again["title"], again["summary"], again["seen-title"]) == (
        "Mine",
        "My summary",
        "Theirs",
    )

    assert as_editor.post(ADDRESS, again).status_code == 302
    assert Digest.objects.get().title == "Mine"


def test_what_cannot_be_is_said_and_kept(as_editor: Client, digest: Digest) -> None:
    typed = {"title": "t" * 201, "summary": "s" * 601, "covers_to": "2026-05-01"}

    response = as_editor.post(ADDRESS, {**opened(as_editor), **typed})

    page = read(response)
    assert response.status_code == 422
    assert errors_of(page) == {
        "#id_title": "Shorten the title to 200 characters. It has 201 now.",
        "#id_summary": "Shorten the summary to 600 characters. It has 601 now.",
        "#id_covers_to": "“Covers to” comes before “Covers from”. Change one of them",
    }
    assert dangling(page) == []
    assert sent_by(page, FORM).items() >= typed.items()


@pytest.mark.parametrize("name", ["covers_from", "covers_to", "due_on", "deadline_at"])
@pytest.mark.parametrize("value", ["", "soon", "0001-01-01T00:00+23:00", "2026-05-18T09:00"])
def test_what_was_seen_has_to_be_readable(
    as_editor: Client, digest: Digest, name: str, value: str
) -> None:
    sent = {**opened(as_editor), f"seen-{name}": value}

    assert as_editor.post(ADDRESS, sent).status_code == 400


def test_published_details_stay(as_editor: Client, digest: Digest) -> None:
    sent = {**opened(as_editor), "title": "Mine"}
    write_note(digest)
    put_out(digest)

    response = as_editor.post(ADDRESS, sent)

    page = read(response)
    assert response.status_code == 409
    assert list(errors_of(page).values()) == [
        "This digest is published. It can no longer be changed."
    ]
    assert sent_by(page, FORM)["title"] == "Mine"
    assert page.select("main .btns button") == []


def test_published_details_are_not_offered(as_editor: Client, digest: Digest) -> None:
    write_note(digest)
    put_out(digest)

    assert as_editor.get(ADDRESS).url == "/desk/2026-05-18/"
