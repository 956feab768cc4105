"""Pages of a correction that were open while another editor finished it: nothing is undone."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import UserFactory
from tests.weeknotes.browse import read, sent_by, spoken
from tests.weeknotes.corrections.test_correcting import (
    correct,
    digest,
    put_out_correction,
    update_of,
)
from tests.weeknotes.week import editor, saying
from weeknotes.corrections import correcting
from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.correcting import DetailsChanged, version_out_of
from weeknotes.digests.models import Digest
from weeknotes.updates.writing import SavedSince

pytestmark = pytest.mark.django_db

__all__ = ["digest"]  # the fixture


def save(digest: Digest, words: str, *, version: int) -> None:
    correcting.save_words(
        correction=correcting.start(digest=digest, by=editor()),
        update=update_of(digest, "team-desk"),
        document=saying(words),
        version=version,
        by=editor(),
    )


@pytest.mark.parametrize("is_dropped", [True, False])
@pytest.mark.parametrize("opened_at", [0, 1])
def test_words_opened_in_an_earlier_correction_undo_nothing_in_the_next(
    digest: Digest, opened_at: int, is_dropped: bool
) -> None:
    first = correct(digest, "team-desk", "We met 21 people.")
    if is_dropped:
        correcting.drop(correction=first, by=editor())
    else:
        put_out_correction(first)
    second = correcting.start(digest=digest, by=editor())

    with pytest.raises(SavedSince, match=r"^You began this correction .*after you opened"):
        save(digest, "We met 20 People!", version=opened_at)

    assert not second.updates.exists()
    save(digest, "We met 20 people!", version=version_out_of(update_of(digest, "team-desk")))
    assert second.updates.get().document == saying("We met 20 people!")


def test_the_other_words_stand_beside_those_of_an_earlier_correction(
    digest: Digest, client: Client
) -> None:
    client.force_login(editor())
    put_out_correction(correct(digest, "team-desk", "We met 21 people."))
    correcting.start(digest=digest, by=editor())
    address = f"/desk/{digest.slug}/correction/updates/team-desk/"
    stale = {**form_of(client, address), "version": "0"}

    page = client.post(address, {**stale, "do": "save", "heading": "Mine"})

    assert page.status_code == 409
    assert "You began this correction" in read(page).text
    assert client.post(address, {**form_of(client, address), "do": "save"}).status_code == 302


def test_taking_out_is_no_change_of_words(digest: Digest) -> None:
    correction = correcting.start(digest=digest, by=editor())
    update = update_of(digest, "team-desk")
    opened_at = version_out_of(update)
    correcting.take_out(
        correction=correction, update=update, published={}, is_out=True, by=UserFactory()
    )
    save(digest, "We met 21 people.", version=opened_at)
    assert correction.updates.get().document == saying("We met 21 people.")


def test_title_opened_in_an_earlier_correction_undoes_nothing_in_the_next(digest: Digest) -> None:
    first = correcting.start(digest=digest, by=editor())
    seen = first.version
    said: dict[str, Any] = {"summary": "And diaries.", "by": editor()}
    correcting.set_details(correction=first, title="Waffles!", version=seen, **said)
    put_out_correction(first)
    second = correcting.start(digest=digest, by=editor())

    for version in (seen, seen + 1):
        with pytest.raises(DetailsChanged):
            correcting.set_details(correction=second, title="Mine", version=version, **said)
    correcting.set_details(correction=second, title="Mine", version=second.version, **said)


def test_words_of_what_was_taken_out_meanwhile_are_handed_back(
    digest: Digest, client: Client
) -> None:
    client.force_login(editor())
    correction = correcting.start(digest=digest, by=editor())
    address = f"/desk/{digest.slug}/correction/updates/team-desk/"
    typed = {**form_of(client, address), "do": "save", "heading": "Typed for an hour"}
    update = update_of(digest, "team-desk")
    correcting.take_out(
        correction=correction, update=update, published={}, is_out=True, by=editor()
    )
    put_out_correction(correction)

    for _ in range(2):
        page = client.post(address, typed)
        assert page.status_code == 422
        assert "This update was taken out of the digest." in read(page).text
        assert page.content.decode().count("Typed for an hour") == 1
        links = read(page).select(".back a, .savebar a")
        assert [(spoken(link), link["href"]) for link in links] == [
            ("The desk", f"/desk/{digest.slug}/"),
            ("Go to the desk", f"/desk/{digest.slug}/"),
        ]
        correcting.start(digest=digest, by=editor())
    assert client.get(address).status_code == 302


def test_what_cannot_be_published_yet_is_said_in_the_preview(
    digest: Digest, client: Client
) -> None:
    client.force_login(editor())
    article = Corrected.of(correcting.start(digest=digest, by=editor())).article
    sent = {"hash": article.hash, "seen": json.dumps(article.manifest), "kind": "typo"}
    page = client.post(f"/desk/{digest.slug}/correction/publication/", {**sent, "note": "21."})
    assert page.status_code == 409
    assert page.templates[0].name == "weeknotes/corrections/preview.html"
    assert 'value="21."' in page.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "9" * 19, "9" * 400])
def test_no_publication_has_that_number(digest: Digest, client: Client, number: str) -> None:
    client.force_login(editor())
    assert client.get(f"/desk/{digest.slug}/publications/{number}/").status_code == 404


def form_of(client: Client, address: str) -> dict[str, str]:
    return sent_by(read(client.get(address)))
