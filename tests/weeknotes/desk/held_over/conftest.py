"""A digest on the desk, of which one update will be held over."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from people.models import Team, User
    from weeknotes.digests.models import Digest
    from weeknotes.updates.models import Update

# The week is imported inside: pytest may read this file before Django has started.


@pytest.fixture
def writer(db: None) -> "User":
    from tests.factories import UserFactory

    return UserFactory(forename="Wren", surname="Writer")


@pytest.fixture
def team(writer: "User") -> "Team":
    from tests.weeknotes.week import team_of

    return team_of(writer, name="Web", house_order=1)


@pytest.fixture
def digest(team: "Team") -> "Digest":
    """Composing, of 11 to 15 May: the note, Web and Data."""
    from tests.weeknotes.desk.held_over.week import composed

    return composed(team)


@pytest.fixture
def update(digest: "Digest") -> "Update":
    return digest.updates.get(team__slug="web", is_note=False)
