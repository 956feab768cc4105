"""What the bench measures against is what it says: the same page, and pages that do nothing."""

from typing import Any

import pytest
from django.test import Client

from people.models import User
from tests.weeknotes.reading.test_digest_page import PAGE, without_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_reader(client: Client, settings: Any, demo: None) -> Client:
    settings.DEMO, settings.ROOT_URLCONF = True, "bench.urls"
    client.force_login(User.objects.get(email="reader@ddat.example"))
    return client


def test_page_rendered_afresh_is_the_published_one(as_reader: Client) -> None:
    published = without_tokens(as_reader.get(PAGE).content)
    afresh = without_tokens(as_reader.get(f"/bench/afresh{PAGE[8:]}").content)

    by = b"Composed and published by"
    assert [part[: part.index(by)] for part in (afresh, published)] == [
        published[: published.index(by)]
    ] * 2


def test_pages_beside_it_do_nothing(as_reader: Client) -> None:
    constant = as_reader.get("/bench/constant/")
    sent = as_reader.post("/bench/nothing/", {"kind": "like"})

    assert (constant.status_code, len(constant.content)) == (200, 40_960)
    assert sent.content == b"like and nothing else"
