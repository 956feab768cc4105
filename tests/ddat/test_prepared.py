"""Questions whose SQL is kept: asked anew each time, with the values of that time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, DateTimeField
from django.test.utils import CaptureQueriesContext

from ddat import clock
from ddat.prepared import Among, Asked, Prepared
from people.backends import PortalBackend
from people.models import RoleGrant, User
from tests.factories import RoleGrantFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def of_name(times: list[int]) -> Prepared:
    def make() -> Any:
        times.append(1)
        named = User.objects.filter(forename=Asked("name", CharField())).order_by("pk")
        return named.values_list("pk", "date_joined")

    return Prepared(make)


def test_question_is_made_once_and_asked_with_each_value() -> None:
    people = [UserFactory(forename=name) for name in ("Ann", "Bo", "Ann")]
    times: list[int] = []
    ask = of_name(times)

    found = [[pk for pk, _ in ask(name=name)] for name in ("Ann", "Bo", "'; --", "")]

    assert found == [[people[0].pk, people[2].pk], [people[1].pk], [], []]
    assert times == [1]


def test_answer_has_the_types_of_its_fields() -> None:
    one = UserFactory(forename="Ann")

    assert list(of_name([])(name="Ann")) == [(one.pk, one.date_joined)]


def test_moment_is_asked_as_the_engine_keeps_it() -> None:
    later = Asked("after", DateTimeField())
    ask = Prepared(lambda: User.objects.filter(date_joined__gt=later).values_list("pk"))
    one = UserFactory()

    minute = timedelta(minutes=1)
    found = [list(ask(after=one.date_joined + step)) for step in (-minute, 0 * minute, minute)]

    assert found == [[(one.pk,)], [], []]


def test_as_many_ids_as_there_are_this_time() -> None:
    people = [UserFactory() for _ in range(3)]
    ask = Prepared(lambda: User.objects.filter(Among("pk", "ids")).order_by("pk"))
    first, _, third = [one.pk for one in people]

    found = [ask(ids=ids) for ids in ([third, first], [], {first, first + 10**15}, range(0))]

    assert found == [[people[0], people[2]], [], [people[0]], []]


def test_person_comes_whole_in_one_query() -> None:
    person = UserFactory(team=TeamFactory())
    RoleGrantFactory(person=person, role="editor")

    with CaptureQueriesContext(connection) as asked:
        found = PortalBackend().get_user(person.pk)
        assert found is not None
        rights = (found.is_editor, found.is_admin)

    fields = [field.attname for field in User._meta.concrete_fields]
    stored = User.objects.get(pk=person.pk)
    assert (len(asked), rights) == (1, (True, False))
    assert [getattr(found, name) for name in fields] == [getattr(stored, name) for name in fields]
    assert (found, found._state.adding, found._state.db) == (person, False, "default")


def test_role_that_ends_meanwhile_is_gone() -> None:
    grant = RoleGrantFactory(person=UserFactory(), role="editor")
    ends = clock.now() + timedelta(hours=1)
    RoleGrant.objects.filter(pk=grant.pk).update(ended_at=ends, ended_by=grant.granted_by)
    found = [PortalBackend().get_user(grant.person_id)]

    RoleGrant.objects.filter(pk=grant.pk).update(ended_at=clock.now())
    found.append(PortalBackend().get_user(grant.person_id))

    assert [one.is_editor for one in found if one] == [True, False]


def test_nobody_comes_for_a_number_that_nobody_has() -> None:
    assert PortalBackend().get_user(9_999_999) is None
