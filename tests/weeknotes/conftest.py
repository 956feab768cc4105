"""An editor at the desk."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

# The week is imported inside: pytest may read this file before Django has started.


@pytest.fixture
def as_editor(db: None, client: "Client") -> "Client":
    from tests.weeknotes.week import editor

    client.force_login(editor())
    return client
