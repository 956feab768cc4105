"""One published digest with a note and one update, and one that is not published yet."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from people.models import User
    from weeknotes.digests.models import Digest


@pytest.fixture
def digest(db: None) -> "Digest":
    from tests.factories import TeamFactory
    from tests.weeknotes.week import hand_in, open_digest, put_out, write_note

    digest = open_digest()
    write_note(digest)
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest)
    return digest


@pytest.fixture
def reader(db: None) -> "User":
    from tests.factories import UserFactory

    return UserFactory(forename="Rhea", surname="Der")


@pytest.fixture
def as_reader(client: "Client", reader: "User") -> "Client":
    client.force_login(reader)
    return client
