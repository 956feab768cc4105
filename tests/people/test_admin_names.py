"""An admin renames, merges, closes and finds teams and projects."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from ddat.clock import day, today
from people.models import Event, User
from tests.factories import (
    MetricFactory,
    ProjectFactory,
    ProjectPostFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    WorkstreamFactory,
    directorate,
)

pytestmark = pytest.mark.django_db

TEAMS, PROJECTS = "/admin/people/team/", "/admin/projects/project/"
BOTH = pytest.mark.parametrize(
    ("path", "make"), [(TEAMS, TeamFactory), (PROJECTS, ProjectFactory)], ids=["team", "project"]
)
NO_ROWS = {
    f"{rows}-{count}_FORMS": 0
    for rows in ("posts", "workstreams", "metrics")
    for count in ("TOTAL", "INITIAL")
}


def form_of(subject: Any) -> dict[str, Any]:
    of_team = {"parent": directorate().pk, "house_order": 100, "is_reporting": "on"}
    more = {"team": subject.team.pk} if hasattr(subject, "team") else of_team
    return {**NO_ROWS, **more, "name": subject.name}


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def text_of(response: Any) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("#content").get_text().split())


@BOTH
def test_renaming_on_the_form_keeps_the_old_name(
    as_admin: Client, admin: User, path: str, make: Any
) -> None:
    subject = make(name="Web")

    response = as_admin.post(f"{path}{subject.pk}/change/", form_of(subject) | {"name": "Digital"})

    subject.refresh_from_db()
    assert response.status_code == 302
    assert (subject.name, subject.past_names.get().name) == ("Digital", "Web")
    assert list(Event.objects.values_list("verb", "name", "by")) == [
        ("renamed", "Web to Digital", admin.pk)
    ]
    shown = text_of(as_admin.get(f"{path}{subject.pk}/change/"))
    assert f"Web, until {day(today())}, changed by Ada Min" in shown


@BOTH
def test_list_is_searched_by_an_old_name(as_admin: Client, path: str, make: Any) -> None:
    subject = make(name="Web")
    make(name="Other")
    for name in ("Webster", "Digital"):
        subject.rename(to=name, by=UserFactory())

    found = as_admin.get(f"{path}?q=web").context["cl"].result_list

    assert list(found) == [subject]


@BOTH
def test_merging_says_what_will_happen_first(
    as_admin: Client, admin: User, path: str, make: Any
) -> None:
    subject, heir = make(name="Old & <b>"), make(name="New")
    address = f"{path}{subject.pk}/merge/"

    asked = as_admin.get(address)
    shown = as_admin.post(address, {"into": heir.pk})
    subject.refresh_from_db()
    before = subject.merged_into
    done = as_admin.post(address, {"into": heir.pk, "confirmed": "Merge"}, follow=True)

    subject.refresh_from_db()
    assert "Choose which" in text_of(asked)
    assert "When Old & <b> is merged into New: It is closed" in text_of(shown)
    assert (before, subject.merged_into, subject.closed_by) == (None, heir, admin)
    assert said(done) == ["Old & <b> is merged into New."]
    assert done.request["PATH_INFO"] == f"{path}{heir.pk}/change/"


@pytest.mark.parametrize(
    ("path", "make"), [(TEAMS, TeamPostFactory), (PROJECTS, ProjectPostFactory)]
)
def test_merging_names_the_posts_that_end(as_admin: Client, path: str, make: Any) -> None:
    post = make(person__forename="Ann", person__surname="Smith")
    subject = getattr(post, post.SUBJECT)
    heir = TeamFactory() if path == TEAMS else ProjectFactory()

    shown = text_of(as_admin.post(f"{path}{subject.pk}/merge/", {"into": heir.pk}))

    assert f"These posts end today: Ann Smith ({post.title})." in shown
    assert "Nothing else moves to the other: there are no " in shown


def test_merging_tells_what_the_other_takes_over(as_admin: Client) -> None:
    team, heir = TeamFactory(), TeamFactory()
    UserFactory(team=team)
    project = ProjectFactory(team=team)
    ProjectFactory(team=team).close(by=UserFactory(team=team))
    WorkstreamFactory(project=project)
    MetricFactory(project=project), MetricFactory(project=project)

    pages = [
        text_of(as_admin.post(f"{path}merge/", {"into": into.pk}))
        for path, into in (
            (f"{TEAMS}{team.pk}/", heir),
            (f"{PROJECTS}{project.pk}/", ProjectFactory()),
        )
    ]

    assert "These move to the other: 2 people and 1 open project." in pages[0]
    assert (
        "These move to the other: 1 open workstream and 2 metrics. Where the other already"
        in pages[1]
    )


@BOTH
@pytest.mark.parametrize("into", ["", "x", "\x00", "9" * 40, "-1"])
def test_odd_choices_are_told(as_admin: Client, path: str, make: Any, into: str) -> None:
    subject = make()

    response = as_admin.post(f"{path}{subject.pk}/merge/", {"into": into, "confirmed": "Merge"})

    subject.refresh_from_db()
    assert (response.status_code, subject.merged_into) == (200, None)
    assert response.context["form"].errors


def test_what_cannot_be_merged_says_why(as_admin: Client) -> None:
    address = f"{TEAMS}{directorate().pk}/merge/"

    response = as_admin.post(address, {"into": TeamFactory().pk, "confirmed": "Merge"})

    assert response.context["form"].errors == {
        "into": ["Directorate is the directorate itself. It cannot be merged."]
    }


@BOTH
def test_merged_one_says_so_in_the_list_and_is_not_reopened(
    as_admin: Client, admin: User, path: str, make: Any
) -> None:
    subject = make(name="Old")
    subject.merge(into=make(name="New"), by=admin)

    rows = as_admin.post(
        path, {"action": "reopen_selected", "_selected_action": [subject.pk]}, follow=True
    )

    assert said(rows) == [
        "Old was merged into New, so it cannot be reopened. Add a new one instead."
    ]
    assert "Merged into New on" in text_of(rows)
    assert "Merge into…" not in text_of(as_admin.get(f"{path}{subject.pk}/change/"))


def test_team_is_closed_and_reopened_from_the_list(as_admin: Client) -> None:
    team, house = TeamFactory(), directorate()
    ticked = {"_selected_action": [team.pk, house.pk]}

    closed = as_admin.post(TEAMS, {"action": "close_selected", **ticked}, follow=True)
    team.refresh_from_db()
    was_closed = team.is_closed
    as_admin.post(TEAMS, {"action": "reopen_selected", **ticked})

    team.refresh_from_db()
    assert (was_closed, team.is_closed) == (True, False)
    assert said(closed) == [
        "Directorate is the directorate itself. It cannot be closed.",
        "Closed. No update is expected any more.",
    ]


@pytest.mark.parametrize(
    ("path", "make", "field"),
    [(TEAMS, TeamPostFactory, "team"), (PROJECTS, ProjectPostFactory, "project")],
)
def test_vacant_posts_are_found(as_admin: Client, path: str, make: Any, field: str) -> None:
    held, ended = make(), make()
    ended.end(by=UserFactory())
    make(post="deputy", **{field: getattr(ended, field)})

    answers = {
        answer: set(as_admin.get(f"{path}?post={answer}").context["cl"].result_list)
        for answer in ("vacant", "held", "x")
    }

    assert getattr(ended, field) in answers["vacant"]
    assert answers["held"] == {getattr(held, field)}
    assert answers["x"] == answers["vacant"] | answers["held"]


@BOTH
def test_list_costs_the_same_for_any_number(
    as_admin: Client, admin: User, path: str, make: Any, django_assert_max_num_queries: Any
) -> None:
    heir = make()
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            make(**({"team": heir.team} if hasattr(heir, "team") else {})).merge(
                into=heir, by=admin
            )
        with django_assert_max_num_queries(20) as queries:
            as_admin.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]
