"""Roles: given, taken away, and by whom."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ddat import clock
from people.models import Event, Role, RoleGrant, User
from tests.factories import MORNING, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_granting_gives_the_role_and_writes_it_down(admin: User, contributor: User) -> None:
    grant = RoleGrant.objects.grant(person=contributor, role=Role.EDITOR, by=admin, at=MORNING)

    event = Event.objects.get()
    assert contributor.is_editor
    assert (grant.granted_by, grant.granted_at) == (admin, MORNING)
    assert (event.by, event.verb, event.kind, event.object_id, event.name, event.at) == (
        admin,
        "granted",
        "rolegrant",
        grant.pk,
        "Con Tributor, editor",
        MORNING,
    )


def test_granting_twice_is_once(admin: User, contributor: User) -> None:
    grants = [
        RoleGrant.objects.grant(person=contributor, role="editor", by=admin) for _ in range(2)
    ]

    assert grants[0] == grants[1]
    assert Event.objects.count() == 1


def test_unknown_role_is_refused(admin: User, contributor: User) -> None:
    with pytest.raises(ValueError, match="emperor"):
        RoleGrant.objects.grant(person=contributor, role="emperor", by=admin)


def test_ending_takes_the_role_away(admin: User, director: User) -> None:
    RoleGrantFactory()
    grant = director.role_grants.get()

    grant.end(by=admin, at=MORNING)
    grant.end(by=admin)

    event = Event.objects.get()
    assert not director.is_editor
    assert (grant.ended_by, grant.ended_at) == (admin, MORNING)
    assert (event.verb, event.name) == ("ended", "Di Rector, editor")


def test_role_may_come_back(admin: User, director: User) -> None:
    RoleGrantFactory()
    director.role_grants.get().end(by=admin)

    RoleGrant.objects.grant(person=director, role=Role.EDITOR, by=admin)

    assert director.is_editor
    assert director.role_grants.count() == 2


def test_nobody_gives_themselves_a_role(admin: User) -> None:
    with pytest.raises(ValidationError, match="You cannot give yourself a role"):
        RoleGrant.objects.grant(person=admin, role=Role.EDITOR, by=admin)


def test_nobody_ends_their_own_role(admin: User) -> None:
    with pytest.raises(ValidationError, match="You cannot end your own role"):
        admin.role_grants.get().end(by=admin)

    assert admin.is_admin


def test_superuser_makes_themselves_the_first_admin(superuser: User) -> None:
    RoleGrant.objects.grant(person=superuser, role=Role.ADMIN, by=superuser)

    assert superuser.is_admin
    with pytest.raises(ValidationError):
        RoleGrant.objects.grant(person=superuser, role=Role.EDITOR, by=superuser)


def test_superuser_is_refused_where_there_is_an_admin(superuser: User, admin: User) -> None:
    with pytest.raises(ValidationError):
        RoleGrant.objects.grant(person=superuser, role=Role.ADMIN, by=superuser)


def test_superuser_may_follow_an_admin_who_left(superuser: User, admin: User) -> None:
    admin.leaves_on = clock.today()
    admin.save(update_fields=["leaves_on"])

    RoleGrant.objects.grant(person=superuser, role=Role.ADMIN, by=superuser)

    assert superuser.is_admin


def test_one_open_grant_per_person_and_role() -> None:
    grant = RoleGrantFactory(role=Role.EDITOR)
    RoleGrantFactory(person=grant.person, role=Role.ADMIN)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrantFactory(person=grant.person, role=Role.EDITOR)


@pytest.mark.parametrize("half", ["ended_by", "ended_at"])
def test_ended_by_and_ended_at_come_together(half: str) -> None:
    person = UserFactory()
    values = {"ended_by": person, "ended_at": MORNING}

    with (
        pytest.raises(IntegrityError, match="role_grant_ended_by_and_at_together"),
        transaction.atomic(),
    ):
        RoleGrantFactory(person=person, **{half: values[half]})


def test_grant_cannot_end_before_it_was_given() -> None:
    person = UserFactory()
    early = MORNING.replace(year=2020)

    with (
        pytest.raises(IntegrityError, match="role_grant_ends_after_it_starts"),
        transaction.atomic(),
    ):
        RoleGrantFactory(ended_by=person, ended_at=early)
