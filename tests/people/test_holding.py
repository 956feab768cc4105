"""Two who change the same people and teams at one moment come one after the other."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from ddat import clock
from people import leaving
from people.leaving import key_of, leave
from people.models import Team, TeamPost, User
from tests.factories import TeamFactory, TeamPostFactory, UserFactory
from tests.meanwhile import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
WITH_CONTROL = pytest.mark.parametrize("is_guarded", [True, False])


@WITH_CONTROL
def test_team_is_merged_while_one_of_it_leaves(
    admin: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    team, heir = TeamFactory(name="Web"), TeamFactory(name="Digital")
    person = UserFactory(team=team)
    post = TeamPostFactory(person=person, team=team)
    letting = Meanwhile(lambda: leave(person=person, by=admin, vacant={key_of(post)}))
    hand_on, errors = Team.hand_on, []

    def hand_on_while_they_leave(self: Team, **said: Any) -> None:
        letting.begin()
        hand_on(self, **said)

    monkeypatch.setattr(Team, "hand_on", hand_on_while_they_leave)
    if not is_guarded:
        monkeypatch.setattr(Team, "hold_people", lambda self: None)

    try:
        team.merge(into=heir, by=admin)
    except OperationalError as error:
        errors.append(error)
    letting.finish()

    errors += letting.errors
    if is_guarded:
        person.refresh_from_db()
        assert (errors, person.team, person.leaves_on) == ([], heir, clock.today())
    else:  # each waits for the other; SQLite lets in one at a time anyway
        killed = [OperationalError] if connection.vendor == "postgresql" else []
        assert [type(error) for error in errors] == killed


@WITH_CONTROL
def test_who_leaves_is_appointed_to_nothing_meanwhile(
    admin: User, contributor: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    post, team, as_read = TeamPostFactory(person=contributor), TeamFactory(), contributor
    appointing = Meanwhile(
        lambda: TeamPost.objects.appoint(person=as_read, team=team, by=admin, on=clock.today())
    )
    pass_on, let = leaving._pass_on, leave

    def pass_on_while_appointed(*posts: Any, **said: Any) -> None:
        appointing.begin()
        pass_on(*posts, **said)

    monkeypatch.setattr(leaving, "_pass_on", pass_on_while_appointed)
    if not is_guarded:
        monkeypatch.setattr("people.models.posts.hold", list)
        let = leave.__wrapped__ if connection.vendor == "sqlite" else leave

    let(person=contributor, by=admin, vacant={key_of(post)})
    appointing.finish()

    refused = [ValidationError] if is_guarded else []
    assert [type(error) for error in appointing.errors] == refused
    assert not User.objects.get(pk=contributor.pk).is_active
    assert TeamPost.objects.open().filter(person=contributor).exists() is not is_guarded
