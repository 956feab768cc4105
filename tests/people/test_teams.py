"""Teams and who leads them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Event, Team, TeamPost
from tests.factories import MORNING, TeamFactory, TeamPostFactory, UserFactory, directorate

pytestmark = pytest.mark.django_db

MAY_11, MAY_12, MAY_18 = date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 18)


def test_only_the_directorate_lacks_a_parent() -> None:
    top = directorate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Team.objects.create(name="Another", parent=None)
    with pytest.raises(ValidationError) as refusal:
        Team(name="Another").full_clean()

    assert refusal.value.messages == [
        "Choose the team it belongs to. Only the directorate has none."
    ]
    assert Team.objects.directorate() == top


def test_team_is_not_its_own_parent() -> None:
    team = TeamFactory()

    with (
        pytest.raises(IntegrityError, match="team_is_not_its_own_parent"),
        transaction.atomic(),
    ):
        Team.objects.filter(pk=team.pk).update(parent=team.pk)


def test_parent_below_the_team_is_refused() -> None:
    team = TeamFactory(name="Digital")
    below = TeamFactory(name="Web", parent=TeamFactory(parent=team))
    team.parent = below

    with pytest.raises(ValidationError) as refusal:
        team.full_clean()

    assert refusal.value.message_dict == {"parent": ["Web belongs to this team. Choose another."]}


def test_parent_above_is_accepted() -> None:
    TeamFactory(parent=TeamFactory()).full_clean()


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Low code and web"], ["low-code-and-web"]),
        (["Web", "Web", "web!"], ["web", "web-2", "web-3"]),
        (["Web", "Web team"], ["web", "web-team"]),
        (["✅", "名"], ["team", "team-2"]),
        (["a" * 120, "a" * 120], ["a" * 72, "a" * 72 + "-2"]),
    ],
)
def test_slug_is_made_from_the_name(names: list[str], slugs: list[str]) -> None:
    assert [TeamFactory(name=name).slug for name in names] == slugs


def test_slug_outlives_a_new_name() -> None:
    team = TeamFactory(name="Web")

    team.name = "Digital"
    team.save()

    assert Team.objects.get(pk=team.pk).slug == "web"


def test_reporting_teams_stand_in_house_order() -> None:
    directorate()
    Team.objects.update(is_reporting=False)
    last = TeamFactory(house_order=20, name="A")
    first = TeamFactory(house_order=10, name="B")
    TeamFactory(house_order=1, is_reporting=False)

    assert list(Team.objects.reporting()) == [first, last]


def test_house_heading_is_the_name() -> None:
    assert TeamFactory(name="Low code and web").house_heading == "Low code and web"


def test_team_has_one_open_lead() -> None:
    post = TeamPostFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        TeamPostFactory(team=post.team)

    TeamPostFactory(team=post.team, ends_on=MAY_11)


def test_post_cannot_end_before_it_starts() -> None:
    with (
        pytest.raises(IntegrityError, match="team_post_ends_after_it_starts"),
        transaction.atomic(),
    ):
        TeamPostFactory(starts_on=MAY_12, ends_on=MAY_11)

    TeamPostFactory(starts_on=MAY_12, ends_on=MAY_12)


@pytest.mark.parametrize(
    ("day", "is_held"),
    [
        (date(2026, 5, 10), False),
        (MAY_11, True),
        (date(2026, 5, 17), True),
        (MAY_18, False),
    ],
)
def test_post_is_held_until_the_day_before_it_ends(day: date, is_held: bool) -> None:
    post = TeamPostFactory(starts_on=MAY_11, ends_on=MAY_18)

    assert post.held_on(day) is is_held
    assert TeamPost.objects.held_on(day).exists() is is_held
    assert Team.objects.written_by(post.person, on=day).exists() is is_held


def test_team_is_written_by_its_lead_of_today() -> None:
    post = TeamPostFactory()
    TeamFactory()
    former = TeamPostFactory(team=post.team, ends_on=date(2026, 2, 1)).person

    assert list(Team.objects.written_by(post.person)) == [post.team]
    assert list(Team.objects.written_by(former)) == []


def test_appointing_ends_the_present_lead() -> None:
    old = TeamPostFactory()
    person, by = UserFactory(), UserFactory()

    new = TeamPost.objects.appoint(team=old.team, person=person, by=by, on=MAY_11, at=MORNING)

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.ends_on) == (MAY_11, MAY_11, None)
    assert list(Team.objects.written_by(person, on=MAY_11)) == [old.team]
    assert list(Event.objects.values_list("verb", "name", "by", "at")) == [
        ("ended", str(old), by.pk, MORNING),
        ("appointed", str(new), by.pk, MORNING),
    ]


def test_appointing_the_present_lead_does_nothing() -> None:
    post = TeamPostFactory()

    again = TeamPost.objects.appoint(team=post.team, person=post.person, by=post.person)

    assert again == post
    assert not Event.objects.exists()


def test_appointing_before_the_present_lead_began_is_refused() -> None:
    post = TeamPostFactory(starts_on=MAY_12, person__forename="Ann", person__surname="Smith")

    with pytest.raises(ValidationError) as refusal:
        TeamPost.objects.appoint(team=post.team, person=UserFactory(), by=UserFactory(), on=MAY_11)

    assert refusal.value.messages == [
        "Ann Smith began on 12 May 2026. Choose that day or a later one."
    ]
    assert TeamPost.objects.open().get() == post


def test_ending_a_post_twice_ends_it_once() -> None:
    post, by = TeamPostFactory(), UserFactory()

    post.end(by=by, on=MAY_11)
    post.end(by=by, on=MAY_18)

    post.refresh_from_db()
    assert post.ends_on == MAY_11
    assert list(Event.objects.values_list("verb", flat=True)) == ["ended"]


def test_redating_the_same_days_is_no_event() -> None:
    post, by = TeamPostFactory(starts_on=MAY_11, ends_on=MAY_18), UserFactory()

    post.redate(starts_on=MAY_11, ends_on=MAY_18, by=by)
    post.redate(starts_on=MAY_12, ends_on=MAY_18, by=by)

    assert list(Event.objects.values_list("verb", flat=True)) == ["redated"]


def test_circle_of_teams_ends_a_question_and_may_be_undone() -> None:
    one, other, third = TeamFactory(), TeamFactory(), TeamFactory()
    Team.objects.filter(pk=one.pk).update(parent=other)
    Team.objects.filter(pk=other.pk).update(parent=one)
    one, other = Team.objects.get(pk=one.pk), Team.objects.get(pk=other.pk)

    third.refuse_merge(into=one)

    assert list(one.ancestors()) == [other]
    with pytest.raises(ValidationError, match="Let it belong to another team first"):
        one.refuse_merge(into=other)
    with pytest.raises(ValidationError, match="belongs to this team"):
        one.full_clean()
    one.parent = third
    one.full_clean()
