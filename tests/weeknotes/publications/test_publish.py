"""The preview, and the button that publishes what it shows."""

import json
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from projects.models import Project
from tests.factories import ProjectFactory, TeamFactory, UserFactory, directorate
from tests.weeknotes.browse import headings, read, sent_by, skipped_levels, spoken
from tests.weeknotes.week import (
    DEADLINE,
    THURSDAY,
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    write_note,
)
from weeknotes.content.document import Rag, RagColour
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db

ADDRESS = "/desk/2026-05-18/"
PREVIEW = f"{ADDRESS}preview/"
PUBLISH = f"{ADDRESS}publication/"
FORM = "form.savebar"


@pytest.fixture
def digest() -> Digest:
    """The note, a project and a team, being composed."""
    digest = open_digest()
    write_note(digest)
    hand_in(digest, ProjectFactory(name="Data"), rag=Rag(colour=RagColour.RED))
    hand_in(digest, TeamFactory(name="Web"), "We *met*.\n\n- one\n- two")
    composing.start_composing(digest=digest, by=editor())
    return digest


def preview(client: Client) -> BeautifulSoup:
    response = client.get(PREVIEW)
    assert response.status_code == 200
    return read(response)


def test_preview_is_the_published_article_byte_for_byte(as_editor: Client, digest: Digest) -> None:
    before = as_editor.get(PREVIEW).content.decode()
    as_editor.post(PUBLISH, sent_by(read(as_editor.get(PREVIEW)), FORM))

    body = Publication.objects.get().body
    published = as_editor.get("/digests/2026-05-18/").content.decode()
    pieces = [piece["html"] for piece in body["pieces"]]
    assert f'{"".join(body["opening"])}<div class="updates">{"".join(pieces)}</div>' in before
    assert [piece for piece in [*body["opening"], *pieces] if piece not in published] == []


def test_title_summary_and_names_run_from_right_to_left(as_editor: Client, digest: Digest) -> None:
    seen, by = {"title": "", "summary": ""}, editor()
    digest.set_details(seen=seen, changed={"title": "שלום!", "summary": "עולם."}, by=by)
    Project.objects.update(name="נתונים & co")

    page = preview(as_editor)

    assert str(page.select_one(".mast h1")) == '<h1 dir="auto">שלום!</h1>'
    assert str(page.select_one(".standfirst")) == '<p class="standfirst" dir="auto">עולם.</p>'
    for place in (".glance", ".toc"):
        assert [str(one) for one in page.select(f"{place} bdi")] == ["<bdi>נתונים &amp; co</bdi>"]


def test_preview_says_who_sees_it_and_reads_in_order(as_editor: Client, digest: Digest) -> None:
    page = preview(as_editor)

    assert spoken(page.select_one(".banner p")) == "Preview. Only editors see this."
    assert [link["href"] for link in page.select(".banner a")] == [
        f"{ADDRESS}note/",
        f"{ADDRESS}details/",
        ADDRESS,
    ]
    assert headings(page) == [
        "h1 Weeknotes for 11 to 15 May 2026",
        "h2 Status at a glance",
        "h2 In this digest",
        "h2 Director’s weeknote",
        "h2 Data",
        "h2 Web",
        "h2 That is all",
    ]
    assert skipped_levels(page) == []
    targets = {link["href"] for link in page.select(".page a[href^='#']")}
    assert [target for target in targets if not page.select(target)] == []


def test_publishing_leads_to_the_digest(as_editor: Client, digest: Digest) -> None:
    form = preview(as_editor).select_one(FORM)
    assert (form["action"], [spoken(b) for b in form.select("button")]) == (PUBLISH, ["Publish"])

    response = as_editor.post(PUBLISH, sent_by(preview(as_editor), FORM))

    assert response.url == "/digests/2026-05-18/"
    page = read(as_editor.get(response.url))
    assert spoken(page.select_one(".flash")).startswith("Published. Everyone")
    assert Publication.objects.get().published_by == editor()


def test_second_press_is_told_who_published_and_when(as_editor: Client, digest: Digest) -> None:
    sent = sent_by(preview(as_editor), FORM)
    as_editor.post(PUBLISH, sent)

    response = as_editor.post(PUBLISH, sent)

    page = read(response)
    words = Publication.objects.get().published_moment
    assert response.status_code == 409
    assert spoken(page.select_one(".trouble p")).startswith(
        f"Di Rector published this digest on {words}."
    )
    assert page.select_one(".trouble a")["href"] == "/digests/2026-05-18/"
    assert Publication.objects.count() == 1


def test_what_changed_is_listed(as_editor: Client, digest: Digest) -> None:
    sent = sent_by(preview(as_editor), FORM)
    late = hand_in(digest, TeamFactory(name="Late"), heading="<b>Late</b>")
    composing.decide(digest=digest, update=late, decision=Decision.INCLUDED, by=editor())

    response = as_editor.post(PUBLISH, sent)

    page = read(response)
    assert response.status_code == 409
    assert [spoken(li) for li in page.select(".trouble li")] == ["“<b>Late</b>” was added."]
    assert page.select_one(".trouble a")["href"] == PREVIEW
    assert Digest.objects.get().is_composing
    assert as_editor.post(PUBLISH, sent_by(preview(as_editor), FORM)).status_code == 302


@pytest.mark.parametrize(
    "seen",
    [
        "",
        "{",
        "null",
        "[1, 2]",
        '"note"',
        '{"note": 7}',
        '{"note": ["\\ud800"]}',
        '{"\\ud800": "\\u0000"}',
        "[" * 100_000,
        "9" * 100_000,
        "\x00",
    ],
)
def test_manifest_that_is_none_is_harmless(as_editor: Client, digest: Digest, seen: str) -> None:
    response = as_editor.post(PUBLISH, {"hash": "0", "seen": seen})

    assert response.status_code == 409
    assert [spoken(li) for li in read(response).select(".trouble li")] == [
        "The digest is no longer as it was in your preview."
    ]
    assert Publication.objects.count() == 0


def test_right_hash_publishes_whatever_the_manifest(as_editor: Client, digest: Digest) -> None:
    sent = sent_by(preview(as_editor), FORM)

    assert as_editor.post(PUBLISH, {**sent, "seen": "{"}).status_code == 302


def test_hash_with_a_nul_is_a_bad_request(as_editor: Client, digest: Digest) -> None:
    assert as_editor.post(PUBLISH, {"hash": "\x00"}).status_code == 400


def test_manifest_names_each_piece(as_editor: Client, digest: Digest) -> None:
    manifest = json.loads(sent_by(preview(as_editor), FORM)["seen"])

    assert list(manifest) == ["title", "summary", "dates", "note", "project-data", "team-web"]


def test_while_collecting_there_is_no_publish(as_editor: Client) -> None:
    write_note(open_digest())

    page = preview(as_editor)

    assert page.select("main button") == []
    assert spoken(page.select_one(".savebar")).startswith(
        "Updates come in when you start composing."
    )
    response = as_editor.post(PUBLISH, sent_by(page, FORM))
    assert response.url == ADDRESS
    assert spoken(read(as_editor.get(ADDRESS)).select_one(".flash .error")) == (
        "Start composing first, then preview and publish."
    )


def test_nothing_to_publish_is_said(as_editor: Client) -> None:
    digest = open_digest()
    composing.start_composing(digest=digest, by=editor())

    page = preview(as_editor)

    assert headings(page) == ["h1 Nothing to publish yet"]
    assert page.select("main button") == []
    response = as_editor.post(PUBLISH, sent_by(page, FORM))
    assert spoken(read(as_editor.get(response.url)).select_one(".flash .error")) == (
        "Write your note or include an update first."
    )


def test_published_has_no_preview_any_more(as_editor: Client, digest: Digest) -> None:
    put_out(digest)

    response = as_editor.get(PREVIEW)

    assert (response.status_code, response.url) == (302, ADDRESS)
    assert read(as_editor.get(response.url)).select_one(".rail .govuk-button")["href"] == (
        "/digests/2026-05-18/"
    )


def test_drafts_are_not_in_the_preview(as_editor: Client, digest: Digest) -> None:
    writing.save_draft(
        digest=digest,
        subject=TeamFactory(name="Draft"),
        document=saying("ochre pelican"),
        version=0,
        by=UserFactory(),
    )

    assert "ochre pelican" not in as_editor.get(PREVIEW).content.decode()


def test_reading_the_publication_address_is_not_possible(as_editor: Client, digest: Digest) -> None:
    assert as_editor.get(PUBLISH).status_code == 405
    assert Digest.objects.get().is_composing


@pytest.mark.parametrize("count", [1, 30])
def test_preview_costs_the_same_however_many(
    as_editor: Client, count: int, django_assert_num_queries: object
) -> None:
    digest = open_digest()
    for _ in range(count):
        hand_in(digest, ProjectFactory())
    composing.start_composing(digest=digest, by=editor())

    with django_assert_num_queries(11):
        as_editor.get(PREVIEW)


ASK = "#early p"
COVERS = "The digest covers the days to Friday 15 May, which are not over."
DEADLINE_AHEAD = "The deadline, Friday 15 May at 11am, has not passed."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (THURSDAY, f"{DEADLINE_AHEAD} 2 of 3 expected updates are not in yet. {COVERS}"),
        (
            DEADLINE.replace(hour=10),
            f"{DEADLINE_AHEAD} 2 of 3 expected updates are not in yet.",
        ),
        (DEADLINE.replace(hour=12), "2 of 3 expected updates are not in yet."),
    ],
)
def test_preview_asks_while_something_is_to_come(
    as_editor: Client, time_machine: Any, at: datetime, said: str
) -> None:
    digest = open_digest()
    hand_in(digest, TeamFactory(name="Web"))
    writing.save_draft(
        digest=digest, subject=TeamFactory(name="Data"), document=saying(), version=0, by=editor()
    )
    composing.start_composing(digest=digest, by=editor())
    time_machine.move_to(at)

    page = preview(as_editor)

    assert spoken(page.select_one(ASK)) == f"Publish already? {said}"
    assert page.select_one("#early a")["href"] == f"{ADDRESS}#desk-board"
    assert spoken(page.select_one(".savebar .meta")).startswith("2 of 3 expected updates are not")
    assert as_editor.post(PUBLISH, sent_by(page, FORM)).url == "/digests/2026-05-18/"


def test_preview_asks_nothing_once_all_is_in(as_editor: Client, time_machine: Any) -> None:
    digest = open_digest()
    hand_in(digest, directorate())
    composing.start_composing(digest=digest, by=editor())
    time_machine.move_to(DEADLINE.replace(hour=12))

    page = preview(as_editor)

    assert page.select(ASK) == []
    assert spoken(page.select_one(".savebar .meta")).startswith("Published as it stands here")
