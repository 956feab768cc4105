"""A published digest is corrected: words of their own till then, one current publication after."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ddat.clock import LONDON
from people.models import Event
from tests.factories import ProjectFactory, TeamFactory, TeamPostFactory
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.week import editor, hand_in, open_digest, put_out, saying, write_note
from weeknotes.content.document import Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import OutcomesSection
from weeknotes.corrections import correcting
from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.correcting import CorrectionRefused
from weeknotes.corrections.models import Correction
from weeknotes.corrections.publishing import publish
from weeknotes.digests.models import Digest
from weeknotes.publications.models import ChangeKind, Publication
from weeknotes.publications.publishing import ChangedSince
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.writing import SavedSince, WritingRefused

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 5, 20, 10, tzinfo=LONDON)


@pytest.fixture
def digest(db: None) -> Digest:
    """The note, a project and a team, out on 18 May."""
    digest = open_digest()
    write_note(digest)
    outcomes = OutcomesSection(
        groups=(Group(items=(Item(text="Moved.", children=(Item(text="All of it."),)),)),)
    )
    project = hand_in(digest, ProjectFactory(name="Web"), rag=Rag(colour=RagColour.AMBER))
    Revision.objects.filter(update=project).update(
        content=replace(project.latest.document, sections=(outcomes,)).to_json()
    )
    hand_in(digest, TeamFactory(name="Desk", slug="desk"), "We met 20 people.")
    put_out(digest, title="Waffles", summary="And diaries.")
    return digest


def update_of(digest: Digest, anchor: str) -> Update:
    published = digest.publications.latest("number").published_updates.get(anchor=anchor)
    return published.update


def correct(digest: Digest, anchor: str, words: str, *, version: int = 0) -> Correction:
    correction = correcting.start(digest=digest, by=editor(), at=WEDNESDAY)
    correcting.save_words(
        correction=correction,
        update=update_of(digest, anchor),
        document=saying(words),
        version=version,
        by=editor(),
        at=WEDNESDAY,
    )
    return correction


def put_out_correction(
    correction: Correction, *, kind: ChangeKind = ChangeKind.TYPO, note: str = "21, not 20."
) -> Publication:
    article = Corrected.of(correction).article
    return publish(
        correction=correction,
        article_hash=article.hash,
        seen=article.manifest,
        kind=kind,
        note=note,
        by=editor(),
        at=WEDNESDAY,
    )


def rows_of(publication: Publication) -> list[Any]:
    """Everything told by a publication, without the ids."""
    told = []
    for published in publication.published_updates.all():
        rows = {
            name: list(getattr(published, name).values_list("position", *fields))
            for name, fields in {
                "items": ("kind", "text", "state", "parent__text"),
                "ragreadings": ("colour", "words"),
                "publishedbylines": ("name",),
            }.items()
        }
        told.append((published.anchor, published.heading, published.due_on, rows))
    return told


def test_what_is_not_corrected_stands_as_it_came_out(digest: Digest) -> None:
    before = digest.publications.get()
    publication = put_out_correction(correct(digest, "team-desk", "We met 21 people."))

    pieces = {piece["anchor"]: piece["html"] for piece in publication.body["pieces"]}
    first = {piece["anchor"]: piece["html"] for piece in before.body["pieces"]}
    assert [anchor for anchor in first if pieces[anchor] != first[anchor]] == ["team-desk"]
    assert "We met 21 people." in pieces["team-desk"]
    assert (publication.number, list(Publication.objects.current())) == (2, [publication])
    assert [row for row in rows_of(publication) if row[0] != "team-desk"] == [
        row for row in rows_of(before) if row[0] != "team-desk"
    ]
    assert (publication.came_out_at, publication.publisher_name) == (
        before.published_at,
        before.publisher_name,
    )


def test_renames_since_do_not_reach_back(digest: Digest) -> None:
    before = digest.publications.get()
    web, desk = update_of(digest, "project-web").project, update_of(digest, "team-desk").team
    type(web).objects.filter(pk=web.pk).update(name="Web, renamed")
    type(desk).objects.filter(pk=desk.pk).update(name="Desk, renamed")

    publication = put_out_correction(correct(digest, "team-desk", "We met 21 people."))

    told = {one["anchor"]: one["subject"] for one in publication.content["updates"]}
    assert told == {one["anchor"]: one["subject"] for one in before.content["updates"]}
    assert "renamed" not in str(publication.body)


def test_corrected_words_are_a_revision_beside_the_writers_own(digest: Digest) -> None:
    original = update_of(digest, "team-desk").latest
    put_out_correction(
        correct(digest, "team-desk", "We met 21 people."), kind=ChangeKind.SUBSTANCE, note="21."
    )

    update = update_of(digest, "team-desk")
    latest = update.latest
    assert (update.original, latest.cause, latest.edit_kind, latest.reason) == (
        original,
        "corrected",
        "substance",
        "21.",
    )
    assert latest.sealed_at == WEDNESDAY
    assert update.edits() == [(original, latest)]
    assert Event.objects.filter(verb="corrected").count() == 1


def test_nothing_of_a_correction_stands_anywhere_before_it_is_published(digest: Digest) -> None:
    counts = Revision.objects.count(), Publication.objects.count()
    correction = correct(digest, "team-desk", "We met 21 people.")
    correcting.set_details(
        correction=correction, title="New title", summary="", version=1, by=editor()
    )

    digest.refresh_from_db()
    assert (digest.title, update_of(digest, "team-desk").latest.cause) == ("Waffles", "written")
    assert (Revision.objects.count(), Publication.objects.count()) == counts

    correcting.drop(correction=correction, by=editor())
    assert (Revision.objects.count(), Publication.objects.count()) == counts
    with pytest.raises(CorrectionRefused, match="Di Rector dropped this correction on"):
        put_out_correction(correction)


def test_title_and_summary_follow_the_publication(digest: Digest) -> None:
    correction = correcting.start(digest=digest, by=editor(), at=WEDNESDAY)
    correcting.set_details(
        correction=correction, title="Wafers", summary="", version=1, by=editor()
    )
    publication = put_out_correction(correction)

    digest.refresh_from_db()
    assert (digest.title, digest.summary) == ("Wafers", "")
    assert (publication.title, publication.summary) == ("Wafers", "")
    assert digest.publications.get(number=1).title == "Waffles"


def test_an_update_is_taken_out_and_put_back(digest: Digest) -> None:
    correction = correcting.start(digest=digest, by=editor(), at=WEDNESDAY)
    line = Corrected.of(correction).line_at("team-desk")

    def take_out(is_out: bool) -> list[str]:
        correcting.take_out(
            correction=correction,
            update=line.published.update,
            published=line.record["document"],
            is_out=is_out,
            by=editor(),
        )
        return [line.published.anchor for line in Corrected.of(correction).kept]

    assert take_out(True) == take_out(True) == ["note", "project-web"]
    assert take_out(False) == ["note", "project-web", "team-desk"]
    assert Corrected.of(correction).is_different is False
    take_out(True)
    publication = put_out_correction(correction, note="Told too early.")
    assert [one.anchor for one in publication.published_updates.all()] == ["note", "project-web"]


def test_second_correction_keeps_the_words_of_the_first(digest: Digest) -> None:
    put_out_correction(correct(digest, "team-desk", "We met 21 people."))
    second = put_out_correction(
        correct(digest, "note", "A better week."), kind=ChangeKind.SUBSTANCE, note="Better."
    )

    assert [(one.kind, one.note) for one in second.changes] == [
        ("typo", "21, not 20."),
        ("substance", "Better."),
    ]
    assert "We met 21 people." in second.body["pieces"][2]["html"]
    assert second.number == 3


def test_two_editors_in_one_correction(digest: Digest) -> None:
    correction = correct(digest, "team-desk", "We met 21 people.")
    again = correcting.start(digest=digest, by=editor())
    assert again == correction
    with pytest.raises(SavedSince, match=r"^You saved other words"):
        correct(digest, "team-desk", "We met 22 people.", version=0)
    correct(digest, "team-desk", "We met 21 people.", version=0)
    correct(digest, "team-desk", "We met 22 people.", version=1)
    assert correction.updates.get().document == saying("We met 22 people.")


@pytest.mark.parametrize(
    ("is_seen", "refused", "words"),
    [(False, ChangedSince, "Something changed"), (True, CorrectionRefused, "Nothing is corrected")],
)
def test_what_nobody_saw_or_nobody_changed_is_not_published(
    digest: Digest, is_seen: bool, refused: type[Exception], words: str
) -> None:
    correction = correcting.start(digest=digest, by=editor())
    seen = Corrected.of(correction).article
    if not is_seen:
        correct(digest, "team-desk", "We met 21 people.")
    with pytest.raises(refused, match=words):
        publish(
            correction=correction,
            article_hash=seen.hash,
            seen=seen.manifest,
            kind=ChangeKind.TYPO,
            note="Nothing.",
            by=editor(),
        )
    correction.refresh_from_db()
    assert (correction.closed_at, Publication.objects.count()) == (None, 1)


def test_only_what_came_out_is_corrected(digest: Digest) -> None:
    later = open_digest(weeks=1)
    with pytest.raises(CorrectionRefused, match="not published"):
        correcting.start(digest=later, by=editor())
    with pytest.raises(WritingRefused, match="at least one line"):
        correct(digest, "team-desk", "")


def test_published_twice_is_published_once(digest: Digest) -> None:
    correction = correct(digest, "team-desk", "We met 21 people.")
    published = put_out_correction(correction)
    assert put_out_correction(correction) == published
    with pytest.raises(CorrectionRefused, match=r"^Di Rector published this correction on"):
        put_out_correction(correction, note="Something else.")
    assert (Publication.objects.count(), Event.objects.filter(verb="corrected").count()) == (2, 1)


def test_the_desk_tells_what_stays_after_a_correction(digest: Digest, client: Client) -> None:
    client.force_login(editor())
    hint = "#order-h + .govuk-hint"
    assert spoken(read(client.get(f"/desk/{digest.slug}/")).select_one(hint)) == "As it came out."
    correction = correcting.start(digest=digest, by=editor())
    desk = update_of(digest, "team-desk")
    correcting.take_out(correction=correction, update=desk, published={}, is_out=True, by=editor())
    put_out_correction(correction)

    page = read(client.get(f"/desk/{digest.slug}/"))

    assert spoken(page.select_one(hint)) == "As it came out last, with every correction."
    one = read(client.get(f"/desk/{digest.slug}/updates/project-web/"))
    assert spoken(one.h1) == "As it stands now"
    assert [row["id"] for row in page.select(".order li")] == [
        *("o-note", "o-project-web", "o-team-desk")
    ]
    assert "the note and 1 update in the digest" in spoken(page.select_one("#desk-head"))
    assert page.select_one("[aria-labelledby=out-h] li")["id"] == "o-team-desk"


def test_whose_update_was_taken_out_reads_who_did_it_when_and_why(
    digest: Digest, client: Client
) -> None:
    desk = update_of(digest, "team-desk")
    client.force_login(TeamPostFactory(team=desk.team).person)
    correction = correcting.start(digest=digest, by=editor())
    correcting.take_out(correction=correction, update=desk, published={}, is_out=True, by=editor())
    before = read(client.get(desk.address)).select_one(".banner p")
    put_out_correction(correction, note="It named <b>a resident</b>.")

    after = read(client.get(desk.address)).select_one(".banner p")

    assert spoken(before) == "Published. What you write next goes into the next digest."
    assert spoken(after) == (
        "This digest is published, and this update is not in it. Di Rector took it out with a "
        "correction, Wednesday 20 May at 10am: “It named <b>a resident</b>.” What you write next "
        "goes into the next digest."
    )
