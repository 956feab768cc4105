"""Projects and who owns them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Event
from projects.models import Project, ProjectPost
from tests.factories import (
    MORNING,
    ProjectFactory,
    ProjectPostFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MAY_11, MAY_12, MAY_18 = date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 18)


@pytest.mark.parametrize(
    ("code", "heading"),
    [("PR910B", "PR910B Regulatory Services"), ("", "Regulatory Services")],
)
def test_house_heading_is_code_then_name(code: str, heading: str) -> None:
    project = ProjectFactory(name="Regulatory Services", code=code)

    assert (project.house_heading, str(project)) == (heading, heading)
    assert project.slug == "regulatory-services"


def test_slug_never_takes_the_place_of_a_page() -> None:
    assert ProjectFactory(name="Status").slug == "status-2"


@pytest.mark.parametrize(("day", "is_paused"), [(MAY_11, True), (MAY_12, True), (MAY_18, False)])
def test_project_is_paused_until_the_end_of_the_day(day: date, is_paused: bool) -> None:
    ProjectFactory(paused_until=MAY_12)

    assert Project.objects.unpaused(day).exists() is not is_paused


def test_project_without_a_pause_is_not_paused() -> None:
    project = ProjectFactory()

    assert list(Project.objects.unpaused()) == [project]


@pytest.mark.parametrize(
    ("closed_at", "is_active"),
    [
        (datetime(2026, 5, 11, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 11, 23, 0, tzinfo=UTC), True),
    ],
)
def test_project_is_active_until_the_day_it_is_closed_in_london(
    closed_at: datetime, is_active: bool
) -> None:
    ProjectFactory().close(by=UserFactory(), at=closed_at)

    assert Project.objects.active(MAY_11).exists() is is_active


def test_project_has_one_open_owner() -> None:
    post = ProjectPostFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectPostFactory(project=post.project)

    ProjectPostFactory(project=post.project, ends_on=MAY_11)


def test_post_cannot_end_before_it_starts() -> None:
    with (
        pytest.raises(IntegrityError, match="project_post_ends_after_it_starts"),
        transaction.atomic(),
    ):
        ProjectPostFactory(starts_on=MAY_12, ends_on=MAY_11)


def test_project_is_written_by_its_owner_on_the_day() -> None:
    post = ProjectPostFactory(starts_on=MAY_11, ends_on=MAY_18)
    today = ProjectPostFactory(person=post.person)
    ProjectFactory()

    assert set(Project.objects.written_by(post.person, MAY_12)) == {post.project, today.project}
    assert list(Project.objects.written_by(post.person, MAY_18)) == [today.project]
    assert list(Project.objects.written_by(UserFactory())) == []


def test_owning_twice_in_one_week_is_counted_once() -> None:
    post = ProjectPostFactory(starts_on=MAY_11, ends_on=MAY_18)
    ProjectPostFactory(project=post.project, person=post.person, starts_on=MAY_12)

    assert list(Project.objects.written_by(post.person, MAY_12)) == [post.project]


def test_appointing_ends_the_present_owner() -> None:
    old, person, by = ProjectPostFactory(), UserFactory(), UserFactory()

    new = ProjectPost.objects.appoint(
        project=old.project, person=person, by=by, on=MAY_11, at=MORNING
    )

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on) == (MAY_11, MAY_11)
    assert str(new) == f"{person}, owner of {old.project}"
    assert list(Event.objects.values_list("verb", "kind", "at")) == [
        ("ended", "projectpost", MORNING),
        ("appointed", "projectpost", MORNING),
    ]


def test_appointing_before_the_present_owner_began_is_refused() -> None:
    post = ProjectPostFactory(starts_on=MAY_12)

    with pytest.raises(ValidationError, match="began on 12 May 2026"):
        ProjectPost.objects.appoint(
            project=post.project, person=UserFactory(), by=UserFactory(), on=MAY_11
        )
