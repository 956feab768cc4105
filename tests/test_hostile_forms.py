"""Every form that stands on any page, with hostile words in it: a new form is found by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import walk
from tests.hostile.pages import assert_harmless
from tests.hostile.walk import WalkedForm
from tests.hostile.words import hostile, pairs
from tests.permissions.looking import pattern_of
from tests.permissions.table import address_for
from tests.permissions.world import World, standing_world
from tests.test_hostile import one_try, send, share
from tests.test_permissions import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.everywhere]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="module")
def walked(world: World) -> list[WalkedForm]:
    """Every form that stands on a page anybody is shown, and on what answers a form."""
    return walk.every_form(world)


@share(10)
@given(
    which=st.integers(0, 9999),
    said=st.lists(st.tuples(st.integers(0, 99), hostile), max_size=3),
    more=pairs(["version", "seen", "do", "next"]),
)
def test_no_form_of_any_page_breaks_anything(
    world: World, walked: list[WalkedForm], which: int, said: Any, more: list[tuple[str, str]]
) -> None:
    form = walked[which % len(walked)]
    names = [name for name, _ in form.fields] or ["x"]
    sent = {**dict(form.fields), **{names[place % len(names)]: words for place, words in said}}
    with one_try():
        send(world.client(form.role), form.action, [*sent.items(), *more])
        assert_harmless(world.client(form.role).get(form.page))


def test_every_address_that_takes_a_form_was_walked(walked: list[WalkedForm]) -> None:
    taking = [row for row in ROWS if "POST" in row.methods and walk.takers(row)]
    missed = {pattern_of(address_for(row.address)) for row in taking}
    missed -= {pattern_of(form.action.partition("?")[0]) for form in walked}
    assert missed == set()
