"""A form that is opened in the moment in which somebody saves."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from people.models import User
from projects.models import Project
from tests.weeknotes.browse import read, sent_by
from tests.weeknotes.week import saying
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.editing import Place
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_guarded", [True, False])
def test_its_words_and_its_version_are_of_one_moment(
    client: Client,
    digest: Digest,
    project: Project,
    writer: User,
    monkeypatch: pytest.MonkeyPatch,
    is_guarded: bool,
) -> None:
    words: dict[str, Any] = {"digest": digest, "subject": project, "by": writer}
    update = writing.save_draft(**words, document=saying("First."), version=0)
    read_words = Place.newest

    def save_then_read(place: Place, update: Update) -> Any:
        monkeypatch.undo()
        writing.save_draft(**words, document=saying("Second."), version=1)
        newest = read_words(place, update)
        if is_guarded:
            return newest
        return SimpleNamespace(document=newest.document, version=update.version)

    monkeypatch.setattr(Place, "newest", save_then_read)
    client.force_login(writer)

    typed = sent_by(read(client.get(update.address)))

    assert typed["s0-text"] == "Second."
    answer = client.post(update.address, {**typed, "s0-text": "Third.", "do": "save"})
    assert answer.status_code == (302 if is_guarded else 409)
