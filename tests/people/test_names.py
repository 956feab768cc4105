"""A team or project is renamed and its old name stays findable; merged, it leads to its heir."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ddat.clock import LONDON
from people.models import Event, Team, TeamName, TeamPost
from projects.models import Project, ProjectName
from tests.factories import (
    MetricFactory,
    ProductFactory,
    ProjectFactory,
    ProjectPostFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    WorkstreamFactory,
    directorate,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 20, 0, 30, tzinfo=LONDON)  # the day before in UTC
TODAY = date(2026, 5, 20)
BOTH = pytest.mark.parametrize("make", [TeamFactory, ProjectFactory], ids=["team", "project"])


def merge(subject: Any, into: Any, **given: Any) -> None:
    subject.merge(into=into, **{"by": UserFactory(), "at": AT, **given})


def refusal(subject: Any, into: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        merge(subject, into)
    return refused.value.messages


def found(model: Any, text: str) -> list[Any]:
    return list(model.objects.named_like(text).order_by("pk"))


# Renaming


@BOTH
def test_old_name_stays_findable(make: Any) -> None:
    subject, by = make(name="Web Services"), UserFactory()
    make(name="Other")

    subject.rename(to="Digital", by=by, at=AT)

    stored = type(subject).objects.get(pk=subject.pk)
    past = subject.past_names.get()
    assert (stored.name, stored.slug) == ("Digital", "web-services")
    assert (past.name, past.until, past.changed_by) == ("Web Services", AT, by)
    for text in ("digital", "web", "SERVICES web", " Web\x00Services ", "Digital services"):
        assert found(type(subject), text) == [subject], text
    assert found(type(subject), "Weband") == []
    event = Event.objects.get()
    assert (event.verb, event.name, event.at) == ("renamed", "Web Services to Digital", AT)


def test_code_and_short_name_are_kept_too() -> None:
    project, team = ProjectFactory(name="Bins", code="PR1"), TeamFactory(short_name="Tip")

    project.rename(to="Waste", code="PR2", by=UserFactory())
    team.rename(to=team.name, short_name="Dump", by=UserFactory())

    assert list(ProjectName.objects.values_list("name", "code")) == [("Bins", "PR1")]
    assert list(TeamName.objects.values_list("name", "short_name")) == [(team.name, "Tip")]
    assert found(Project, "pr1 bins") == found(Project, "pr2 waste") == [project]
    assert found(Team, "tip") == [team]


@BOTH
def test_same_name_is_no_renaming(make: Any) -> None:
    subject = make(name="Web")

    subject.rename(to="Web", by=UserFactory())

    assert (subject.past_names.count(), Event.objects.count()) == (0, 0)


@BOTH
def test_nothing_asked_for_finds_everything(make: Any) -> None:
    subject = make()

    assert subject in found(type(subject), " ")


def test_finding_costs_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        ProjectFactory().rename(to="Same", by=UserFactory())

    with django_assert_num_queries(1):
        assert len(found(Project, "project")) == 3


# Merging


@BOTH
def test_merged_one_leads_to_its_heir(make: Any) -> None:
    subject, heir, by = make(name="Old"), make(name="New"), UserFactory()

    merge(subject, heir, by=by)
    merge(subject, heir)

    subject.refresh_from_db()
    assert (subject.merged_into, subject.closed_at, subject.closed_by) == (heir, AT, by)
    assert list(heir.merged_from.all()) == [subject]
    assert subject not in type(subject).objects.active(date(2026, 5, 1))
    assert not subject.is_active_on(date(2026, 5, 1))
    assert list(Event.objects.values_list("verb", "name")) == [("merged", "Old into New")]


@pytest.mark.parametrize("make", [TeamPostFactory, ProjectPostFactory])
def test_posts_of_the_merged_end_that_day(make: Any) -> None:
    post = make()
    subject = getattr(post, post.SUBJECT)
    fields = {post.SUBJECT: subject, "post": "deputy"}
    former = make(**fields, ends_on=date(2026, 5, 1))
    make(**fields, ends_on=date(2026, 6, 1))
    coming = make(**fields, starts_on=date(2026, 6, 1))

    merge(subject, TeamFactory() if isinstance(subject, Team) else ProjectFactory())

    assert list(subject.posts.order_by("pk").values_list("ends_on", flat=True)) == [
        TODAY,
        former.ends_on,
        TODAY,
        coming.starts_on,
    ]
    assert not subject.posts.held_on(TODAY).exists()


def test_nobody_is_appointed_to_what_was_merged() -> None:
    team, heir = TeamFactory(name="Old"), TeamFactory(name="New")
    merge(team, heir)

    with pytest.raises(ValidationError) as refused:
        TeamPost.objects.appoint(team=team, person=UserFactory(), by=UserFactory())

    assert refused.value.messages == ["Old was merged into New. Appoint somebody there."]


def test_team_hands_on_what_is_current() -> None:
    team, heir, by = TeamFactory(), TeamFactory(), UserFactory()
    person, left = UserFactory(team=team), UserFactory(team=team)
    below, closed_below = TeamFactory(parent=team), TeamFactory(parent=team)
    project, closed = ProjectFactory(team=team), ProjectFactory(team=team)
    product, gone = ProductFactory(team=team), ProductFactory(team=team)
    for thing in (closed_below, closed, gone):
        thing.close(by=by, at=AT)

    merge(team, heir, by=by)

    for thing, field, now in (
        (person, "team", heir),
        (left, "team", heir),
        (below, "parent", heir),
        (closed_below, "parent", team),
        (project, "team", heir),
        (closed, "team", team),
        (product, "team", heir),
        (gone, "team", team),
    ):
        thing.refresh_from_db()
        assert getattr(thing, field) == now, thing
    moved = person.history.order_by("history_id").last()
    assert (moved.team, moved.history_user, moved.history_date) == (heir, by, AT)


def test_project_hands_on_what_is_current() -> None:
    project, heir = ProjectFactory(), ProjectFactory()
    for name in ("Design", "Deployment"):
        WorkstreamFactory(project=project, name=name)
        MetricFactory(project=project, name=name)
    closed = WorkstreamFactory(project=project, name="Tender", closed_on=date(2026, 1, 5))
    WorkstreamFactory(project=heir, name="DEPLOYMENT")
    MetricFactory(project=heir, name="deployment")

    merge(project, heir)

    assert sorted(heir.workstreams.values_list("name", flat=True)) == ["DEPLOYMENT", "Design"]
    assert sorted(heir.metrics.values_list("name", flat=True)) == ["Design", "deployment"]
    assert set(project.workstreams.values_list("name", "closed_on")) == {
        ("Deployment", TODAY),
        ("Tender", closed.closed_on),
    }
    assert [metric.name for metric in project.metrics.all()] == ["Deployment"]


@BOTH
def test_closed_one_may_be_merged_and_keeps_its_day(make: Any) -> None:
    subject, by = make(), UserFactory()
    subject.close(by=by, at=datetime(2026, 5, 1, 9, tzinfo=LONDON))

    merge(subject, make())

    assert subject.closed_at == datetime(2026, 5, 1, 9, tzinfo=LONDON)


@BOTH
def test_what_cannot_be_merged_says_why(make: Any) -> None:
    subject, heir, other = make(name="Old"), make(name="New"), make(name="Other")
    merge(subject, heir)
    other.close(by=UserFactory())

    assert refusal(heir, heir) == ["It cannot be merged into itself. Choose another."]
    assert refusal(subject, other) == ["Old was merged into New already."]
    assert refusal(heir, subject) == ["Old is closed. Reopen it first, or choose another."]
    assert refusal(heir, other) == ["Other is closed. Reopen it first, or choose another."]


def test_directorate_goes_on() -> None:
    house = directorate()

    assert refusal(house, TeamFactory()) == [
        "Directorate is the directorate itself. It cannot be merged."
    ]
    with pytest.raises(ValidationError, match="It cannot be closed"):
        house.close(by=UserFactory())


def test_team_is_not_merged_into_one_below_it() -> None:
    team = TeamFactory(name="Above")
    below = TeamFactory(name="Below", parent=TeamFactory(parent=team))

    assert refusal(team, below) == ["Below belongs to Above. Let it belong to another team first."]


def test_two_products_of_one_name_are_told_apart_first() -> None:
    team, heir = TeamFactory(), TeamFactory()
    ProductFactory(team=team, name="Website")
    ProductFactory(team=heir, name="WEBSITE")

    assert refusal(team, heir) == ["Both teams have a product “Website”. Rename one first."]
    assert Team.objects.get(pk=team.pk).closed_at is None


@BOTH
def test_merged_one_is_not_reopened(make: Any) -> None:
    subject = make(name="Old")
    merge(subject, make(name="New"))

    with pytest.raises(ValidationError) as refused:
        subject.reopen(by=UserFactory())

    assert refused.value.messages == [
        "Old was merged into New, so it cannot be reopened. Add a new one instead."
    ]


@BOTH
def test_constraints_hold_a_merged_one(make: Any) -> None:
    subject, heir, by = make(), make(), UserFactory()
    rows = type(subject).objects.filter(pk=subject.pk)

    for wrong in (
        {"merged_into": heir},
        {"merged_into": subject, "closed_at": AT, "closed_by": by},
        {"closed_at": AT},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_closed_team_is_expected_no_more() -> None:
    team = TeamFactory()
    team.close(by=UserFactory(), at=AT)

    assert team in Team.objects.reporting(date(2026, 5, 19))
    assert team not in Team.objects.reporting(TODAY)
    assert (team.is_active_on(date(2026, 5, 19)), team.is_active_on(TODAY)) == (True, False)
