"""The cast of these tests."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from people.models import User

# Models are imported inside: pytest may read this file before Django has started.


def person(forename: str, surname: str, *, role: str = "", **fields: bool) -> "User":
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
    return person("Lea", "Ver", is_active=False)


@pytest.fixture
def superuser(db: None) -> "User":
    return person("Su", "Per", is_superuser=True)


@pytest.fixture
def as_admin(client: "Client", admin: "User") -> "Client":
    client.force_login(admin)
    return client
