"""Closing and reopening projects and products."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Event
from projects.models import Product, Project
from tests.factories import MORNING, ProductFactory, ProjectFactory, UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("factory", [ProjectFactory, ProductFactory]),
]


def test_closing_twice_is_once(factory) -> None:
    thing, first, second = factory(), UserFactory(), UserFactory()
    stale = type(thing).objects.get(pk=thing.pk)

    thing.close(by=first, at=MORNING)
    stale.close(by=second)

    assert thing.is_closed
    assert (stale.closed_by, stale.closed_at) == (first, MORNING)
    assert list(Event.objects.values_list("verb", "by", "at")) == [("closed", first.pk, MORNING)]


def test_reopening_undoes_closing(factory) -> None:
    thing, by = factory(), UserFactory()
    thing.reopen(by=by)
    thing.close(by=by)

    thing.reopen(by=by, at=MORNING)

    assert (thing.is_closed, thing.closed_by, thing.closed_at) == (False, None, None)
    assert list(Event.objects.values_list("verb", flat=True)) == ["reopened", "closed"]
    assert list(type(thing).objects.active()) == [thing]


@pytest.mark.parametrize("half", ["closed_by", "closed_at"])
def test_closed_by_and_closed_at_come_together(factory, half: str) -> None:
    values = {"closed_by": UserFactory(), "closed_at": MORNING}
    name = f"{'project' if factory is ProjectFactory else 'product'}_closed_by_and_at_together"

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**{half: values[half]})


def test_closed_thing_is_not_active(factory) -> None:
    factory().close(by=UserFactory())

    assert not Project.objects.active().exists()
    assert not Product.objects.active().exists()
