"""The list of digests, and opening one."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from ddat.clock import LONDON
from tests.weeknotes.browse import dangling, errors_of, read, sent_by, spoken, with_changes
from tests.weeknotes.week import DEADLINE, editor, open_digest, put_out, write_note
from weeknotes.desk import composing
from weeknotes.desk.forms import OpeningForm
from weeknotes.digests.models import Digest, DigestState

pytestmark = pytest.mark.django_db

FORM = "main form"


def test_empty_desk_offers_to_open_a_digest(as_editor: Client) -> None:
    page = read(as_editor.get("/desk/"))

    assert spoken(page.select_one(".empty .what")) == "No digest is open."
    assert page.select_one(".card a")["href"] == "/desk/new/"


def test_desk_lists_what_is_in_the_making_and_what_is_out(as_editor: Client) -> None:
    first = open_digest()
    write_note(first)
    put_out(first, title="Waffles")
    second = open_digest(weeks=1)
    composing.start_composing(digest=second, by=editor())
    third = open_digest(weeks=2)

    page = read(as_editor.get("/desk/"))

    making, published = page.select(".sheet section")
    assert [(a["href"], a.text) for a in making.select("a")] == [
        ("/desk/2026-05-25/", second.period),
        ("/desk/2026-06-01/", third.period),
    ]
    assert [spoken(p) for p in making.select(".was")] == [
        "Composing, due out on Monday 25 May, deadline Friday 22 May at 11am",
        "Collecting, due out on Monday 1 June, deadline Friday 29 May at 11am",
    ]
    assert [a["href"] for a in published.select("a")] == ["/desk/2026-05-18/"]
    assert spoken(published.li) == "11 to 15 May 2026 Waffles"


def test_while_one_collects_the_next_waits(as_editor: Client) -> None:
    open_digest()

    card = read(as_editor.get("/desk/")).select_one(".card")
    page = read(as_editor.get("/desk/new/"))

    assert [a["href"] for a in card.select("a")] == ["/desk/2026-05-18/"]
    assert page.select(FORM) == []
    assert "11 to 15 May 2026 is still collecting." in spoken(page.main)


def test_only_the_latest_ten_published_are_listed(as_editor: Client) -> None:
    for week in range(12):
        digest = open_digest(weeks=week)
        write_note(digest)
        put_out(digest)

    page = read(as_editor.get("/desk/"))

    links = page.select("section li a")
    assert len(links) == 10
    assert links[0]["href"] == f"/desk/{digest.slug}/"
    assert page.select_one("[aria-labelledby=published-h] > p a")["href"] == "/digests/"

    latest = [digest.pk for digest in Digest.objects.newest_first()[:2]]
    Digest.objects.filter(pk__in=latest).update(state=DigestState.WITHDRAWN)

    page = read(as_editor.get("/desk/"))
    assert page.select("[aria-labelledby=published-h] > p") == []
    assert len(page.select("[aria-labelledby=withdrawn-h] li")) == 2


@pytest.mark.parametrize("weeks", [1, 9])
def test_desk_costs_the_same_however_many(
    as_editor: Client, weeks: int, django_assert_num_queries: Any
) -> None:
    for week in range(weeks):
        digest = open_digest(weeks=week)
        composing.start_composing(digest=digest, by=editor())

    with django_assert_num_queries(5):
        as_editor.get("/desk/")


def test_form_begins_with_this_week(as_editor: Client, time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 5, 13, 9, tzinfo=LONDON))

    page = read(as_editor.get("/desk/new/"))

    assert sent_by(page, FORM) == {
        "covers_from": "2026-05-11",
        "covers_to": "2026-05-15",
        "deadline_on": "2026-05-15",
        "deadline_time": "11:00",
        "due_on": "2026-05-18",
    }


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (datetime(2026, 5, 11, 0, 30, tzinfo=LONDON), "2026-05-11"),  # still Sunday in UTC
        (datetime(2026, 5, 15, 10, 59, tzinfo=LONDON), "2026-05-11"),
        (datetime(2026, 5, 15, 11, tzinfo=LONDON), "2026-05-18"),
        (datetime(2026, 5, 17, 23, 30, tzinfo=LONDON), "2026-05-18"),  # a Sunday
        (datetime(2026, 11, 22, 9, tzinfo=LONDON), "2026-11-23"),  # a Sunday in winter
    ],
)
def test_proposed_deadline_is_ahead(
    as_editor: Client, now: datetime, monday: str, time_machine: Any
) -> None:
    time_machine.move_to(now)

    proposed = OpeningForm.initial_after(None)
    as_editor.post("/desk/new/", sent_by(read(as_editor.get("/desk/new/")), FORM))

    digest = Digest.objects.get()
    assert (proposed["covers_from"].isoformat(), digest.covers_from.isoformat()) == (monday, monday)
    assert digest.deadline_at > now


def test_after_a_pause_the_proposed_week_is_no_past_one(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 9, 2, 9, tzinfo=LONDON))

    proposed = OpeningForm.initial_after(Digest(covers_to=date(2026, 7, 24)))

    assert proposed["covers_from"] == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("last_day", "monday"),
    [
        (date(2026, 5, 15), date(2026, 5, 18)),  # a Friday
        (date(2026, 5, 17), date(2026, 5, 18)),  # a Sunday
        (date(2026, 5, 18), date(2026, 5, 25)),  # a Monday
    ],
)
def test_next_digest_begins_with_the_working_week_after_the_last(
    last_day: date, monday: date, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 5, 13, 9, tzinfo=LONDON))
    last = Digest(covers_to=last_day)

    assert OpeningForm.initial_after(last)["covers_from"] == monday


def test_opening_leads_to_the_digest(as_editor: Client) -> None:
    sent = sent_by(read(as_editor.get("/desk/new/")), FORM)
    days = {"covers_from": "2026-12-28", "covers_to": "8 January 2027", "due_on": "11/01/2027"}

    response = as_editor.post(
        "/desk/new/", {**sent, **days, "deadline_on": "2027-01-08", "deadline_time": "11am"}
    )

    digest = Digest.objects.get()
    assert response.url == "/desk/2027-01-11/"
    assert (digest.period, digest.deadline_at) == (
        "28 December 2026 to 8 January 2027",
        datetime(2027, 1, 8, 11, tzinfo=LONDON),
    )
    page = read(as_editor.get(response.url))
    assert (
        spoken(page.select_one(".flash")) == "Open for updates until Friday 8 January 2027 at 11am."
    )


DAYS = {
    "covers_from": "2026-05-11",
    "covers_to": "2026-05-15",
    "deadline_on": "2026-05-15",
    "deadline_time": "11:00",
    "due_on": "2026-05-18",
}


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"covers_to": "2026-05-10"}, "covers_to", "“Covers to” comes before “Covers from”."),
        ({"due_on": "2026-05-10"}, "due_on", "“Due out on” comes before “Covers from”."),
        ({"deadline_on": "2026-05-19"}, "deadline_on", "“Deadline day” comes after “Due out on”."),
        ({"deadline_time": "25:00"}, "deadline_time", "Enter “Deadline time” as a time"),
        ({"deadline_time": ""}, "deadline_time", "Enter “Deadline time”"),
        ({"due_on": ""}, "due_on", "Enter “Due out on”"),
        ({"covers_from": "soon"}, "covers_from", "Enter “Covers from” as a day"),
        ({"covers_from": "1026-05-11"}, "covers_from", "Enter a day between the years 2000 and"),
        ({"due_on": "2126-05-11"}, "due_on", "Enter a day between the years 2000 and 2099"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    as_editor: Client, changes: dict, field: str, message: str
) -> None:
    response = as_editor.post("/desk/new/", with_changes(DAYS, **changes))

    page = read(response)
    assert response.status_code == 422
    assert page.title.text.strip().startswith("Error: Open a digest")
    assert list(errors_of(page)) == [f"#id_{field}"]
    assert errors_of(page)[f"#id_{field}"].startswith(message)
    assert dangling(page) == []
    assert Digest.objects.count() == 0
    if "soon" not in changes.values():  # a calendar shows no words
        assert sent_by(page, FORM)[field] == changes[field]


def test_refusal_is_said_and_everything_kept(as_editor: Client) -> None:
    open_digest()
    typed = with_changes(DAYS, due_on="2026-05-19")

    response = as_editor.post("/desk/new/", typed)

    page = read(response)
    assert response.status_code == 422
    assert list(errors_of(page).values()) == [
        "Another digest is still collecting. Start composing it before you open the next."
    ]
    assert sent_by(page, FORM) == typed


def test_opening_sent_twice_is_one_opening(as_editor: Client) -> None:
    answers = [as_editor.post("/desk/new/", DAYS) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/desk/2026-05-18/"] * 2
    assert Digest.objects.count() == 1


def test_deadline_is_a_london_time(as_editor: Client) -> None:
    as_editor.post("/desk/new/", DAYS)

    assert Digest.objects.get().deadline_at == DEADLINE
