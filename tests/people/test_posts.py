"""Two people never hold one post on the same day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from people.models import Event, TeamPost
from tests.factories import TeamPostFactory, UserFactory

pytestmark = pytest.mark.django_db

# Ann has the post from 11 to 15 May.
BEGUN, ENDED = date(2026, 5, 11), date(2026, 5, 16)
DO = "Choose days outside that, or change that post first."
TOLD = f"Ann Smith has this post from 11 to 15 May 2026. {DO}"


@pytest.fixture
def anns() -> TeamPost:
    return TeamPostFactory(
        starts_on=BEGUN, ends_on=ENDED, person__forename="Ann", person__surname="Smith"
    )


@pytest.mark.parametrize("day", [1, 10, 11, 15])
def test_appointing_before_somebody_has_ended_is_refused(anns: TeamPost, day: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        TeamPost.objects.appoint(
            team=anns.team, person=UserFactory(), by=UserFactory(), on=date(2026, 5, day)
        )

    assert refusal.value.messages == [TOLD]
    assert (TeamPost.objects.get(), Event.objects.count()) == (anns, 0)


def test_appointing_from_the_day_somebody_ends_is_taken(anns: TeamPost) -> None:
    new = TeamPost.objects.appoint(team=anns.team, person=UserFactory(), by=UserFactory(), on=ENDED)

    assert list(TeamPost.objects.open()) == [new]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_free"),
    [
        (1, 11, True),  # until Ann begins
        (1, 12, False),
        (1, 20, False),  # around
        (12, 13, False),  # within
        (15, 20, False),
        (16, 20, True),  # since Ann ended
        (1, None, False),
        (16, None, True),
        (12, 12, True),  # no day at all
    ],
)
def test_days_of_another_are_refused(
    anns: TeamPost, starts_on: int, ends_on: int | None, is_free: bool
) -> None:
    other = TeamPostFactory(team=anns.team, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 2))
    days = {
        "starts_on": date(2026, 5, starts_on),
        "ends_on": ends_on and date(2026, 5, ends_on),
    }

    if is_free:
        other.redate(by=UserFactory(), **days)
    else:
        with pytest.raises(ValidationError) as refusal:
            other.redate(by=UserFactory(), **days)
        assert refusal.value.messages == [TOLD]

    other.refresh_from_db()
    assert (other.starts_on == days["starts_on"]) is is_free


def test_post_of_no_day_is_in_nobodys_way() -> None:
    none = TeamPostFactory(starts_on=BEGUN, ends_on=BEGUN)

    TeamPost.objects.appoint(
        team=none.team, person=UserFactory(), by=UserFactory(), on=date(2026, 5, 1)
    )


def test_post_of_another_team_is_in_nobodys_way(anns: TeamPost) -> None:
    other = TeamPostFactory(starts_on=ENDED)

    other.redate(starts_on=BEGUN, ends_on=None, by=UserFactory())


def test_posts_that_overlap_already_may_be_put_right(anns: TeamPost) -> None:
    other = TeamPostFactory(team=anns.team, starts_on=date(2026, 5, 12))

    other.end(by=UserFactory(), on=date(2026, 5, 14))
    with pytest.raises(ValidationError, match="11 to 15 May"):
        other.redate(starts_on=BEGUN, ends_on=ENDED, by=UserFactory())


def test_coming_holder_is_followed_from_their_first_day_on(anns: TeamPost) -> None:
    TeamPostFactory(
        team=anns.team, starts_on=date(2026, 6, 1), person__forename="Next", person__surname="Up"
    )

    with pytest.raises(ValidationError, match="Next Up began on 1 June 2026"):
        TeamPost.objects.appoint(
            team=anns.team, person=UserFactory(), by=UserFactory(), on=date(2026, 5, 20)
        )
