"""The cast of these tests."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from people.models import User

LONG_AGO = date(2026, 1, 5)

# Models are imported inside: pytest may read this file before Django has started.


def person(forename: str, surname: str, *, role: str = "", **fields: Any) -> "User":
    from tests.factories import RoleGrantFactory, UserFactory

    email = f"{forename}@council.example".lower()
    user = UserFactory(email=email, forename=forename, surname=surname, **fields)
    if role:
        RoleGrantFactory(person=user, role=role)
    return user


@pytest.fixture
def admin(db: None) -> "User":
    return person("Ada", "Min", role="admin")


@pytest.fixture
def director(db: None) -> "User":
    return person("Di", "Rector", role="editor")


@pytest.fixture
def contributor(db: None) -> "User":
    return person("Con", "Tributor")


@pytest.fixture
def leaver(db: None) -> "User":
    return person("Lea", "Ver", leaves_on=LONG_AGO)


@pytest.fixture
def superuser(db: None) -> "User":
    return person("Su", "Per", is_superuser=True)


@pytest.fixture
def as_admin(client: "Client", admin: "User") -> "Client":
    client.force_login(admin)
    return client
