"""The cast of these tests, on a Thursday morning, the day before the deadline."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from people.models import Team, User
    from projects.models import Project
    from tests.weeknotes.updates.pen import Pen
    from tests.weeknotes.updates.sheet import Sheet
    from weeknotes.digests.models import Digest


@pytest.fixture(autouse=True)
def _thursday(time_machine: Any) -> None:
    from tests.weeknotes.week import THURSDAY

    time_machine.move_to(THURSDAY, tick=False)


@pytest.fixture
def digest(db: None) -> "Digest":
    from tests.weeknotes.week import open_digest

    return open_digest()


@pytest.fixture
def writer(db: None) -> "User":
    from tests.factories import UserFactory

    return UserFactory(forename="Wren", surname="Writer", job_title="Project manager")


@pytest.fixture
def colleague(db: None) -> "User":
    from tests.factories import UserFactory

    return UserFactory(forename="Col", surname="League")


@pytest.fixture
def project(writer: "User") -> "Project":
    from tests.weeknotes.week import project_of

    return project_of(writer, name="Frontline Services", code="PR1")


@pytest.fixture
def team(writer: "User") -> "Team":
    from tests.weeknotes.week import team_of

    return team_of(writer, name="Web")


@pytest.fixture
def as_writer(client: "Client", writer: "User") -> "Client":
    client.force_login(writer)
    return client


@pytest.fixture
def pen(digest: "Digest", project: "Project", writer: "User") -> "Pen":
    from tests.weeknotes.updates.pen import Pen

    return Pen(digest, project, writer)


@pytest.fixture
def address(digest: "Digest", project: "Project") -> str:
    return f"/updates/{digest.slug}/projects/{project.slug}/"


@pytest.fixture
def sheet(as_writer: "Client", address: str) -> "Sheet":
    """The project's form: outcomes, plans and risks, from the template of all projects."""
    from tests.weeknotes.updates.sheet import Sheet
    from weeknotes.updates.templates import UpdateTemplate

    template = UpdateTemplate.objects.create(name="Project", starts="projects")
    for position, (kind, heading) in enumerate(
        [("outcomes", "Key outcomes"), ("plans", "Looking ahead"), ("risks", "")]
    ):
        template.sections.create(position=position, kind=kind, heading=heading)
    return Sheet(as_writer, address)
