"""Reading the demonstration as somebody who only reads."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from django.test import Client


@pytest.fixture
def full_digest(client: "Client", settings: Any, demo: None, db: None) -> "BeautifulSoup":
    return page_of(client, settings, "2026-05-18")


@pytest.fixture
def directors_note(client: "Client", settings: Any, demo: None, db: None) -> "BeautifulSoup":
    return page_of(client, settings, "2024-12-20")


def page_of(client: "Client", settings: Any, slug: str) -> "BeautifulSoup":
    from people.models import User
    from tests.weeknotes.browse import read

    settings.DEMO = True
    client.force_login(User.objects.get(email="reader@ddat.example"))
    return read(client.get(f"/digests/{slug}/"))
