"""Somebody who reads, and a project to read about."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from projects.models import Project


@pytest.fixture
def as_reader(client: "Client", db: None) -> "Client":
    from tests.factories import UserFactory

    client.force_login(UserFactory(forename="Rhea", surname="Der"))
    return client


@pytest.fixture
def project(db: None) -> "Project":
    from tests.factories import ProjectFactory

    return ProjectFactory(name="OneDrive", code="PR9")
