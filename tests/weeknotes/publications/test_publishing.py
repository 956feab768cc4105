"""Publishing: one transaction that freezes what was previewed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from people.models import Event, User
from tests.factories import ProjectFactory, TeamFactory, UserFactory, directorate
from tests.weeknotes.week import (
    PUBLISHED_AT,
    editor,
    hand_in,
    open_digest,
    put_out,
    saying,
    write_note,
)
from weeknotes.content.document import Document, NoUpdate, Rag, RagColour
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.article import Article, compose_article
from weeknotes.publications.facts import Item
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.publishing import (
    AlreadyPublished,
    ChangedSince,
    PublishingRefused,
    publish,
)
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db


@pytest.fixture
def digest() -> Digest:
    return open_digest()


def start(digest: Digest) -> None:
    composing.start_composing(digest=digest, by=editor())


def publish_as_seen(digest: Digest, seen: Article, *, by: User | None = None) -> Publication:
    return publish(
        digest=digest,
        article_hash=seen.hash,
        seen=seen.manifest,
        by=by or editor(),
        at=PUBLISHED_AT,
    )


def save_note(digest: Digest, words: str) -> None:
    note = digest.updates.notes().get()
    writing.save_draft(
        digest=digest,
        subject=directorate(),
        document=saying(words),
        version=note.version,
        by=editor(),
        is_note=True,
    )


def test_publishing_freezes_exactly_what_was_previewed(digest: Digest) -> None:
    write_note(digest)
    hand_in(digest, ProjectFactory(), rag=Rag(colour=RagColour.GREEN, words="on track"))
    hand_in(digest, TeamFactory(), "With *emphasis* & <b>signs</b>")
    start(digest)
    seen = compose_article(digest)

    publication = publish_as_seen(digest, seen)

    body = Publication.objects.get(pk=publication.pk).body
    assert "".join([*body["opening"], *(piece["html"] for piece in body["pieces"])]) == seen.html
    assert [piece["anchor"] for piece in body["pieces"]] == [piece.anchor for piece in seen.pieces]
    assert body == seen.body()


def test_publishing_says_who_and_when(digest: Digest) -> None:
    write_note(digest)
    publication = put_out(digest, title="Waffles", summary="And diaries.")

    assert (publication.number, publication.published_at) == (1, PUBLISHED_AT)
    assert publication.published_by == editor()
    assert (publication.title, publication.summary, publication.minutes) == (
        "Waffles",
        "And diaries.",
        1,
    )
    assert publication.publisher_name == "Di Rector"
    assert publication.published_words == "18 May 2026"
    assert publication.published_moment == "Monday 18 May at 9am"
    assert str(publication) == "Digest of 11 to 15 May 2026, publication 1"
    assert Digest.objects.get().is_published
    events = Event.objects.filter(verb="published")
    assert [(e.by, e.name, e.at) for e in events] == [
        (editor(), "Digest of 11 to 15 May 2026", PUBLISHED_AT)
    ]


def test_record_keeps_words_and_names_as_they_were(digest: Digest) -> None:
    project = ProjectFactory(name="OneDrive", code="PR1")
    hand_in(digest, project, "We met.")
    publication = put_out(digest)
    project.name = "SharePoint"
    project.save()

    record = Publication.objects.get(pk=publication.pk).content

    assert record["updates"] == [
        {
            "anchor": "project-onedrive",
            "subject": "OneDrive",
            "document": saying("We met.", heading="PR1 OneDrive").to_json(),
        }
    ]
    assert (record["covers_from"], record["covers_to"]) == ("2026-05-11", "2026-05-15")


def test_note_alone_is_a_digest(digest: Digest) -> None:
    write_note(digest)

    publication = put_out(digest)

    assert [update.anchor for update in publication.published_updates.all()] == ["note"]


def test_updates_without_a_note_are_a_digest(digest: Digest) -> None:
    hand_in(digest, TeamFactory(name="Web"))

    publication = put_out(digest)

    assert [update.anchor for update in publication.published_updates.all()] == ["team-web"]


def test_note_without_words_is_not_printed(digest: Digest) -> None:
    write_note(digest, "")
    hand_in(digest, TeamFactory(name="Web"))

    publication = put_out(digest)

    assert [update.anchor for update in publication.published_updates.all()] == ["team-web"]


@pytest.mark.parametrize("with_empty_note", [False, True])
def test_nothing_is_not_published(digest: Digest, with_empty_note: bool) -> None:
    if with_empty_note:
        write_note(digest, "")
    start(digest)

    with pytest.raises(PublishingRefused, match="Write your note or include an update first"):
        publish_as_seen(digest, compose_article(digest))

    assert Digest.objects.get().is_composing
    assert Publication.objects.count() == 0


def test_left_out_and_drafts_are_nowhere_in_it(digest: Digest) -> None:
    out = hand_in(digest, TeamFactory(), "canary")
    hand_in(digest, TeamFactory(name="Web"))
    start(digest)
    composing.decide(digest=digest, update=out, decision=Decision.LEFT_OUT, by=editor())
    hand_in(digest, TeamFactory(), "canary")
    writing.save_draft(
        digest=digest, subject=TeamFactory(), document=saying("canary"), version=0, by=editor()
    )

    publication = publish_as_seen(digest, compose_article(digest))

    assert [row.anchor for row in PublishedUpdate.objects.all()] == ["team-web"]
    assert "canary" not in str(publication.body) + str(publication.content)


def test_composing_comes_first(digest: Digest) -> None:
    write_note(digest)

    with pytest.raises(PublishingRefused, match="Start composing first"):
        publish_as_seen(digest, compose_article(digest))

    assert Digest.objects.get().is_collecting


def test_second_press_makes_no_second_publication(digest: Digest) -> None:
    write_note(digest)
    start(digest)
    seen = compose_article(digest)
    stale = Digest.objects.get()
    publish_as_seen(digest, seen)

    with pytest.raises(AlreadyPublished) as refusal:
        publish_as_seen(stale, seen, by=UserFactory())

    assert str(refusal.value) == "Di Rector published this digest on Monday 18 May at 9am."
    assert Publication.objects.count() == 1
    assert Event.objects.filter(verb="published").count() == 1


def test_what_changed_since_is_not_published(digest: Digest) -> None:
    write_note(digest)
    start(digest)
    seen = compose_article(digest)
    save_note(digest, "Other words.")

    with pytest.raises(ChangedSince) as refusal:
        publish_as_seen(digest, seen)

    assert refusal.value.changes == ["The words of “Director’s weeknote” changed."]
    assert Digest.objects.get().is_composing
    assert Publication.objects.count() == 0
    digest.refresh_from_db()
    assert publish_as_seen(digest, compose_article(digest)).number == 1


def test_note_is_sealed_and_written_no_more(digest: Digest) -> None:
    note = write_note(digest)
    put_out(digest)

    assert note.revisions.get().sealed_at == PUBLISHED_AT
    with pytest.raises(writing.WritingRefused, match="Di Rector published this digest"):
        save_note(digest, "Other words.")
    assert note.latest.document == saying("A good week.")


def test_whoever_began_before_publishing_cannot_save_over_it(digest: Digest) -> None:
    note = write_note(digest)
    put_out(digest)

    note.refresh_from_db()

    assert note.version == 2


def test_published_updates_remember_their_revision(digest: Digest) -> None:
    note, update = write_note(digest), hand_in(digest, TeamFactory(), heading="Our week")
    quiet = writing.submit(
        digest=digest,
        subject=ProjectFactory(),
        document=Document(no_update=NoUpdate(lines="On leave.")),
        version=0,
        by=editor(),
        at=PUBLISHED_AT - timedelta(days=3),
    )
    rows = put_out(digest).published_updates.order_by("position")

    assert [row.update for row in rows] == [note, *_in_house_order(update, quiet)]
    assert {row.update: row.revision for row in rows} == {
        u: u.latest for u in (note, update, quiet)
    }
    assert [row.position for row in rows] == [1, 2, 3]
    assert {row.update: row.is_no_update for row in rows} == {
        note: False,
        update: False,
        quiet: True,
    }
    assert str(rows.get(update=update)) == "Our week"


def _in_house_order(*updates: object) -> list[object]:
    from weeknotes.digests.subjects import in_house_order

    by_subject = {update.subject: update for update in updates}
    return [by_subject[subject] for subject in in_house_order(by_subject)]


def test_current_publication_is_the_one_numbered_highest(digest: Digest) -> None:
    write_note(digest)
    first = put_out(digest)
    second = Publication.objects.get(pk=first.pk)
    second.pk, second.number = None, 2
    second.change_kind, second.change_note = "typo", "A comma."
    second.save()
    other = open_digest(weeks=1)
    write_note(other)
    third = put_out(other)

    assert list(Publication.objects.current().newest_first()) == [third, second]


def test_database_keeps_numbers_apart(digest: Digest) -> None:
    write_note(digest)
    again = put_out(digest)
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize("shared", ["update", "anchor", "position"])
def test_database_keeps_published_updates_apart(digest: Digest, shared: str) -> None:
    write_note(digest)
    row = put_out(digest).published_updates.get()
    other = hand_in(open_digest(weeks=1), TeamFactory())
    fields = {"update": other, "anchor": "team-other", "position": 2}
    for name in {"update", "anchor", "position"} - {shared}:
        setattr(row, name, fields[name])
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_failing_halfway_publishes_nothing(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    write_note(digest)
    start(digest)
    seen = compose_article(digest)

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("weeknotes.publications.publishing.tell", fail)
    with pytest.raises(RuntimeError):
        publish_as_seen(digest, seen)

    assert Digest.objects.get().is_composing
    assert (Publication.objects.count(), Item.objects.count()) == (0, 0)
    assert digest.updates.get().revisions.get().sealed_at is None


@pytest.mark.parametrize("count", [1, 30])
def test_article_costs_the_same_however_many(
    digest: Digest, count: int, django_assert_num_queries: object
) -> None:
    write_note(digest)
    for _ in range(count):
        hand_in(digest, ProjectFactory())
    start(digest)

    with django_assert_num_queries(3):
        compose_article(digest).html  # noqa: B018
