"""Who reports: teams and projects alike, in house order."""

from datetime import date, datetime

import pytest

from ddat.clock import LONDON
from projects.models import Project
from tests.factories import (
    ProjectFactory,
    ProjectPostFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    directorate,
)
from tests.weeknotes.week import THURSDAY, editor, open_digest
from weeknotes.digests.subjects import (
    anchor_of,
    expected_in,
    expected_of,
    in_house_order,
    written_by,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet_directorate() -> None:
    house = directorate()
    house.is_reporting = False
    house.save()


def test_anchors_say_what_reports() -> None:
    assert anchor_of(TeamFactory(name="Low code and web")) == "team-low-code-and-web"
    assert anchor_of(ProjectFactory(name="OneDrive")) == "project-onedrive"


def test_anchor_stays_when_the_name_changes() -> None:
    project = ProjectFactory(name="OneDrive")
    project.name = "SharePoint"
    project.save()

    assert anchor_of(Project.objects.get()) == "project-onedrive"


def test_house_order_is_teams_each_with_its_projects_by_heading() -> None:
    second, first = TeamFactory(house_order=20), TeamFactory(house_order=10)
    of_second = ProjectFactory(team=second, name="Alpha")
    of_first = [ProjectFactory(team=first, name=name) for name in ("Beta", "Alpha two")]

    ordered = in_house_order([of_second, second, *of_first, first])

    assert ordered == [first, of_first[1], of_first[0], second, of_second]


def test_teams_with_one_house_order_keep_their_projects_beside_them() -> None:
    teams = [TeamFactory(house_order=10), TeamFactory(house_order=10)]
    projects = [ProjectFactory(team=team) for team in teams]

    ordered = in_house_order([*projects, *teams])

    assert ordered == [teams[0], projects[0], teams[1], projects[1]]


def test_expected_are_reporting_teams_and_active_unpaused_projects() -> None:
    digest = open_digest()  # covers 11 to 15 May
    team, quiet = TeamFactory(house_order=1), TeamFactory(house_order=2, is_reporting=False)
    active = ProjectFactory(team=quiet, name="Active")
    back = ProjectFactory(team=quiet, name="Back", paused_until=date(2026, 5, 14))
    ProjectFactory(team=quiet, paused_until=date(2026, 5, 15))
    ProjectFactory(team=quiet).close(by=editor(), at=THURSDAY)
    later = ProjectFactory(team=quiet, name="Later")
    later.close(by=editor(), at=datetime(2026, 5, 20, 9, tzinfo=LONDON))

    assert expected_in(digest) == [team, active, back, later]


def test_person_writes_for_what_they_lead_and_own_on_the_day() -> None:
    person = UserFactory()
    post = TeamPostFactory(person=person, ends_on=date(2026, 5, 1))
    project = ProjectPostFactory(person=person).project
    ProjectPostFactory()

    assert written_by(person, on=date(2026, 4, 30)) == [post.team, project]
    assert written_by(person, on=date(2026, 5, 1)) == [project]
    assert written_by(UserFactory(), on=date(2026, 5, 1)) == []


@pytest.mark.parametrize("count", [1, 30])
def test_expected_costs_two_queries(count: int, django_assert_num_queries) -> None:
    digest = open_digest()
    for _ in range(count):
        ProjectFactory(team=TeamFactory())

    with django_assert_num_queries(2):
        assert len(expected_in(digest)) == 2 * count


def test_expected_of_some_agrees_with_all(django_assert_num_queries) -> None:
    digest = open_digest()
    mine = ProjectFactory(team=TeamFactory())
    paused = ProjectFactory(team=mine.team, paused_until=digest.covers_to)
    quiet = TeamFactory(is_reporting=False)
    ProjectFactory()
    some = [mine, mine.team, paused, quiet]

    with django_assert_num_queries(1):
        found = expected_of(some, [digest])

    assert found == {digest: [mine, mine.team]}
    assert set(found[digest]) == set(expected_in(digest)) & set(some)
    assert expected_of(some, []) == {}
