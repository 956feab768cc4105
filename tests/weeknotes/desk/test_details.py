"""Changing a digest's title, summary and days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from ddat.clock import LONDON
from people.models import User
from tests.factories import RoleGrantFactory, UserFactory
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


def test_deadline_that_the_clocks_say_twice_is_the_first_and_no_clash(
    as_editor: Client, digest: Digest
) -> None:
    days = {"deadline_on": "2026-10-25", "deadline_time": "1:30am", "due_on": "2026-10-26"}

    assert as_editor.post(ADDRESS, {**opened(as_editor), **days}).status_code == 302
    again = {**opened(as_editor), "title": "Waffles"}
    assert as_editor.post(ADDRESS, again).status_code == 302
    digest.refresh_from_db()
    assert (digest.title, digest.deadline_at) == (
        "Waffles",
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    )


def test_deadline_that_the_clocks_leave_out_is_refused(as_editor: Client, digest: Digest) -> None:
    days = {"deadline_on": "2027-03-28", "deadline_time": "1:30am", "due_on": "2027-03-29"}

    response = as_editor.post(ADDRESS, {**opened(as_editor), **days})

    assert errors_of(read(response)) == {
        "#id_deadline_time": (
            "Clocks go forward from 1am to 2am that night. Enter a time before 1am or from 2am on"
        )
    }


@pytest.fixture
def bea(digest: Digest) -> User:
    """The other editor."""
    person = UserFactory(forename="Bea", surname="<b>Long</b>")
    return RoleGrantFactory(person=person, role="editor").person


def change(by: User, **changed: object) -> None:
    Digest.objects.get().set_details(seen={}, changed=changed, by=by, at=THURSDAY)


def details() -> tuple[str, str, date]:
    digest = Digest.objects.get()
    return digest.title, digest.summary, digest.due_on


def test_changes_of_different_details_are_both_saved(
    as_editor: Client, digest: Digest, bea: User
) -> None:
    sent = {**opened(as_editor), "summary": "Mine", "due_on": "2026-05-19"}
    change(bea, title="Theirs", covers_to=date(2026, 5, 14))

    assert as_editor.post(ADDRESS, sent).status_code == 302
    assert details() == ("Theirs", "Mine", date(2026, 5, 19))
    assert Digest.objects.get().covers_to == date(2026, 5, 14)


def test_what_both_changed_is_shown_side_by_side(
    as_editor: Client, digest: Digest, bea: User, time_machine: Any
) -> None:
    time_machine.move_to(THURSDAY)
    sent = {
        **opened(as_editor),
        "title": "Mine <i>",
        "summary": "My summary",
        "due_on": "2026-05-20",
        "covers_from": "2026-05-04",
    }
    change(bea, title="Theirs", summary="", due_on=date(2026, 5, 19), covers_to=date(2026, 5, 14))
    change(bea, summary="")

    response = as_editor.post(ADDRESS, sent)

    page = read(response)
    assert response.status_code == 409
    assert details() == ("Theirs", "", date(2026, 5, 19))
    assert spoken(page.select_one(".govuk-error-summary p")) == (
        "Bea <b>Long</b> changed these details at 9:12am, while you had them open. "
        "Nothing of either is lost yet: both are here below. Copy what you leave out if you may "
        "need it."
    )
    assert [[spoken(side) for side in pair.select(".sides > div")] for pair in pairs(page)] == [
        ["Yours Mine <i>", "Bea <b>Long</b>’s Theirs"],
        ["Yours 20 May 2026", "Bea <b>Long</b>’s 19 May 2026"],
    ]
    again = sent_by(page, FORM)
    assert {name: again[name] for name in ("title", "summary", "covers_from", "covers_to")} == {
        "title": "Mine <i>",
        "summary": "My summary",  # nobody else changed it
        "covers_from": "2026-05-04",
        "covers_to": "2026-05-14",  # changed by the other alone
    }

    unchosen = as_editor.post(ADDRESS, choosing(page, title="theirs"))
    shown = read(unchosen)
    assert unchosen.status_code == 422
    assert errors_of(shown) == {"#id_keep-due_on_0": "Choose which “Due out on” to keep"}
    assert dangling(shown) == []
    assert [spoken(side) for side in shown.select(".sides > div")] == [
        spoken(side) for side in page.select(".sides > div")
    ]
    assert details() == ("Theirs", "", date(2026, 5, 19))

    chosen = choosing(shown, title="theirs", due_on="mine")
    assert as_editor.post(ADDRESS, chosen).status_code == 302
    assert details() == ("Theirs", "My summary", date(2026, 5, 20))


def pairs(page: BeautifulSoup) -> list[Tag]:
    return page.select(".pair")


def choosing(page: BeautifulSoup, **choices: str) -> dict[str, Any]:
    """The page's form with these choices made."""
    asked = [tag["value"] for tag in page.select("[name=asked]")]
    chosen = {f"keep-{name}": choice for name, choice in choices.items()}
    return {**sent_by(page, FORM), **chosen, "asked": asked}


def test_mine_can_be_edited_while_it_is_chosen(
    as_editor: Client, digest: Digest, bea: User
) -> None:
    sent = {**opened(as_editor), "title": "Mine"}
    change(bea, title="Theirs")
    page = read(as_editor.post(ADDRESS, sent))

    as_editor.post(ADDRESS, {**choosing(page, title="mine"), "title": "Theirs and mine"})

    assert details()[0] == "Theirs and mine"


def test_a_third_change_while_choosing_is_shown_again(
    as_editor: Client, digest: Digest, bea: User
) -> None:
    sent = {**opened(as_editor), "title": "Mine"}
    change(bea, title="Theirs")
    page = read(as_editor.post(ADDRESS, sent))
    change(bea, title="Theirs again")

    response = as_editor.post(ADDRESS, choosing(page, title="mine"))

    assert response.status_code == 409
    assert details()[0] == "Theirs again"
    assert spoken(pairs(read(response))[0]).startswith("Title Yours Mine")


def test_what_cannot_be_while_choosing_keeps_the_choice(
    as_editor: Client, digest: Digest, bea: User
) -> None:
    sent = {**opened(as_editor), "deadline_time": "10:00"}
    change(bea, deadline_at=datetime(2026, 5, 15, 12, tzinfo=LONDON))
    page = read(as_editor.post(ADDRESS, sent))
    typed = {**choosing(page, deadline_at="theirs"), "covers_to": "soon", "deadline_time": "late"}

    response = as_editor.post(ADDRESS, typed)

    shown = read(response)
    assert response.status_code == 422
    assert dangling(shown) == []
    assert spoken(pairs(shown)[0]).startswith("Deadline Yours 2026-05-15 late")
    again = sent_by(shown, FORM)
    assert (again["covers_to"], again["deadline_time"]) == ("soon", "late")
    assert again["keep-deadline_at"] == "theirs"

    as_editor.post(ADDRESS, {**choosing(shown, deadline_at="theirs"), "covers_to": "2026-05-15"})
    assert Digest.objects.get().deadline_at == datetime(2026, 5, 15, 12, tzinfo=LONDON)


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
        "Di Rector published this digest on Monday 18 May at 9am. It can no longer be changed, "
        "only corrected."
    ]
    assert sent_by(page, FORM)["title"] == "Mine"
    assert page.select("main .btns button") == []


def test_published_details_are_not_offered(as_editor: Client, digest: Digest) -> None:
    write_note(digest)
    put_out(digest)

    assert as_editor.get(ADDRESS).url == "/desk/2026-05-18/"
