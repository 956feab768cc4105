"""A deputy stands beside the lead or owner, from one day until another."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from people.models import Event, PostKind, Team, TeamPost
from projects.models import Project, ProjectPost
from tests.factories import ProjectPostFactory, TeamPostFactory, UserFactory

pytestmark = pytest.mark.django_db

MAY_11, MAY_16, MAY_20 = date(2026, 5, 11), date(2026, 5, 16), date(2026, 5, 20)
BOTH = pytest.mark.parametrize("kind", ["team", "project"])
FACTORIES: dict[str, Any] = {"team": TeamPostFactory, "project": ProjectPostFactory}
POSTS: dict[str, Any] = {"team": TeamPost, "project": ProjectPost}
SUBJECTS: dict[str, Any] = {"team": Team, "project": Project}


def held(kind: str, **fields: Any) -> Any:
    return FACTORIES[kind](**fields)


def stand_in(beside: Any, **fields: Any) -> Any:
    """A deputy of what the post beside them is of."""
    given = {"person": UserFactory(), "by": UserFactory(), "on": MAY_11, "until": MAY_16}
    return type(beside).objects.appoint(
        **{
            beside.SUBJECT: getattr(beside, beside.SUBJECT),
            "post": PostKind.DEPUTY,
            **given,
            **fields,
        }
    )


@BOTH
def test_deputy_stands_beside_the_holder(kind: str) -> None:
    post, by = held(kind), UserFactory()

    deputy = stand_in(post, by=by)

    post.refresh_from_db()
    assert (post.ends_on, deputy.is_deputy, deputy.ends_on) == (None, True, MAY_16)
    assert list(POSTS[kind].objects.holders()) == [post]
    title = {"team": "lead", "project": "owner"}[kind]
    assert (post.title, deputy.title) == (title, "deputy")
    assert list(Event.objects.values_list("verb", "by", "name")) == [
        ("appointed", by.pk, f"{deputy.person}, deputy of {getattr(post, kind)}")
    ]


@BOTH
@pytest.mark.parametrize(
    ("day", "writes"), [(10, False), (11, True), (15, True), (16, False), (17, False)]
)
def test_deputy_writes_from_the_first_to_the_last_day(kind: str, day: int, writes: bool) -> None:
    deputy = stand_in(held(kind))

    asked = SUBJECTS[kind].objects.written_by(deputy.person, on=date(2026, 5, day))

    assert asked.exists() is writes


@BOTH
@pytest.mark.parametrize(
    ("starts_on", "until", "writes"),
    [(date(2026, 5, 21), None, True), (MAY_11, date(2026, 5, 21), False)],
)
def test_day_begins_at_midnight_in_london_in_summer(
    kind: str, starts_on: date, until: date | None, writes: bool, time_machine: Any
) -> None:
    deputy = stand_in(held(kind), on=starts_on, until=until)
    time_machine.move_to(datetime(2026, 5, 20, 22, 59, tzinfo=UTC))  # 23:59
    before = SUBJECTS[kind].objects.written_by(deputy.person).exists()
    time_machine.move_to(datetime(2026, 5, 20, 23, 30, tzinfo=UTC))  # 00:30 on the 21st

    assert (before, SUBJECTS[kind].objects.written_by(deputy.person).exists()) == (
        not writes,
        writes,
    )


@BOTH
def test_several_deputies_may_share_their_days(kind: str) -> None:
    post = held(kind)

    stand_in(post), stand_in(post, until=None), stand_in(post, until=None)

    assert POSTS[kind].objects.held_on(MAY_11).count() == 4


@BOTH
def test_person_is_deputy_once_at_a_time(kind: str) -> None:
    post = held(kind)
    first = stand_in(post, person=UserFactory(forename="Ann", surname="Smith"))

    with pytest.raises(ValidationError) as refusal:
        stand_in(post, person=first.person, on=date(2026, 5, 15), until=None)

    assert refusal.value.message_dict == {
        "starts_on": [
            "Ann Smith has this post from 11 to 15 May 2026. "
            "Choose days outside that, or change that post first."
        ]
    }
    stand_in(post, person=first.person, on=MAY_16, until=None)


@BOTH
def test_open_deputy_post_is_held_once_by_constraint(kind: str) -> None:
    first = held(kind, post="deputy")

    with pytest.raises(IntegrityError):
        held(kind, post="deputy", person=first.person, **{kind: getattr(first, kind)})


@BOTH
def test_post_is_of_a_known_kind(kind: str) -> None:
    with pytest.raises(IntegrityError):
        held(kind, post="other")


@BOTH
def test_same_deputy_again_is_one(kind: str) -> None:
    first = stand_in(held(kind))

    assert stand_in(first, person=first.person) == first
    assert Event.objects.count() == 1


@BOTH
@pytest.mark.parametrize("until", [MAY_11, date(2026, 5, 10)])
def test_deputy_has_a_day_at_least(kind: str, until: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        stand_in(held(kind), until=until)

    assert refusal.value.message_dict == {
        "ends_on": ["Choose a day after the first one, 11 May 2026."]
    }


@BOTH
def test_deputys_post_is_redated_and_ended(kind: str) -> None:
    deputy = stand_in(held(kind), until=None)

    deputy.end(by=UserFactory(), on=MAY_16)
    deputy.redate(starts_on=MAY_11, ends_on=MAY_20, by=UserFactory())

    assert POSTS[kind].objects.get(pk=deputy.pk).ends_on == MAY_20
    assert list(Event.objects.values_list("verb", flat=True)) == ["appointed", "ended", "redated"]


@BOTH
def test_lead_may_be_appointed_for_some_days(kind: str) -> None:
    post = held(kind)

    acting = stand_in(post, post=PostKind.HOLDER)

    post.refresh_from_db()
    assert (post.ends_on, acting.ends_on) == (MAY_11, MAY_16)
    assert not POSTS[kind].objects.held_on(MAY_16).exists()
