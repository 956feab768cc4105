"""One factory per model, in the order of the apps."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from people.models import Event, Role, RoleGrant, Team, TeamPost, User
from projects.models import Metric, Product, Project, ProjectPost, Workstream

PASSWORD = "a long walk by the river"
MORNING = datetime(2026, 5, 11, 9, tzinfo=UTC)


def directorate() -> Team:
    """The one team without a parent, made when first asked for."""
    return Team.objects.filter(parent=None).first() or Team.objects.create(name="Directorate")


# People


class TeamFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Team {n}")
    parent = factory.LazyFunction(directorate)

    class Meta:
        model = Team


class UserFactory(DjangoModelFactory):
    email = factory.Sequence(lambda n: f"person{n}@council.example")
    forename = "Person"
    surname = factory.Sequence(str)
    password = PASSWORD

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class TeamPostFactory(DjangoModelFactory):
    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(UserFactory)
    starts_on = date(2026, 1, 5)

    class Meta:
        model = TeamPost


class RoleGrantFactory(DjangoModelFactory):
    person = factory.SubFactory(UserFactory)
    role = Role.EDITOR
    granted_by = factory.SubFactory(UserFactory)
    granted_at = MORNING

    class Meta:
        model = RoleGrant


class EventFactory(DjangoModelFactory):
    by = factory.SubFactory(UserFactory)
    verb = "granted"
    kind = "rolegrant"
    object_id = 1
    name = "Somebody, editor"
    at = MORNING

    class Meta:
        model = Event


# Projects


class ProjectFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Project {n}")
    team = factory.SubFactory(TeamFactory)

    class Meta:
        model = Project


class ProjectPostFactory(DjangoModelFactory):
    project = factory.SubFactory(ProjectFactory)
    person = factory.SubFactory(UserFactory)
    starts_on = date(2026, 1, 5)

    class Meta:
        model = ProjectPost


class ProductFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Product {n}")
    team = factory.SubFactory(TeamFactory)

    class Meta:
        model = Product


class WorkstreamFactory(DjangoModelFactory):
    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Workstream {n}")

    class Meta:
        model = Workstream


class MetricFactory(DjangoModelFactory):
    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Metric {n}")

    class Meta:
        model = Metric
