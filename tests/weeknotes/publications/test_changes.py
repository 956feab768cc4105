"""What changed between a preview and pressing Publish, in words."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.factories import TeamFactory, directorate
from tests.weeknotes.week import editor, hand_in, open_digest, saying, write_note
from weeknotes.desk import composing, moving
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.publishing import changes_between
from weeknotes.updates import writing
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

UNKNOWN = ["The digest is no longer as it was in your preview."]


@pytest.fixture
def digest() -> Digest:
    """The note, then Web and Data, under a title."""
    digest = open_digest()
    set_details(digest, title="Diaries")
    write_note(digest)
    for place, name in enumerate(["Web", "Data"]):
        hand_in(digest, TeamFactory(name=name, house_order=place))
    composing.start_composing(digest=digest, by=editor())
    return digest


def update_of(digest: Digest, name: str) -> Update:
    return digest.updates.get(team__name=name)


def set_details(digest: Digest, **changed: object) -> None:
    digest.set_details(seen={}, changed=changed, by=editor())


def leave_out(digest: Digest, name: str) -> None:
    composing.decide(
        digest=digest, update=update_of(digest, name), decision=Decision.LEFT_OUT, by=editor()
    )


def include_late(digest: Digest) -> None:
    late = hand_in(digest, TeamFactory(name="Late"), heading="Better late")
    composing.decide(digest=digest, update=late, decision=Decision.INCLUDED, by=editor())


def move(digest: Digest) -> None:
    data, above = update_of(digest, "Data"), update_of(digest, "Web")
    moving.move(digest=digest, update=data, side="before", other=above, by=editor())


def change_note(digest: Digest, words: str = "Other words.") -> None:
    note = digest.updates.notes().get()
    writing.save_draft(
        digest=digest,
        subject=directorate(),
        document=saying(words),
        version=note.version,
        by=editor(),
        is_note=True,
    )


def rename(digest: Digest) -> None:
    team = update_of(digest, "Web").team
    team.name = "Websites"
    team.save()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: set_details(d, title="Waffles"), ["The title changed."]),
        (lambda d: set_details(d, summary="Waffles"), ["The summary changed."]),
        (
            lambda d: set_details(d, title="Waffles", covers_to=date(2026, 5, 14)),
            ["The title changed.", "The dates changed."],
        ),
        (
            lambda d: set_details(d, covers_to=date(2026, 5, 14)),
            ["The dates changed."],
        ),
        (lambda d: leave_out(d, "Web"), ["“Web” is no longer in it."]),
        (include_late, ["“Better late” was added."]),
        (move, ["The order changed."]),
        (change_note, ["The words of “Director’s weeknote” changed."]),
        (lambda d: change_note(d, ""), ["“Director’s weeknote” is no longer in it."]),
        (rename, ["The words of “Websites” changed."]),
    ],
)
def test_each_change_is_told(
    digest: Digest, change: Callable[[Digest], None], told: list[str]
) -> None:
    seen = compose_article(digest).manifest

    change(digest)

    assert changes_between(seen, compose_article(digest)) == told
    assert changes_between(seen, compose_article(Digest.objects.get())) == told


def test_several_changes_are_told_together(digest: Digest) -> None:
    seen = compose_article(digest).manifest

    set_details(digest, title="Waffles")
    include_late(digest)
    leave_out(digest, "Web")
    change_note(digest)

    assert changes_between(seen, compose_article(digest)) == [
        "The title changed.",
        "“Better late” was added.",
        "“Web” is no longer in it.",
        "The words of “Director’s weeknote” changed.",
    ]


@pytest.mark.parametrize("seen", [{}, {"": ""}, {"team-nowhere": "x", "<script>": "y"}])
def test_what_is_no_manifest_tells_nothing_more(digest: Digest, seen: dict) -> None:
    assert changes_between(seen, compose_article(digest)) == UNKNOWN


def test_foreign_names_in_a_manifest_are_passed_over(digest: Digest) -> None:
    seen = {**compose_article(digest).manifest, "<script>": "x"}

    assert changes_between(seen, compose_article(digest)) == UNKNOWN


def test_words_that_change_and_change_back_are_no_change(digest: Digest) -> None:
    before = compose_article(digest)

    change_note(digest)
    change_note(digest, "A good week.")

    assert compose_article(digest).hash == before.hash
