"""Loading the demonstration: when it may be, who is in it, and the times of what happened."""

import tomllib
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client

from ddat import clock
from ddat.clock import LONDON
from people.models import Event, Team, User
from projects.models import Project
from tests.factories import UserFactory
from weeknotes.demo.cast import AUTHORS, HANDED_OVER_ON, INVENTED
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import expected_in
from weeknotes.publications.facts import PublishedByline
from weeknotes.reactions.models import Reaction, ReactionCount
from weeknotes.updates.models import Revision, Update

pytestmark = pytest.mark.django_db

TOML = Path(__file__).parents[3] / "weeknotes" / "demo" / "seeds"
WROTE = {f"{forename} {surname}" for forename, surname, _ in AUTHORS}
INVENTED_PEOPLE = {f"{forename} {surname}" for forename, surname, _, _ in INVENTED}


def seed(name: str) -> dict[str, Any]:
    return tomllib.loads((TOML / f"{name}.toml").read_text(encoding="utf-8"))


def london(at: datetime) -> datetime:
    return at.replace(tzinfo=LONDON)


# When it may be loaded


def test_without_demo_it_is_refused() -> None:
    with pytest.raises(CommandError, match="Set DEMO=1 to load the demonstration"):
        call_command("load_demo")

    assert User.objects.count() == 0


def test_where_there_are_people_it_is_refused(settings: Any) -> None:
    settings.DEMO = True
    UserFactory()

    with pytest.raises(CommandError, match="Use an empty one"):
        call_command("load_demo")

    assert (User.objects.count(), Digest.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 11, 20, 10, 59, tzinfo=LONDON), "16 to 20 November 2026"),
        (datetime(2026, 11, 20, 11, 1, tzinfo=LONDON), "23 to 27 November 2026"),
        (datetime(2026, 11, 22, 15, tzinfo=LONDON), "23 to 27 November 2026"),  # a Sunday
        (datetime(2026, 3, 29, 0, 30, tzinfo=LONDON), "30 March to 3 April 2026"),  # clocks change
        (datetime(2026, 12, 31, 23, 59, tzinfo=LONDON), "28 December 2026 to 1 January 2027"),
    ],
)
def test_it_loads_at_odd_hours(settings: Any, moment: datetime, monday: str) -> None:
    settings.DEMO = True

    with time_machine.travel(moment, tick=False):
        call_command("load_demo", verbosity=0)
        current = Digest.objects.get(state="collecting")

        assert current.period == monday
        assert current.deadline_at > clock.now()
        assert current.due_on == current.covers_from + timedelta(days=7)
        assert clock.time_of_day(current.deadline_at) == "11am"
        assert current.updates.reported().count() == 2


def test_it_says_that_it_is_loaded(settings: Any) -> None:
    settings.DEMO = True
    said = StringIO()

    call_command("load_demo", stdout=said)

    assert said.getvalue() == "The demonstration is loaded.\n"


# Who is in it


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("account", "rights", "owns"),
    [
        ("director", (True, False), (0, 0)),
        ("admin", (False, True), (0, 0)),
        ("reader", (False, False), (0, 0)),
        ("contributor", (False, False), (0, 3)),
        ("lead", (False, False), (1, 0)),
    ],
)
def test_accounts_sign_in_with_their_rights(
    client: Client, settings: Any, account: str, rights: tuple, owns: tuple
) -> None:
    settings.DEMO = True
    typed = {"login": f"{account}@ddat.example", "password": "weeknotes"}

    answer = client.post("/account/sign-in/", typed)

    person = User.objects.get(email=typed["login"])
    after = HANDED_OVER_ON + timedelta(days=1)
    posts = [Team.objects.written_by(person, after), Project.objects.written_by(person, after)]
    if account == "director":  # who leads what has no other lead
        posts[0] = posts[0].filter(is_reporting=True)
    assert (answer.status_code, answer.url) == (302, "/")
    assert (person.is_editor, person.is_admin) == rights
    assert tuple(subjects.count() for subjects in posts) == owns


@pytest.mark.usefixtures("demo")
def test_every_team_has_its_people() -> None:
    listed = {
        team.name: sorted(person.name for person in team.people.all())
        for team in Team.objects.all()
    }

    assert listed == {
        "Digital, Data and Technology": ["Atika Mohammed", "Morgan Ellis", "Sam Okafor"],
        "Low code and web": ["Kevin Rowe", "Lee Grant"],
        "Digital Services team (DSt)": ["Priya Nair"],
        "Product and Delivery": ["Carol Osborne", "Ian Pavitt", "Jo Bennett"],
        "Workplace experience": ["Dev Patel"],
        "Product and Delivery – People Services": ["Mina Shah", "Steven Scott"],
    }


@pytest.mark.usefixtures("demo")
def test_without_demo_no_account_signs_in(client: Client, settings: Any) -> None:
    settings.DEMO = False
    typed = {"login": "director@ddat.example", "password": "weeknotes"}

    assert client.post("/account/sign-in/", typed).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
def test_authors_cannot_sign_in(client: Client, settings: Any) -> None:
    settings.DEMO = True
    authors = [person for person in User.objects.all() if person.name in WROTE]

    assert len(authors) == len(AUTHORS)
    assert [person.has_usable_password() for person in authors] == [False] * len(authors)
    for person in authors:
        typed = {"login": person.email, "password": "weeknotes"}
        assert client.post("/account/sign-in/", typed).status_code == 200


@pytest.mark.usefixtures("demo")
def test_five_accounts_and_no_more_have_a_password() -> None:
    able = [person.email for person in User.objects.all() if person.has_usable_password()]

    assert sorted(able) == [
        f"{name}@ddat.example" for name in ("admin", "contributor", "director", "lead", "reader")
    ]


@pytest.mark.usefixtures("demo")
def test_every_page_says_that_it_is_a_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = True
    client.force_login(User.objects.get(email="lead@ddat.example"))

    pages = [client.get(path).content for path in ("/", "/digests/", "/updates/", "/nowhere/")]

    assert [page.count(b"<b>Demonstration.</b>") for page in pages] == [1, 1, 1, 1]


# What was said, by whom and when


@pytest.mark.usefixtures("demo")
def test_two_digests_are_published_and_one_is_collecting() -> None:
    digests = Digest.objects.order_by("due_on")

    assert [(digest.slug, digest.period, digest.state) for digest in digests][:2] == [
        ("2024-12-20", "9 to 20 December 2024", "published"),
        ("2026-05-18", "11 to 15 May 2026", "published"),
    ]
    assert [digest.state for digest in digests][2:] == ["collecting"]


@pytest.mark.usefixtures("demo")
def test_current_digest_expects_eight_and_has_two() -> None:
    current = Digest.objects.get(state="collecting")
    handed_in = current.updates.reported().with_subject()

    assert len(expected_in(current)) == 8
    assert {update.subject.name: update.state for update in handed_in} == {
        "Low code and web": "submitted",
        "Data Governance Purview Pilot": "no_update",
    }


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["directors_note", "full_digest"])
def test_things_happened_at_the_seeds_times(name: str) -> None:
    typed = seed(name)
    digest = Digest.objects.get(slug=typed["due_on"].isoformat())
    publication = digest.publications.get()
    verbs = ("opened", "started composing", "changed details of", "published")
    events = Event.objects.filter(kind="digest", object_id=digest.pk, verb__in=verbs)

    assert {event.verb: event.at for event in events} == {
        "opened": london(typed["opened_at"]),
        "started composing": london(typed["composing_at"]),
        "changed details of": london(typed["note"]["at"]),
        "published": london(typed["published_at"]),
    }
    assert digest.deadline_at == london(typed["deadline_at"])
    assert publication.published_at == london(typed["published_at"])
    assert {entry.decided_at for entry in digest.entries.all()} <= {london(typed["composing_at"])}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", ["directors_note", "full_digest"])
def test_updates_were_written_by_their_authors_at_the_seeds_times(name: str) -> None:
    typed = seed(name)
    digest = Digest.objects.get(slug=typed["due_on"].isoformat())
    revisions = Revision.objects.filter(update__digest=digest, number=1)
    submitted = Event.objects.filter(
        kind="update", object_id__in=digest.updates.reported().values("pk"), by__isnull=False
    ).filter(verb__in=["submitted", "said no update for"])

    assert {(r.update.anchor, r.made_by.name, r.made_at) for r in revisions} == {
        ("note", typed["director"], london(typed["note"]["at"])),
        *((u["subject"], u["by"], london(u["at"])) for u in typed["updates"]),
    }
    assert sorted((event.by.name, event.at) for event in submitted) == sorted(
        (update["by"], london(update["at"])) for update in typed["updates"]
    )


@pytest.mark.usefixtures("demo")
def test_every_published_revision_is_sealed() -> None:
    published = Revision.objects.filter(update__digest__state="published")

    assert published.filter(sealed_at__isnull=True).count() == 0
    assert published.filter(update__is_note=False).exclude(sealed_at=F("made_at")).count() == 0


@pytest.mark.usefixtures("demo")
def test_only_authors_speak_in_what_was_published() -> None:
    made = Revision.objects.filter(update__digest__state="published")

    assert {revision.made_by.name for revision in made} == WROTE
    assert set(PublishedByline.objects.values_list("name", flat=True)) == WROTE


@pytest.mark.usefixtures("demo")
def test_only_invented_people_speak_after() -> None:
    updates = Update.objects.filter(digest__state="collecting")
    latest = Revision.objects.latest_of(updates)
    bylines = {line.name for revision in latest for line in revision.document.byline}

    assert {revision.made_by.name for revision in latest} | bylines == {"Lee Grant", "Mina Shah"}
    assert {reaction.person.name for reaction in Reaction.objects.all()} <= INVENTED_PEOPLE
    assert Reaction.objects.filter(reacted_at__lt=F("digest__deadline_at")).count() == 0


@pytest.mark.usefixtures("demo")
def test_nothing_was_done_by_an_author_after_the_handing_over() -> None:
    noon = datetime(2026, 5, 18, 12, tzinfo=LONDON)

    later = Event.objects.filter(at__gt=noon)

    assert {event.by.name for event in later} <= INVENTED_PEOPLE


@pytest.mark.usefixtures("demo")
def test_counts_of_reactions_are_their_rows() -> None:
    counted = sum(ReactionCount.objects.values_list("count", flat=True))

    assert (counted, Reaction.objects.count()) == (8, 8)


@pytest.mark.usefixtures("demo")
def test_people_who_write_now_start_from_the_templates(client: Client, settings: Any) -> None:
    settings.DEMO = True
    client.force_login(User.objects.get(email="contributor@ddat.example"))
    current = Digest.objects.get(state="collecting")

    page = client.get(f"/updates/{current.slug}/projects/onedrive-user-adoption/").content.decode()

    kinds = ["text", "outcomes", "metrics", "workstreams", "risks", "plans"]
    order = ",".join(f"s{place}:{kind}" for place, kind in enumerate(kinds))
    assert page.count(f'name="sections" value="{order}"') == 1
