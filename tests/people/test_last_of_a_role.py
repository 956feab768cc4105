"""There is always an admin and an editor: the last one keeps the role, whoever is quick."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from ddat import clock
from people.leaving import leave
from people.models import Event, Role, RoleGrant, User
from people.models.grants import RoleGrantQuerySet
from tests.factories import RoleGrantFactory, UserFactory
from tests.meanwhile import meeting

pytestmark = pytest.mark.django_db

LAST_EDITOR = "Di Rector is the last editor. Make somebody else an editor first."
COMING = date(2100, 1, 1)


def test_last_editor_stays_one(admin: User, director: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        director.role_grants.get().end(by=admin)

    assert refusal.value.messages == [LAST_EDITOR]
    assert (director.is_editor, Event.objects.count()) == (True, 0)


def test_last_admin_stays_one_though_a_superuser_asks(admin: User, superuser: User) -> None:
    with pytest.raises(ValidationError, match="Ada Min is the last admin"):
        admin.role_grants.get().end(by=superuser)

    assert admin.is_admin


@pytest.mark.parametrize("leaves_on", [date(2026, 1, 5), COMING])
def test_leavers_do_not_count(admin: User, director: User, leaves_on: date) -> None:
    RoleGrantFactory(person__leaves_on=leaves_on)

    with pytest.raises(ValidationError, match="last editor"):
        director.role_grants.get().end(by=admin)


def test_role_that_ends_on_a_coming_day_does_not_count(admin: User, director: User) -> None:
    other = RoleGrantFactory()
    other.end(by=admin, on=COMING)

    assert other.person.is_editor
    assert other.ended_at == clock.start_of(COMING)
    with pytest.raises(ValidationError, match="last editor"):
        director.role_grants.get().end(by=admin)


def test_role_that_ends_on_a_coming_day_may_end_before(admin: User, director: User) -> None:
    other = RoleGrantFactory()
    other.end(by=admin, on=COMING)

    other.end(by=admin)

    assert not other.person.is_editor
    assert Event.objects.filter(verb="ended").count() == 2


def test_last_of_one_role_is_not_kept_by_the_other(admin: User, director: User) -> None:
    RoleGrantFactory(person=admin, role=Role.EDITOR)
    other = RoleGrantFactory(role=Role.ADMIN)

    director.role_grants.get().end(by=other.person)

    assert not director.is_editor


@pytest.mark.parametrize("leaves_on", [date(2026, 1, 5), COMING])
def test_leavers_are_given_no_role(admin: User, leaves_on: date) -> None:
    person = UserFactory(leaves_on=leaves_on)

    with pytest.raises(ValidationError, match="Choose somebody who"):
        RoleGrant.objects.grant(person=person, role=Role.EDITOR, by=admin)

    assert not person.role_grants.exists()


def test_page_says_why_the_last_is_kept(as_admin: Client, director: User) -> None:
    data = {"action": "end_selected", "_selected_action": director.role_grants.get().pk}

    page = as_admin.post("/admin/people/rolegrant/", data, follow=True)

    assert [str(message) for message in page.context["messages"]] == [LAST_EDITOR]
    assert director.is_editor


# Two at one moment.


def at_once(*tasks: Callable[[], None]) -> list[str]:
    """Do every task in a thread of its own; give back what was refused."""
    refusals: list[str] = []

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        except ValidationError as refusal:
            refusals.extend(refusal.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def let_meet(monkeypatch: pytest.MonkeyPatch, *, is_held: bool) -> None:
    """Let whoever has found that another is left wait for the other to find the same."""
    wait, check = meeting(is_held=is_held), RoleGrant._refuse_last

    def check_and_wait(grant: RoleGrant) -> None:
        check(grant)
        wait()

    monkeypatch.setattr(RoleGrant, "_refuse_last", check_and_wait)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_two_admins_who_end_each_other_leave_one(
    monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    let_meet(monkeypatch, is_held=is_guarded)
    ann, bo = (RoleGrantFactory(role=Role.ADMIN) for _ in range(2))
    end = RoleGrant.end
    if not is_guarded:
        # Neither the transaction, which lets SQLite's writers in one by one, nor PostgreSQL's lock.
        monkeypatch.setattr(RoleGrantQuerySet, "hold", lambda _: None)
        end = end.__wrapped__  # what stands inside `transaction.atomic`

    refusals = at_once(lambda: end(ann, by=bo.person), lambda: end(bo, by=ann.person))

    assert len(refusals) == (1 if is_guarded else 0)
    assert RoleGrant.objects.open().count() == (1 if is_guarded else 0)


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_let_each_other_leave_leave_one(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, is_held=True)
    ann, bo = (RoleGrantFactory(role=Role.ADMIN).person for _ in range(2))

    refusals = at_once(lambda: leave(person=ann, by=bo), lambda: leave(person=bo, by=ann))

    assert len(refusals) == 1
    assert User.objects.active().filter(pk__in=[ann.pk, bo.pk]).count() == 1
    assert RoleGrant.objects.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_roles_are_held_in_one_order() -> None:
    ann, bo = (RoleGrantFactory(role=Role.ADMIN) for _ in range(2))
    RoleGrantFactory(role=Role.ADMIN)

    for _ in range(5):
        assert at_once(lambda: ann.end(by=bo.person), lambda: bo.end(by=ann.person)) == []
        with transaction.atomic():
            RoleGrant.objects.filter(pk__in=[ann.pk, bo.pk]).update(ended_at=None, ended_by=None)
