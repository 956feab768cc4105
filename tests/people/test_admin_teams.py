"""An admin keeps teams and their leads."""

from datetime import date, timedelta

import pytest
from django.test import Client

from ddat.clock import today
from people.models import Event, Team, TeamPost, User
from tests.factories import TeamFactory, TeamPostFactory, UserFactory, directorate

pytestmark = pytest.mark.django_db

TEAMS, POSTS = "/admin/people/team/", "/admin/people/teampost/"


def team_form(team: Team | None = None, **post: str | int) -> dict[str, str | int]:
    data = {
        "name": team.name if team else "Web",
        "parent": directorate().pk,
        "house_order": 10,
        "is_reporting": "on",
        "posts-TOTAL_FORMS": 1,
        "posts-INITIAL_FORMS": 0,
        "posts-0-post": "holder",
    }
    return data | {f"posts-0-{field}": value for field, value in post.items()}


def errors(response) -> dict[str, list[str]]:
    form_errors = response.context["adminform"].form.errors
    return {field: list(messages) for field, messages in form_errors.items()}


def test_team_is_added_with_its_lead(as_admin: Client, admin: User, contributor: User) -> None:
    data = team_form(person=contributor.pk, starts_on="11/05/2026")

    response = as_admin.post(f"{TEAMS}add/", data)

    team = Team.objects.get(name="Web")
    post = team.posts.get()
    assert response.status_code == 302
    assert (team.slug, team.house_order) == ("web", 10)
    assert (post.person, post.starts_on) == (contributor, date(2026, 5, 11))
    assert list(Event.objects.values_list("verb", "by")) == [
        ("added", admin.pk),
        ("appointed", admin.pk),
    ]


def test_appointing_on_the_teams_page_follows_the_present_lead(
    as_admin: Client, contributor: User
) -> None:
    old = TeamPostFactory(starts_on=date(2026, 1, 5))

    response = as_admin.post(
        f"{TEAMS}{old.team.pk}/change/",
        team_form(old.team, person=contributor.pk, starts_on="11/05/2026"),
    )

    old.refresh_from_db()
    assert response.status_code == 302
    assert old.ends_on == date(2026, 5, 11)
    assert old.team.posts.get(ends_on=None).person == contributor


def test_appointing_too_early_is_told_beside_the_day(as_admin: Client, contributor: User) -> None:
    old = TeamPostFactory(
        starts_on=date(2026, 5, 18), person__forename="Ann", person__surname="Smith"
    )
    data = team_form(old.team, person=contributor.pk, starts_on="11/05/2026")

    response = as_admin.post(f"{TEAMS}{old.team.pk}/change/", data)

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.errors[-1] == {
        "starts_on": ["Ann Smith began on 18 May 2026. Choose that day or a later one."]
    }
    assert TeamPost.objects.get() == old


def test_team_is_renamed_and_keeps_its_slug(as_admin: Client) -> None:
    team = TeamFactory(name="Web")

    as_admin.post(f"{TEAMS}{team.pk}/change/", team_form() | {"name": "Digital", "slug": "x"})

    team.refresh_from_db()
    assert (team.name, team.slug) == ("Digital", "web")


def test_second_directorate_is_refused(as_admin: Client) -> None:
    response = as_admin.post(f"{TEAMS}add/", team_form() | {"parent": ""})

    assert errors(response) == {
        "__all__": ["Choose the team it belongs to. Only the directorate has none."]
    }


def test_team_is_not_deleted(as_admin: Client) -> None:
    team = TeamFactory()

    assert as_admin.post(f"{TEAMS}{team.pk}/delete/", {"post": "yes"}).status_code == 403


def test_list_of_teams_names_the_lead(as_admin: Client) -> None:
    post = TeamPostFactory(person__forename="Ann", person__surname="Smith")
    TeamPostFactory(team=post.team, ends_on=date(2026, 2, 2))

    page = as_admin.get(TEAMS).content.decode()

    assert '<td class="field-lead">Ann Smith</td>' in page


def test_list_of_teams_names_the_lead_of_today(as_admin: Client, admin: User) -> None:
    post = TeamPostFactory(person__forename="Ann", person__surname="Smith")
    tomorrow = today() + timedelta(days=1)
    TeamPost.objects.appoint(
        team=post.team, person=UserFactory(forename="Next"), by=admin, on=tomorrow
    )

    page = as_admin.get(TEAMS).content.decode()

    assert '<td class="field-lead">Ann Smith</td>' in page


def test_taken_days_are_told_beside_the_first_one(as_admin: Client, contributor: User) -> None:
    post = TeamPostFactory(
        ends_on=date(2026, 5, 18), person__forename="Ann", person__surname="Smith"
    )
    data = team_form(post.team, person=contributor.pk, starts_on="11/05/2026")

    response = as_admin.post(f"{TEAMS}{post.team.pk}/change/", data)

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.errors[-1] == {
        "starts_on": [
            "Ann Smith has this post from 5 January to 17 May 2026. "
            "Choose days outside that, or change that post first."
        ]
    }
    assert TeamPost.objects.get() == post


def test_post_is_not_lengthened_over_another(as_admin: Client) -> None:
    first = TeamPostFactory(starts_on=date(2026, 1, 5), ends_on=date(2026, 2, 2))
    TeamPostFactory(
        team=first.team,
        starts_on=date(2026, 2, 2),
        person__forename="Ann",
        person__surname="Smith",
    )

    response = as_admin.post(
        f"{POSTS}{first.pk}/change/", {"starts_on": "05/01/2026", "ends_on": "03/02/2026"}
    )

    assert errors(response) == {
        "__all__": [
            "Ann Smith has this post from 2 February 2026. "
            "Choose days outside that, or change that post first."
        ]
    }
    first.refresh_from_db()
    assert first.ends_on == date(2026, 2, 2)


def test_lead_is_appointed_on_the_page_of_posts(as_admin: Client, contributor: User) -> None:
    team = TeamPostFactory().team
    data = {"team": team.pk, "post": "holder", "person": contributor.pk, "starts_on": "11/05/2026"}

    response = as_admin.post(f"{POSTS}add/", data)

    assert response.status_code == 302
    assert team.posts.open().get().person == contributor


def test_post_is_ended_on_its_page(as_admin: Client, admin: User) -> None:
    post = TeamPostFactory(starts_on=date(2026, 1, 5))
    data = {"starts_on": "05/01/2026", "ends_on": "11/05/2026", "person": admin.pk}

    response = as_admin.post(f"{POSTS}{post.pk}/change/", data)

    was = post.person
    post.refresh_from_db()
    assert response.status_code == 302
    assert (post.ends_on, post.person) == (date(2026, 5, 11), was)
    assert list(Event.objects.values_list("verb", "by")) == [("ended", admin.pk)]


@pytest.mark.parametrize(
    ("ends_on", "told"),
    [
        ("04/01/2026", "It cannot end before its first day."),
        ("", "This team has a lead. End that post first."),
    ],
)
def test_wrong_days_are_refused(as_admin: Client, ends_on: str, told: str) -> None:
    post = TeamPostFactory(starts_on=date(2026, 1, 5), ends_on=date(2026, 2, 2))
    TeamPostFactory(team=post.team, person=UserFactory())

    response = as_admin.post(
        f"{POSTS}{post.pk}/change/", {"starts_on": "05/01/2026", "ends_on": ends_on}
    )

    assert errors(response) == {"__all__": [told]}


def test_deputy_is_appointed_on_the_teams_page(as_admin: Client, contributor: User) -> None:
    team = TeamPostFactory().team
    post = {"post": "deputy", "person": contributor.pk}
    data = team_form(team, **post, starts_on="11/05/2026", ends_on="16/05/2026")

    response = as_admin.post(f"{TEAMS}{team.pk}/change/", data)

    deputy = team.posts.get(post="deputy")
    assert response.status_code == 302
    assert (deputy.person, deputy.ends_on) == (contributor, date(2026, 5, 16))
    assert team.posts.open().count() == 1


@pytest.mark.parametrize("first", ["holder", "deputy"])
def test_two_appointed_at_once_are_refused_in_words(
    as_admin: Client, contributor: User, first: str
) -> None:
    team = TeamPostFactory().team
    data = team_form(team, post=first, person=contributor.pk, starts_on="11/05/2026")
    data |= {name.replace("-0-", "-1-"): value for name, value in data.items()}
    data |= {"posts-TOTAL_FORMS": 2, "posts-1-person": UserFactory().pk}

    response = as_admin.post(f"{TEAMS}{team.pk}/change/", data)

    formset = response.context["inline_admin_formsets"][0].formset
    assert response.status_code == 200
    assert formset.non_form_errors() == [
        "Appoint one person at a time: save, then appoint the next."
    ]
    assert team.posts.count() == 1


def test_appointment_that_came_between_is_told(
    as_admin: Client, contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = TeamPostFactory(
        starts_on=date(2026, 6, 1), person__forename="Ann", person__surname="Smith"
    ).team
    data = team_form(team, person=contributor.pk, starts_on="11/05/2026")
    # Ann was not there yet when the form was checked.
    monkeypatch.setattr("people.admin.posts.AppointForm.clean", lambda form: form.cleaned_data)

    response = as_admin.post(f"{TEAMS}{team.pk}/change/", data | {"name": "Other"}, follow=True)

    team.refresh_from_db()
    assert [str(message) for message in response.context["messages"]] == [
        "Ann Smith began on 1 June 2026. Choose that day or a later one."
    ]
    assert (team.posts.count(), team.name != "Other") == (1, True)


def test_vacant_post_is_said_in_the_list(as_admin: Client) -> None:
    team = TeamFactory()
    TeamPostFactory(team=team, post="deputy", person__forename="Dee", person__surname="Puty")

    page = as_admin.get(f"{TEAMS}?q={team.name}").content.decode()

    assert '<td class="field-lead">vacant (deputy: Dee Puty)</td>' in page


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("now", {"now", "last_day"}),
        ("coming", {"coming"}),
        ("past", {"ended"}),
        ("x", {"now", "last_day", "coming", "ended"}),
    ],
)
def test_posts_are_found_by_when_they_are_held(
    as_admin: Client, when: str, found: set[str]
) -> None:
    day, one = today(), timedelta(days=1)
    days = {
        "now": {},
        "last_day": {"ends_on": day + one},
        "coming": {"starts_on": day + one},
        "ended": {"ends_on": day},
    }
    names = {TeamPostFactory(**fields).pk: name for name, fields in days.items()}

    rows = as_admin.get(f"{POSTS}?when={when}").context["cl"].result_list

    assert {names[row.pk] for row in rows} == found


def test_vacant_post_is_said_on_the_teams_page(as_admin: Client) -> None:
    page = as_admin.get(f"{TEAMS}{TeamFactory().pk}/change/").content.decode()

    assert '<div class="readonly">vacant</div>' in page
