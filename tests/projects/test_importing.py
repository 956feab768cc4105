"""Projects come in from a spreadsheet's file, with their owners."""

import csv
import threading
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ddat import clock
from people.importing.admin import ImportsTables
from people.models import Event, User
from projects.importing import ProjectResource
from projects.models import Project, ProjectPost
from tests.factories import ProjectFactory, ProjectPostFactory, TeamFactory, UserFactory
from tests.meanwhile import meeting
from tests.people.conftest import person
from tests.people.test_importing import confirm, counts, refused, sent, told

pytestmark = pytest.mark.django_db

LIST = "/admin/projects/project/"
PAGE = f"{LIST}import/"


@pytest.fixture
def admin() -> User:
    return person("Ada", "Min", role="admin")


@pytest.fixture
def as_admin(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def owner(project: Project) -> User | None:
    post = project.posts.holders().held_on(clock.today()).first()
    return post and post.person


def test_projects_are_added_with_their_owners(as_admin: Client, admin: User) -> None:
    team = TeamFactory(name="Web team", short_name="Web")
    sam = UserFactory(email="sam@council.example")
    text = (
        "code,name,team,owner,paused until\n"
        "PR910B,Intune,web,SAM@council.example,29/05/2026\n"
        ",Telephony,WEB TEAM,,\n"
    )

    preview = sent(as_admin, text, PAGE)
    here = Project.objects.count()
    done = confirm(as_admin, preview, PAGE)

    intune, telephony = Project.objects.order_by("name")
    assert (here, counts(preview), told(done)) == (0, [2, 0, 0, 0], ["2 projects added."])
    assert (intune.house_heading, intune.team, intune.paused_until, owner(intune)) == (
        "PR910B Intune",
        team,
        date(2026, 5, 29),
        sam,
    )
    assert (telephony.slug, telephony.paused_until, owner(telephony)) == ("telephony", None, None)
    assert list(Event.objects.values_list("verb", "kind", "by")) == [
        ("added", "project", admin.pk),
        ("appointed", "projectpost", admin.pk),
        ("added", "project", admin.pk),
    ]


def test_projects_are_matched_by_code_then_by_name(as_admin: Client) -> None:
    sam, kim = UserFactory(email="sam@b.example"), UserFactory(email="kim@b.example")
    coded = ProjectFactory(name="Old name", code="PR1")
    named = ProjectFactory(name="Telephony")
    ProjectPostFactory(project=named, person=sam)
    same = ProjectFactory(name="Same", code="PR3")

    preview = sent(
        as_admin,
        "code,name,owner\npr1,New name,\nPR2,TELEPHONY,kim@b.example\nPR3,,\n",
        PAGE,
    )
    confirm(as_admin, preview, PAGE)

    for project in (coded, named, same):
        project.refresh_from_db()
    assert counts(preview) == [0, 2, 1, 0]
    assert (coded.name, coded.code) == ("New name", "pr1")
    assert (named.name, named.code, owner(named)) == ("TELEPHONY", "PR2", kim)
    assert Project.objects.count() == 3
    assert [(post.person, post.ends_on) for post in ProjectPost.objects.order_by("pk")] == [
        (sam, clock.today()),
        (kim, None),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",New,,", "The team is missing. A new project needs one."),
        ("PR9,,Web,", "The name is missing, and no project here has this code."),
        (",New,Nowhere,",
         "There is no team “Nowhere”. Check its name, or add the team first."),
        (",New,Web,nobody@b.example",
         "Nobody here has the address “nobody@b.example”. Check it, or add the person first."),
        (",New,Web,gone@b.example", "Gone Away has left. Choose an owner who works here."),
        (",New,Web,,soon", "“soon” is no day. Write it like 29/05/2026."),
        (",New,Web,,31/02/2026", "“31/02/2026” is no day. Write it like 29/05/2026."),
        ("PR1,Other,Web,",
         "The code is that of “Coded”, and the name that of another project. "
         "Put one of them right."),
        ("PR7,Coded,Web,",
         "“Coded” is here with the code “PR1”. "
         "Write that code, or change it on the project’s page first."),
        (",Twice,,", "2 projects are called “Twice”. Change this one on its own page."),
        (",Closed,Web,", "Closed is closed. Reopen it on its page first."),
        (",Later,,kim@b.example",
         "Kim Late began on 1 January 2099. Choose that day or a later one."),
        (f"{'x' * 21},New,Web,", "The code has more than 20 letters. Shorten it."),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_the_reason(
    as_admin: Client, admin: User, row: str, reason: str
) -> None:
    web = TeamFactory(name="Web")
    ProjectFactory(name="Coded", code="PR1", team=web)
    for name in ("Other", "Twice", "twice"):
        ProjectFactory(name=name, team=web)
    ProjectFactory(name="Closed").close(by=admin)
    late = UserFactory(email="late@b.example", forename="Kim", surname="Late")
    ProjectPostFactory(
        project=ProjectFactory(name="Later"), person=late, starts_on=date(2099, 1, 1)
    )
    UserFactory(email="kim@b.example")
    UserFactory(email="gone@b.example", forename="Gone", surname="Away", leaves_on=date(2026, 1, 1))
    before = list(Project.objects.order_by("pk").values())

    preview = sent(as_admin, f"code,name,team,owner,paused_until\n{row}\n", PAGE)

    assert refused(preview) == [f"Row 2: {reason}"]
    assert list(Project.objects.order_by("pk").values()) == before


def test_a_code_or_name_told_twice_is_refused_the_second_time(as_admin: Client) -> None:
    TeamFactory(name="Web")

    preview = sent(
        as_admin, "code,name,team\nPR1,One,Web\npr1,Two,Web\n,ONE,Web\nPR2,Three,Web\n", PAGE
    )

    assert counts(preview) == [2, 0, 0, 2]
    assert refused(preview) == [
        "Row 3: “pr1” is in row 2 already. Keep one of the two rows.",
        "Row 4: “ONE” is in row 2 already. Keep one of the two rows.",
    ]


def test_preview_costs_the_same_per_row(as_admin: Client) -> None:
    TeamFactory(name="Web")
    UserFactory(email="sam@b.example")

    def queries(rows: int) -> int:
        lines = [f"P{rows}-{n},Project {rows} {n},Web,sam@b.example" for n in range(rows)]
        with CaptureQueriesContext(connection) as caught:
            preview = sent(as_admin, "\n".join(["code,name,team,owner", *lines]), PAGE)
        assert counts(preview) == [rows, 0, 0, 0]
        return len(caught)

    assert queries(11) - queries(1) == 2 * (queries(8) - queries(3))


def test_confirming_twice_makes_no_twins(as_admin: Client) -> None:
    TeamFactory(name="Web")
    preview = sent(as_admin, "name,team\nOne,Web\n", PAGE)

    confirm(as_admin, preview, PAGE)
    again = confirm(as_admin, preview, PAGE)

    assert Project.objects.count() == 1
    assert told(again)[-1] == "Everything in the file is here already. Nothing was changed."


def test_what_is_taken_out_can_be_brought_in_again(as_admin: Client, admin: User) -> None:
    sam = UserFactory(email="sam@b.example")
    ProjectPostFactory(
        project=ProjectFactory(name="=One", code="PR1", paused_until=date(2026, 5, 29)), person=sam
    )
    ProjectFactory(name="Two")

    taken = as_admin.post(
        f"{LIST}?q=o",
        {"action": "export_selected", "select_across": "1", "index": "0", "_selected_action": "0"},
    )
    preview = sent(as_admin, taken.content, PAGE)

    rows = list(csv.DictReader(StringIO(taken.content.decode("utf-8-sig"), newline="")))
    assert [(row["name"], row["owner"], row["paused_until"]) for row in rows] == [
        ("'=One", "sam@b.example", "2026-05-29"),
        ("Two", "", ""),
    ]
    assert counts(preview) == [0, 0, 2, 0]
    event = Event.objects.latest("id")
    assert (event.by, event.verb, event.kind, event.name) == (
        admin,
        "exported",
        "projects",
        "projects, 2 rows (q: o)",
    )


def let_meet(monkeypatch: pytest.MonkeyPatch, *, is_held: bool) -> None:
    """Let whoever has read which projects there are wait for the other to have read it too."""
    wait = meeting(is_held=is_held)
    # What import-export asks between reading what there is and the first row.
    monkeypatch.setattr(ProjectResource, "_check_import_id_fields", lambda *_: wait())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_two_who_confirm_at_one_moment_make_no_twins(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    TeamFactory(name="Web")
    # One name in any case, but two slugs: no constraint keeps them apart.
    names = ["Straße", "Strasse"]
    previews = [sent(as_admin, f"name,team\n{name},Web\n", PAGE) for name in names]
    let_meet(monkeypatch, is_held=is_guarded)
    if not is_guarded:
        # Neither the transaction, which lets SQLite's writers in one by one, nor PostgreSQL's lock.
        monkeypatch.setattr(ImportsTables, "_wait_for_others", lambda pages: None)
        monkeypatch.setattr(ImportsTables, "_run", ImportsTables._run.__wrapped__)

    def press(preview: Any) -> None:
        browser = Client()
        browser.cookies = as_admin.cookies
        confirm(browser, preview, PAGE)
        connection.close()

    threads = [threading.Thread(target=press, args=[preview]) for preview in previews]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Project.objects.count() == (1 if is_guarded else 2)
