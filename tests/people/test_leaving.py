"""Somebody leaves: at once or on a coming day; what they leave open is handed over first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from ddat import clock
from ddat.clock import LONDON
from people.leaving import come_back, key_of, leave, left_open
from people.links import LinkTokens, use_link
from people.models import Event, PostKind, Role, RoleGrant, TeamPost, User
from projects.models import ProjectPost
from tests.factories import (
    PASSWORD,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 20, 12, tzinfo=LONDON)
TODAY, COMING = date(2026, 5, 20), date(2026, 6, 5)


@pytest.fixture(autouse=True)
def clock_at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def events() -> list[tuple[str, str]]:
    return list(Event.objects.values_list("verb", "name"))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_leaving_at_once_ends_everything(admin: User, contributor: User) -> None:
    RoleGrantFactory(person__forename="Other")
    grant = RoleGrantFactory(person=contributor)
    team = TeamPostFactory(person=contributor, team__name="Web")
    project = ProjectPostFactory(person=contributor, project__name="Planning")
    successor = UserFactory(forename="Suc", surname="Cessor")
    client, link = signed_in(contributor), LinkTokens().make_token(contributor)
    open_tab = client.get("/")

    leave(
        person=contributor,
        by=admin,
        successors={key_of(team): successor},
        vacant={key_of(project)},
    )

    assert (open_tab.status_code, client.get("/").status_code) == (200, 302)
    assert not LinkTokens().check_token(contributor, link)
    assert (contributor.is_active, contributor.leaves_on) == (False, TODAY)
    assert not contributor.has_usable_password()
    assert not contributor.is_editor
    grant.refresh_from_db()
    assert (grant.ended_by, grant.ended_at) == (admin, NOW)
    assert list(TeamPost.objects.values_list("person", "starts_on", "ends_on")) == [
        (contributor.pk, date(2026, 1, 5), TODAY),
        (successor.pk, TODAY, None),
    ]
    assert list(ProjectPost.objects.values_list("person", "ends_on")) == [(contributor.pk, TODAY)]
    assert events() == [
        ("ended", "Con Tributor, editor"),
        ("ended", "Con Tributor, lead of Web"),
        ("appointed", "Suc Cessor, lead of Web"),
        ("ended", "Con Tributor, owner of Planning"),
        ("let leave", "Con Tributor, from 20 May 2026"),
    ]


def test_second_time_does_nothing(admin: User, contributor: User) -> None:
    for _ in range(2):
        leave(person=contributor, by=admin)
    leave(person=contributor, by=admin, on=COMING)

    assert contributor.leaves_on == TODAY
    assert events() == [("let leave", "Con Tributor, from 20 May 2026")]


def test_coming_day_ends_everything_by_itself(
    admin: User, contributor: User, clock_at_noon: Any
) -> None:
    RoleGrantFactory()
    RoleGrantFactory(person=contributor)
    post = TeamPostFactory(person=contributor)
    leave(person=contributor, by=admin, on=COMING, vacant={key_of(post)})

    clock_at_noon.move_to(clock.start_of(COMING) - timedelta(seconds=1))
    person = User.objects.get(pk=contributor.pk)
    assert (person.is_active, person.is_editor) == (True, True)
    assert list(TeamPost.objects.held_on(clock.today())) == [post]
    assert list(User.objects.active().filter(pk=person.pk)) == [person]
    client = signed_in(person)
    link = LinkTokens().make_token(person)
    assert client.get("/").status_code == 200
    assert LinkTokens().check_token(person, link)

    clock_at_noon.move_to(clock.start_of(COMING))
    person = User.objects.get(pk=contributor.pk)
    assert (person.is_active, person.is_editor) == (False, False)
    assert not TeamPost.objects.held_on(clock.today()).exists()
    assert not User.objects.active().filter(pk=person.pk).exists()
    assert client.get("/").status_code == 302
    assert not LinkTokens().check_token(person, link)
    door = Client().post("/account/sign-in/", {"login": person.email, "password": PASSWORD})
    assert door.status_code == 200  # the form again, not the portal


def test_coming_day_may_be_put_right(admin: User, contributor: User) -> None:
    leave(person=contributor, by=admin, on=COMING)
    leave(person=contributor, by=admin, on=COMING + timedelta(days=7))
    leave(person=contributor, by=admin)

    assert (contributor.leaves_on, contributor.is_active) == (TODAY, False)
    assert not contributor.has_usable_password()
    assert [verb for verb, _ in events()] == ["let leave"] * 3


def test_link_of_a_leaver_sets_no_password(
    admin: User, contributor: User, clock_at_noon: Any
) -> None:
    leave(person=contributor, by=admin, on=TODAY + timedelta(days=1))
    token, before = LinkTokens().make_token(contributor), contributor.password

    clock_at_noon.move_to(clock.start_of(TODAY + timedelta(days=1)))

    assert not use_link(person=contributor, token=token, password="another long walk")
    contributor.refresh_from_db()
    assert contributor.password == before


def test_nothing_is_done_before_all_is_decided(admin: User, contributor: User) -> None:
    RoleGrantFactory()
    RoleGrantFactory(person=contributor)
    first, second = (TeamPostFactory(person=contributor) for _ in range(2))

    with pytest.raises(ValidationError) as refusal:
        leave(person=contributor, by=admin, vacant={key_of(first)})

    assert refusal.value.messages == [
        f"Lead of {second.team}: choose who takes it on, or tick that it stays vacant."
    ]
    contributor.refresh_from_db()
    assert (contributor.is_active, contributor.is_editor, events()) == (True, True, [])
    assert TeamPost.objects.open().count() == 2


def test_deputy_posts_are_handed_over_for_as_long_as_they_last(
    admin: User, contributor: User
) -> None:
    until = date(2026, 7, 1)
    post = TeamPostFactory(person=contributor, post=PostKind.DEPUTY, ends_on=until)
    successor = UserFactory()

    leave(person=contributor, by=admin, on=COMING, successors={key_of(post): successor})

    assert list(TeamPost.objects.values_list("person", "post", "starts_on", "ends_on")) == [
        (contributor.pk, "deputy", date(2026, 1, 5), COMING),
        (successor.pk, "deputy", COMING, until),
    ]


def test_posts_that_are_over_by_then_are_left_alone(admin: User, contributor: User) -> None:
    TeamPostFactory(person=contributor, ends_on=date(2026, 6, 1))

    leave(person=contributor, by=admin, on=COMING)

    assert TeamPost.objects.get().ends_on == date(2026, 6, 1)


def test_post_that_was_to_begin_later_never_does(admin: User, contributor: User) -> None:
    post = TeamPostFactory(person=contributor, starts_on=date(2026, 9, 1))

    leave(person=contributor, by=admin, vacant={key_of(post)})

    assert list(TeamPost.objects.values_list("starts_on", "ends_on")) == [(date(2026, 9, 1),) * 2]


def test_successor_stays_here(admin: User, contributor: User, leaver: User) -> None:
    post = TeamPostFactory(person=contributor)
    going = UserFactory(leaves_on=COMING, forename="Going", surname="Soon")

    for person in (leaver, going, contributor):
        with pytest.raises(ValidationError, match="Choose somebody"):
            leave(person=contributor, by=admin, on=COMING, successors={key_of(post): person})
        contributor.refresh_from_db()
        assert contributor.leaves_on is None

    assert TeamPost.objects.get().ends_on is None


def test_nobody_is_appointed_for_longer_than_they_are_here(admin: User, leaver: User) -> None:
    going = UserFactory(leaves_on=COMING, forename="Going", surname="Soon")
    team = TeamFactory()
    deputy = {"team": team, "by": admin, "post": PostKind.DEPUTY}

    TeamPost.objects.appoint(person=going, until=COMING, **deputy)
    for person, told in (
        (going, "Going Soon leaves on 5 June 2026. Choose somebody else, or end the post by then."),
        (leaver, "Lea Ver has left. Choose somebody who is here."),
    ):
        with pytest.raises(ValidationError) as refusal:
            TeamPost.objects.appoint(person=person, on=TODAY + timedelta(days=1), **deputy)
        assert refusal.value.messages == [told]

    assert TeamPost.objects.count() == 1


def test_last_admin_and_last_editor_cannot_leave(
    admin: User, director: User, superuser: User
) -> None:
    with pytest.raises(ValidationError, match="Di Rector is the last editor"):
        leave(person=director, by=admin, on=COMING)
    with pytest.raises(ValidationError, match="Ada Min is the last admin"):
        leave(person=admin, by=superuser)

    assert (director.is_editor, admin.is_admin, events()) == (True, True, [])


def test_nobody_lets_themselves_leave(admin: User) -> None:
    RoleGrantFactory(role=Role.ADMIN)

    with pytest.raises(ValidationError, match="You cannot let yourself leave"):
        leave(person=admin, by=admin)
    with pytest.raises(ValidationError, match="You cannot call off your own leaving"):
        come_back(person=admin, by=admin)


def test_day_that_is_past_is_refused(admin: User, contributor: User) -> None:
    with pytest.raises(ValidationError, match="Choose today or a coming day"):
        leave(person=contributor, by=admin, on=date(2026, 5, 19))


def test_nothing_old_comes_back(admin: User, contributor: User, clock_at_noon: Any) -> None:
    for day in (None, COMING):
        person = UserFactory(is_superuser=True)
        RoleGrantFactory()
        RoleGrantFactory(person=person)
        post = TeamPostFactory(person=person)
        client, link = signed_in(person), LinkTokens().make_token(person)
        leave(person=person, by=admin, on=day, vacant={key_of(post)})
        clock_at_noon.move_to(clock.start_of(day or TODAY) + timedelta(hours=13))
        person = User.objects.get(pk=person.pk)

        come_back(person=person, by=admin)
        come_back(person=person, by=admin)

        assert (person.is_active, person.leaves_on) == (True, None)
        assert client.get("/").status_code == 302
        assert not LinkTokens().check_token(person, link)
        assert not person.has_usable_password()
        assert (person.is_editor, person.is_superuser) == (False, False)
        assert not TeamPost.objects.filter(person=person).held_on(clock.today()).exists()
        assert events()[-1] == ("let return", str(person))
        assert Event.objects.filter(verb="let return", object_id=person.pk).count() == 1
        assert signed_in(person).get("/").status_code == 200


def test_what_a_leaver_had_before_there_were_days_does_not_come_back(
    admin: User, leaver: User
) -> None:
    RoleGrantFactory(person=leaver)
    TeamPostFactory(person=leaver)

    come_back(person=leaver, by=admin)

    assert not leaver.is_editor
    assert not TeamPost.objects.held_on(clock.today()).exists()


def test_leaving_may_be_called_off(admin: User, contributor: User) -> None:
    RoleGrantFactory()
    RoleGrantFactory(person=contributor)
    client = signed_in(contributor)
    leave(person=contributor, by=admin, on=COMING)

    come_back(person=contributor, by=admin)

    assert contributor.leaves_on is None
    assert contributor.check_password(PASSWORD)
    assert client.get("/").status_code == 200
    assert contributor.role_grants.get().ended_at == clock.start_of(COMING)
    assert events()[-1] == ("called off the leaving of", "Con Tributor")


def test_role_may_be_given_again_before_the_old_one_ends(
    admin: User, contributor: User, clock_at_noon: Any
) -> None:
    RoleGrantFactory()
    RoleGrantFactory(person=contributor)
    leave(person=contributor, by=admin, on=COMING)
    come_back(person=contributor, by=admin)

    RoleGrant.objects.grant(person=contributor, role=Role.EDITOR, by=admin)

    clock_at_noon.move_to(clock.start_of(COMING))
    assert contributor.is_editor


def test_what_is_left_open_is_told_with_where_it_is_handed_over(contributor: User) -> None:
    RoleGrantFactory(person=contributor)
    post = TeamPostFactory(person=contributor, team__name="Web")
    own = ProjectPostFactory(person=contributor, project__name="Planning", post=PostKind.DEPUTY)
    TeamPostFactory(person=contributor, ends_on=TODAY)

    told = [(thing.what, thing.name, thing.address) for thing in left_open(contributor)]

    assert told == [
        ("Lead", "Web", f"/admin/people/team/{post.team_id}/change/"),
        ("Deputy", "Planning", f"/admin/projects/project/{own.project_id}/change/"),
        ("Role", "Editor", "/admin/people/rolegrant/add/?role=editor"),
    ]
