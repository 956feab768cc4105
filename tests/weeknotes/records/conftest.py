"""Somebody who reads."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def as_reader(client: "Client", db: None) -> "Client":
    from tests.factories import UserFactory

    client.force_login(UserFactory(forename="Rhea", surname="Der"))
    return client
