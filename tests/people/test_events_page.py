"""The record as admins and editors read it."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ddat import clock
from ddat.settings import BASE_DIR
from people.admin.exporting import ExportsTable
from people.events.words import KINDS, VERBS, said
from people.models import Event, User
from tests.factories import MORNING, EventFactory

pytestmark = pytest.mark.django_db

PAGE = "/events/"
LATE = datetime(2026, 5, 11, 23, 30, tzinfo=UTC)  # half past midnight on the 12th in London


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def told(response) -> list[str]:
    return [" ".join(row.p.get_text().split()) for row in soup(response).select(".rows li")]


@pytest.fixture
def three(admin: User, director: User) -> None:
    """Three events; the cast's own grants are none, as the factory makes them without the verb."""
    EventFactory(by=admin, verb="granted", name="Di Rector, editor", at=MORNING)
    EventFactory(by=director, verb="published", kind="digest", name="11 to 15 May 2026", at=LATE)
    EventFactory(by=director, verb="closed", kind="project", name="<b>Old</b> & שלום",
                 at=LATE + timedelta(days=9))  # fmt: skip


def test_events_are_told_newest_first_under_their_days(as_admin: Client, three: None) -> None:
    response = as_admin.get(PAGE)

    assert told(response) == [
        "Di Rector closed the project <b>Old</b> & שלום",
        "Di Rector published the digest 11 to 15 May 2026",
        "Ada Min gave a role: Di Rector, editor",
    ]
    assert [h.get_text() for h in soup(response).select("section h2")] == [
        "Thursday 21 May 2026",
        "Tuesday 12 May 2026",
        "Monday 11 May 2026",
    ]


def test_editors_and_admins_alone_may_read_them(
    admin: User, director: User, contributor: User, superuser: User
) -> None:
    def answers(user: User) -> tuple[int, int]:
        client = Client()
        client.force_login(user)
        return client.get(PAGE).status_code, client.post(f"{PAGE}export/").status_code

    assert {user.forename: answers(user) for user in (admin, director, contributor, superuser)} == {
        "Ada": (200, 200),
        "Di": (200, 200),
        "Con": (404, 404),
        "Su": (404, 404),
    }


def test_leavers_and_renamed_people_still_read_well(as_admin: Client, director: User) -> None:
    EventFactory(by=director, verb="published", kind="digest", name="Digest")
    User.objects.filter(pk=director.pk).update(leaves_on=clock.today(), surname="Renamed")

    assert told(as_admin.get(PAGE)) == ["Di Renamed published the digest Digest"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("verb=published", ["11 to 15 May 2026"]),
        ("kind=rolegrant", ["Di Rector, editor"]),
        ("from_day=2026-05-12", ["<b>Old</b> & שלום", "11 to 15 May 2026"]),
        ("to_day=2026-05-11", ["Di Rector, editor"]),
        ("from_day=2026-05-12&to_day=2026-05-12", ["11 to 15 May 2026"]),
        ("words=RECTOR", ["Di Rector, editor"]),
        ("words=nothing", []),
        ("to_day=9999-12-31", ["<b>Old</b> & שלום", "11 to 15 May 2026", "Di Rector, editor"]),
        ("from_day=0001-01-01", ["<b>Old</b> & שלום", "11 to 15 May 2026", "Di Rector, editor"]),
    ],
)
def test_record_is_narrowed(as_admin: Client, three: None, query: str, names: list[str]) -> None:
    page = as_admin.get(f"{PAGE}?{query}").context["page"]

    assert [event.name for event in page.object_list] == names


def test_record_is_narrowed_to_a_person(as_admin: Client, three: None, admin: User) -> None:
    response = as_admin.get(f"{PAGE}?by={admin.pk}")

    offered = [option.get_text() for option in soup(response).select("#id_by option")]
    assert offered == [
        "Anybody",
        "Ada Min (ada@council.example)",
        "Di Rector (di@council.example)",
    ]
    assert told(response) == ["Ada Min gave a role: Di Rector, editor"]


@pytest.mark.parametrize(
    "query",
    [
        *("by=9999999999999999999999", "by=x", "by=%00", f"by={'9' * 5000}", "verb=nonsense"),
        *("kind=%ff", "from_day=2026-13-45", "words=%00", f"words={'x' * 500}", "page=-9"),
        *("page=99999999999999999999", "from_day=99999-01-01", "words=%25_%5C", "by=-1"),
    ],
)
def test_odd_questions_break_nothing(as_admin: Client, three: None, query: str) -> None:
    can_be_read = not as_admin.get(f"{PAGE}?{query}").context["form"].errors
    assert as_admin.post(f"{PAGE}export/?{query}").status_code == (200 if can_be_read else 302)


def test_filter_that_cannot_be_read_gives_no_file(as_admin: Client, three: None) -> None:
    taken = Event.objects.count()

    response = as_admin.post(f"{PAGE}export/?from_day=someday&verb=closed", follow=True)

    assert response.redirect_chain == [(f"{PAGE}?from_day=someday&verb=closed", 302)]
    error = soup(response).select_one(".govuk-error-message")
    assert " ".join(error.get_text().split()) == "Error: Enter a day, like 18/05/2026"
    assert Event.objects.count() == taken


@pytest.mark.parametrize(
    ("query", "title"), [("", "Nothing has been done yet."), ("?words=x", "No event matches.")]
)
def test_empty_record_says_so(as_admin: Client, query: str, title: str) -> None:
    page = soup(as_admin.get(f"{PAGE}{query}"))

    assert page.select_one(".empty .what").get_text() == title


def test_record_is_paged_with_its_filter(as_admin: Client, admin: User) -> None:
    EventFactory.create_batch(51, by=admin, verb="published", kind="digest")

    page = soup(as_admin.get(f"{PAGE}?verb=published"))

    assert len(page.select(".rows li")) == 50
    assert page.select_one(".pages a")["href"] == "?verb=published&page=2"


@pytest.mark.parametrize(
    ("query", "action", "words"),
    [
        ("", "/events/export/", "Download all as CSV"),
        ("?verb=closed&page=1", "/events/export/?verb=closed", "Download these as CSV"),
    ],
)
def test_file_is_of_what_is_shown(
    as_admin: Client, three: None, query: str, action: str, words: str
) -> None:
    form = soup(as_admin.get(f"{PAGE}{query}")).select_one("form.take")

    assert (form["action"], form.button.get_text()) == (action, words)
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"] != ""


def test_record_costs_the_same_however_long_it_is(as_admin: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            as_admin.get(PAGE)
        return len(caught)

    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            EventFactory()
        counts.append(queries())

    assert counts == [counts[0]] * 3


def test_record_is_taken_as_csv_and_that_is_written_down(
    as_admin: Client, three: None, admin: User
) -> None:
    EventFactory(by=admin, verb="closed", kind="project", name="=1+1", at=MORNING)

    response = as_admin.post(f"{PAGE}export/?kind=project&from_day=2026-05-01&words=&page=3")

    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["When (London)", "Who", "Email", "Did what", "Kind of thing", "Name"],
        ["2026-05-21 00:30:00+01:00", "Di Rector", "di@council.example", "closed the project",
         "project", "<b>Old</b> & שלום"],
        ["2026-05-11 10:00:00+01:00", "Ada Min", "ada@council.example", "closed the project",
         "project", "'=1+1"],
    ]  # fmt: skip
    event = Event.objects.latest("id")
    assert (event.by, event.verb, event.kind, event.name) == (
        admin,
        "exported",
        "events",
        "events, 2 rows (To what: Project, From: 1 May 2026)",
    )


def test_every_verb_of_the_house_has_words() -> None:
    written = {
        verb
        for app in ("people", "projects", "weeknotes")
        for path in (BASE_DIR / app).rglob("*.py")
        for verb in re.findall(r'\bverb=f?"([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert {verb for verb in written if "{" not in verb} - set(VERBS) == set()


def test_every_list_that_is_taken_out_can_be_asked_for() -> None:
    in_admin = {
        str(admin.opts.verbose_name_plural)
        for admin in site._registry.values()
        if isinstance(admin, ExportsTable)
    }
    taken = {*in_admin, "events", "projects"}

    assert {kind: KINDS[kind] for kind in taken} == {
        "people": "list of people",
        "projects": "list of projects",
        "events": "list of events",
    }


@pytest.mark.parametrize(
    ("verb", "kind", "name", "sentence"),
    [
        ("granted", "rolegrant", "Di, editor", "gave a role: Di, editor"),
        ("ended", "rolegrant", "Di, editor", "ended a role: Di, editor"),
        ("ended", "teampost", "Di, lead of Web", "ended the post of Di, lead of Web"),
        ("said no update for", "update", "Web", "said there is no update for Web"),
        ("opened", "digest", "Digest of 1 to 5 June", "opened the digest of 1 to 5 June"),
        ("opened", "digest", "A new start", "opened the digest A new start"),
        ("exported", "people", "people, 3 rows", "downloaded as a CSV file: people, 3 rows"),
        ("juggled", "digest", "June", "juggled the digest June"),
        ("juggled", "pancake", "June", "juggled June"),
    ],
)
def test_what_was_done_reads_as_words(verb: str, kind: str, name: str, sentence: str) -> None:
    assert " ".join(said(verb, kind, name)) == sentence
