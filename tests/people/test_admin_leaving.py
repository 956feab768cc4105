"""The admin's two pages about leaving, and deleting somebody added by mistake."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client

from ddat import clock
from people.leaving import key_of, leave
from people.models import Event, TeamPost, User
from projects.models import Project
from tests.factories import (
    EventFactory,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
)
from weeknotes.content.document import Document
from weeknotes.content.kinds.text import TextSection
from weeknotes.digests.models import Digest
from weeknotes.reactions.models import Reaction
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/user/"
AWAY = [
    "Choose who takes it on, or tick that it stays vacant.",
    "Choose somebody or leave it vacant, not both.",
]
ODD = ["", "\x00", "9" * 30, "-1", "'\"><script>", "31/02/2026", "99999-01-01", "\u202e"]


@pytest.fixture
def digest(director: User) -> Digest:
    today = clock.today()
    return Digest.objects.open_digest(
        covers_from=today,
        covers_to=today + timedelta(days=4),
        due_on=today + timedelta(days=7),
        deadline_at=clock.now() + timedelta(days=5),
        by=director,
    )


def draft(digest: Digest, project: Project, by: User) -> None:
    document = Document(sections=(TextSection(text="Words."),))
    writing.save_draft(digest=digest, subject=project, document=document, version=0, by=by)


def page_of(client: Client, person: User) -> BeautifulSoup:
    response = client.get(f"{PEOPLE}{person.pk}/leaving/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def answers(page: BeautifulSoup, **given: Any) -> dict[str, str]:
    """What the page's form would send, with some answers given."""
    fields = page.select("#content-main input[name], #content-main select[name]")
    shown = {
        field["name"]: field.get("value", "")
        for field in fields
        if field.get("type") != "checkbox" and field["name"] != "csrfmiddlewaretoken"
    }
    return shown | given


def told(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [item.get_text() for item in page.select(".errorlist li, .messagelist li")]


def test_page_lists_all_that_is_left_open(
    as_admin: Client, contributor: User, digest: Digest
) -> None:
    RoleGrantFactory(person=contributor)
    TeamPostFactory(person=contributor, team__name="Web")
    post = ProjectPostFactory(person=contributor, project__name="Planning")
    draft(digest, post.project, contributor)

    page = page_of(as_admin, contributor)

    rows = [row.select_one("p") for row in page.select(".left-open .form-row")]
    assert [" ".join(row.get_text(" ", strip=True).split()) for row in rows] == [
        "Lead: Web",
        "Owner: Planning",
        f"Update (drafting): Planning, {digest.period}"
        " Goes with the team or project that it is about.",
        "Role: Editor Ends when they leave.",
    ]
    assert all(as_admin.get(row.a["href"]).status_code == 200 for row in rows)
    assert "Words." not in page.get_text()


def test_somebody_leaves_after_handing_over(
    as_admin: Client, admin: User, contributor: User
) -> None:
    post = TeamPostFactory(person=contributor)
    own = ProjectPostFactory(person=contributor)
    successor = UserFactory()
    given = {f"to-{key_of(post)}": successor.pk, f"vacant-{key_of(own)}": "on"}

    response = as_admin.post(
        f"{PEOPLE}{contributor.pk}/leaving/",
        answers(page_of(as_admin, contributor), **given),
        follow=True,
    )

    contributor.refresh_from_db()
    today = clock.day(clock.today())
    assert told(response) == [f"Con Tributor: left on {today}."]
    assert not contributor.is_active
    assert TeamPost.objects.open().get().person == successor
    links = BeautifulSoup(response.content, "html.parser").select(".object-tools a")
    assert [link.get_text(strip=True) for link in links][:2] == [
        "What they leave open",
        "Coming back",
    ]


@pytest.mark.parametrize("is_both", [False, True])
def test_every_post_is_decided_about_once(
    as_admin: Client, contributor: User, is_both: bool
) -> None:
    post = TeamPostFactory(person=contributor)
    both = {f"to-{key_of(post)}": UserFactory().pk, f"vacant-{key_of(post)}": "on"}
    typed = {"leaves_on": "05/06/2100"} | (both if is_both else {})

    response = as_admin.post(
        f"{PEOPLE}{contributor.pk}/leaving/", answers(page_of(as_admin, contributor), **typed)
    )

    contributor.refresh_from_db()
    assert told(response) == [AWAY[is_both]]
    assert contributor.leaves_on is None
    assert answers(BeautifulSoup(response.content, "html.parser"))["leaves_on"] == "05/06/2100"


def test_what_was_opened_since_is_looked_at_first(
    as_admin: Client, contributor: User, digest: Digest
) -> None:
    post = ProjectPostFactory(person=contributor)
    given = {f"vacant-{key_of(post)}": "on"}
    before = answers(page_of(as_admin, contributor), **given)
    draft(digest, post.project, contributor)

    first = as_admin.post(f"{PEOPLE}{contributor.pk}/leaving/", before)
    shown = answers(BeautifulSoup(first.content, "html.parser"), **given)
    second = as_admin.post(f"{PEOPLE}{contributor.pk}/leaving/", shown)

    assert told(first) == [
        "What they leave open has changed since you opened this page. Look at the list again, "
        "then confirm."
    ]
    assert second.status_code == 302


def test_refusals_are_said_on_the_page(as_admin: Client, admin: User, director: User) -> None:
    def confirmed(person: User, **typed: str) -> list[str]:
        page = page_of(as_admin, person)
        return told(as_admin.post(f"{PEOPLE}{person.pk}/leaving/", answers(page, **typed)))

    assert confirmed(director) == [
        "Di Rector is the last editor. Make somebody else an editor first."
    ]
    assert confirmed(admin) == ["You cannot let yourself leave. Ask another admin to do it."]
    assert confirmed(UserFactory(), leaves_on="01/01/2020") == ["Choose today or a coming day."]
    assert confirmed(UserFactory(), leaves_on="") == [
        "Enter the first day they are no longer here."
    ]
    assert not User.objects.left().exists()


@pytest.mark.parametrize("value", ODD)
def test_odd_answers_break_nothing(as_admin: Client, contributor: User, value: str) -> None:
    post = TeamPostFactory(person=contributor)
    names = ["leaves_on", "seen", f"to-{key_of(post)}"]

    response = as_admin.post(f"{PEOPLE}{contributor.pk}/leaving/", dict.fromkeys(names, value))

    contributor.refresh_from_db()
    assert (response.status_code, contributor.leaves_on) == (200, None)


@pytest.mark.parametrize("number", ["9" * 30, "abc", "-1"])
@pytest.mark.parametrize("page", ["leaving", "return"])
def test_nobody_is_not_found(as_admin: Client, number: str, page: str) -> None:
    assert as_admin.get(f"{PEOPLE}{number}/{page}/").status_code == 404
    assert as_admin.post(f"{PEOPLE}{number}/{page}/").status_code == 404


def test_leaver_may_still_have_something_to_hand_over(as_admin: Client, leaver: User) -> None:
    post = TeamPostFactory(person=leaver)
    page = page_of(as_admin, leaver)

    as_admin.post(
        f"{PEOPLE}{leaver.pk}/leaving/", answers(page, **{f"vacant-{key_of(post)}": "on"})
    )

    assert page.select_one("[name=leaves_on]") is None
    assert not TeamPost.objects.held_on(clock.today()).exists()


def test_leaver_comes_back(as_admin: Client, leaver: User, mailoutbox: Any) -> None:
    asked = as_admin.get(f"{PEOPLE}{leaver.pk}/return/")
    done = as_admin.post(f"{PEOPLE}{leaver.pk}/return/", follow=True)

    leaver.refresh_from_db()
    assert asked.status_code == 200
    assert told(done) == [
        "Lea Ver is here again.",
        "A link to set a password is on its way to lea@council.example. It works once.",
    ]
    assert leaver.is_active
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["lea@council.example"],
        "Set a new password for DDaT Weeknotes",
    )
    assert mail.body.splitlines()[2:5] == [
        "Ada Min has recorded that you are back, so you can sign in to DDaT Weeknotes again.",
        "",
        "Your old password no longer works. Set a new one here:",
    ]
    assert as_admin.get(f"{PEOPLE}{leaver.pk}/return/").status_code == 200


def test_list_tells_who_is_here(as_admin: Client, admin: User, leaver: User) -> None:
    going = UserFactory(leaves_on=date(2100, 1, 1))

    def found(here: str) -> set[User]:
        return set(as_admin.get(PEOPLE, {"here": here}).context["cl"].result_list)

    everybody = set(User.objects.all())
    assert found("here") == everybody - {leaver}
    assert found("leaving") == {going}
    assert found("left") == {leaver}
    assert found("nonsense") == everybody
    page = BeautifulSoup(as_admin.get(PEOPLE).content, "html.parser")
    assert {cell.get_text() for cell in page.select("td.field-here")} == {
        "Here",
        "Leaves on 1 January 2100",
        "Left on 5 January 2026",
    }


@pytest.mark.parametrize("times", [1, 3, 30])
def test_page_asks_as_much_however_much_is_open(
    as_admin: Client, contributor: User, times: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(times):
        TeamPostFactory(person=contributor)
        ProjectPostFactory(person=contributor)

    with django_assert_max_num_queries(20) as asked:
        page_of(as_admin, contributor)

    assert len(asked) == 13


# Deleting


def test_somebody_added_by_mistake_is_deleted(as_admin: Client, admin: User) -> None:
    person = UserFactory(forename="Mis", surname="Take", team=TeamFactory())

    asked = as_admin.get(f"{PEOPLE}{person.pk}/delete/")
    as_admin.post(f"{PEOPLE}{person.pk}/delete/", {"post": "yes"})

    event = Event.objects.get()
    assert asked.status_code == 200
    assert not User.objects.filter(pk=person.pk).exists()
    assert (event.by, event.verb, event.name) == (admin, "deleted", f"Mis Take ({person.email})")


def doers(digest: Digest) -> dict[str, User]:
    """Somebody for each way of having done something here."""
    people = {
        name: UserFactory(forename=name)
        for name in ("wrote", "reacted", "recorded", "granted", "gave", "held", "logged")
    }
    draft(digest, ProjectPostFactory().project, people["wrote"])
    Reaction.objects.create(
        digest=digest, kind="like", person=people["reacted"], reacted_at=clock.now()
    )
    EventFactory(by=people["recorded"])
    RoleGrantFactory(person=people["granted"], granted_by=people["gave"])
    TeamPostFactory(person=people["held"])
    LogEntry.objects.create(user=people["logged"], action_flag=CHANGE)
    return people


def test_whoever_did_something_stays(as_admin: Client, digest: Digest) -> None:
    for name, person in doers(digest).items():
        for answer in (
            as_admin.get(f"{PEOPLE}{person.pk}/delete/"),
            as_admin.post(f"{PEOPLE}{person.pk}/delete/", {"post": "yes"}),
        ):
            page = BeautifulSoup(answer.content, "html.parser")
            assert answer.status_code == 200, name
            assert f"{person} has done something here" in page.select_one("#content").get_text()
            assert page.select_one(f'#content a[href="{PEOPLE}{person.pk}/leaving/"]')
        assert User.objects.filter(pk=person.pk).exists()


def test_whoever_did_something_keeps_all_that_are_ticked(as_admin: Client, digest: Digest) -> None:
    mistake = UserFactory()
    chosen = [mistake.pk, *(person.pk for person in doers(digest).values())]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}

    refused = as_admin.post(PEOPLE, data)
    as_admin.post(PEOPLE, data | {"_selected_action": [mistake.pk]})

    assert refused.status_code == 200
    assert refused.content.decode().count("has done something here") == len(chosen) - 1
    assert set(User.objects.filter(pk__in=chosen).values_list("pk", flat=True)) == set(chosen[1:])


def test_nobody_deletes_themselves(client: Client, superuser: User) -> None:
    client.force_login(superuser)

    for address, data in (
        (f"{PEOPLE}{superuser.pk}/delete/", {"post": "yes"}),
        (PEOPLE, {"action": "delete_selected", "_selected_action": superuser.pk, "post": "yes"}),
    ):
        page = client.post(address, data).content.decode()
        assert "You cannot delete yourself." in page

    assert User.objects.filter(pk=superuser.pk).exists()


def test_what_happens_while_it_is_asked_is_said(
    as_admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = TeamPostFactory().person
    monkeypatch.setattr("people.admin.removal.who_did_something", lambda _: set())

    def refused(address: str, data: dict[str, Any]) -> list[str]:
        # What the database itself would refuse is not asked here.
        monkeypatch.setattr(
            "django.contrib.admin.ModelAdmin.get_deleted_objects",
            lambda *_: ([str(person)], {}, set(), []),
        )
        return told(as_admin.post(address, data | {"post": "yes"}, follow=True))

    many = {"action": "delete_selected", "_selected_action": person.pk}
    for answer in (refused(f"{PEOPLE}{person.pk}/delete/", {}), refused(PEOPLE, many)):
        assert answer[0].startswith(f"{person} has done something here")
    assert User.objects.filter(pk=person.pk).exists()


def test_leaver_is_offered_nowhere(as_admin: Client, admin: User, contributor: User) -> None:
    RoleGrantFactory(role="editor")
    leave(person=contributor, by=admin)
    other = UserFactory()
    team = TeamFactory()
    pages = ["people/rolegrant/add/", "people/teampost/add/", "projects/projectpost/add/"]
    pages += [f"people/team/{team.pk}/change/", f"people/user/{other.pk}/leaving/"]
    TeamPostFactory(person=other)

    for page in pages:
        choices = BeautifulSoup(as_admin.get(f"/admin/{page}").content, "html.parser")
        offered = {option.get_text() for option in choices.select("option")}
        assert f"{admin} ({admin.email})" in offered, page
        assert f"{contributor} ({contributor.email})" not in offered, page
