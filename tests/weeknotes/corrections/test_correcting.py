"""Correcting a published digest: what readers see of it, before and after."""

import pytest
from django.test import Client

from tests.factories import ProjectFactory, TeamFactory, UserFactory
from tests.weeknotes.browse import read, sent_by, spoken
from tests.weeknotes.week import editor, hand_in, open_digest, put_out, write_note
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.withdrawing import restore, withdraw
from weeknotes.updates.models import Revision

pytestmark = pytest.mark.django_db

READ = "/digests/2026-05-18/"
DESK = "/desk/2026-05-18/"
CORRECT = f"{DESK}correction/"
WORDS = f"{CORRECT}updates/team-web/"
CANARY = "ochre pelican"


@pytest.fixture
def digest() -> Digest:
    digest = open_digest()
    write_note(digest)
    hand_in(digest, ProjectFactory(name="Data"))
    hand_in(digest, TeamFactory(name="Web"))
    put_out(digest, title="Diaries")
    return digest


@pytest.fixture
def as_editor() -> Client:
    client = Client()
    client.force_login(editor())
    return client


@pytest.fixture
def as_reader() -> Client:
    client = Client()
    client.force_login(UserFactory())
    return client


def change(client: Client, text: str = CANARY) -> None:
    sent = sent_by(read(client.get(WORDS)), "#update")
    assert client.post(WORDS, {**sent, "s0-text": text}).status_code == 302


def say(client: Client, kind: str = "substantive", note: str = "Sixty, not sixteen.") -> None:
    sent = sent_by(read(client.get(CORRECT)), "#said")
    assert client.post(CORRECT, {**sent, "kind": kind, "note": note}).status_code == 302


def publish(client: Client) -> int:
    page = read(client.get(f"{CORRECT}preview/"))
    return client.post(f"{CORRECT}publication/", sent_by(page, "form.savebar")).status_code


def test_a_correction_in_preparation_is_seen_nowhere(
    as_editor: Client, as_reader: Client, digest: Digest
) -> None:
    before = as_reader.get(READ)
    change(as_editor)
    say(as_editor, note=CANARY)

    for address in (READ, "/", "/digests/", "/projects/data/", "/teams/web/"):
        assert CANARY not in as_reader.get(address).content.decode()
    assert as_reader.get(READ, headers={"if-none-match": before["ETag"]}).status_code == 304
    assert Revision.objects.filter(content__icontains=CANARY).count() == 0
    assert as_reader.get(CORRECT).status_code == 404


def test_substance_stands_at_the_top_and_typos_at_the_foot(
    as_editor: Client, as_reader: Client, digest: Digest
) -> None:
    as_reader.post(f"{READ}team-web/reaction/", {"kind": "like"})
    change(as_editor)
    say(as_editor, note="Sixty, <b>not</b> sixteen.")
    assert publish(as_editor) == 302
    change(as_editor, f"{CANARY}s")
    say(as_editor, "typo", "A letter.")
    preview = as_editor.get(f"{CORRECT}preview/").content.decode()
    assert publish(as_editor) == 302

    page = read(as_reader.get(READ))
    current = Publication.objects.current().get()
    pieces = "".join(piece["html"] for piece in current.body["pieces"])
    assert f'{"".join(current.body["opening"])}<div class="updates">{pieces}</div>' in preview
    notes = [spoken(note).partition(": ")[2] for note in page.select(".corrected")]
    assert notes == ["Sixty, <b>not</b> sixteen."]
    assert [spoken(li).endswith(": A letter.") for li in page.select("#end li")] == [True]
    assert CANARY in spoken(page.select_one("#team-web"))
    assert ", published 18 May, corrected " in spoken(page.select_one(".mast .meta"))
    assert current.number == 3
    assert [p.heading for p in current.published_updates.all()] == [
        p.heading for p in Publication.objects.get(number=1).published_updates.all()
    ]
    assert Correction.objects.count() == 0
    assert page.select_one(f"[action='{READ}team-web/reaction/'] [aria-pressed=true]")


def test_what_changed_since_the_preview_is_not_published(as_editor: Client, digest: Digest) -> None:
    change(as_editor)
    say(as_editor)
    sent = sent_by(read(as_editor.get(f"{CORRECT}preview/")), "form.savebar")
    change(as_editor, "Other words.")

    response = as_editor.post(f"{CORRECT}publication/", sent)

    assert response.status_code == 409
    assert [spoken(li) for li in read(response).select(".trouble li")] == [
        "The words of “Web” changed."
    ]
    assert Publication.objects.count() == 1


def test_two_editors_in_one_update_lose_nothing(as_editor: Client, digest: Digest) -> None:
    sent = sent_by(read(as_editor.get(WORDS)), "#update")
    change(as_editor)

    response = as_editor.post(WORDS, {**sent, "s0-text": "Umber heron"})

    page = read(response)
    assert response.status_code == 409
    assert page.select_one("[name=s0-text]").text.strip() == "Umber heron"
    assert CANARY in spoken(page.select_one(".ask"))
    assert as_editor.post(WORDS, sent_by(page, "#update")).status_code == 302
    assert Correction.objects.get().words["team-web"]["sections"][0]["text"] == "Umber heron"


def test_an_update_is_taken_out_and_a_withdrawn_digest_is_not_corrected(
    as_editor: Client, as_reader: Client, digest: Digest
) -> None:
    assert as_editor.post(f"{WORDS}place/", {"out": "yes"}).status_code == 302
    say(as_editor)
    withdraw(digest=digest, reason="Wrong.", by=editor())
    assert publish(as_editor) == 409
    restore(digest=digest, by=editor())
    assert publish(as_editor) == 302

    assert read(as_reader.get(READ)).select("#team-web") == []
    assert list(PublishedUpdate.objects.current().values_list("anchor", flat=True)) == [
        "note",
        "project-data",
    ]


def test_an_abandoned_correction_leaves_nothing(as_editor: Client, digest: Digest) -> None:
    change(as_editor)
    assert as_editor.post(f"{CORRECT}removal/").status_code == 302
    assert Correction.objects.count() == 0
    assert as_editor.post(f"{CORRECT}publication/", {"hash": "0"}).status_code == 409
