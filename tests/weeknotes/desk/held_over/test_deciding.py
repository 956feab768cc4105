"""Holding over: not in this digest, but in the next."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Event, Team
from tests.factories import TeamFactory
from tests.weeknotes.desk.held_over.week import (
    ANCHOR,
    HELD,
    INCLUDED,
    LEFT_OUT,
    decide,
    next_digest,
    order,
    placed,
    put_out,
    start,
)
from tests.weeknotes.week import DEADLINE, editor, hand_in, write_note
from weeknotes.desk import composing
from weeknotes.desk.models import Decision, Entry
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.publishing import changes_between
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.returning import ReturnRefused, return_to_writers

pytestmark = pytest.mark.django_db


def test_held_over_is_not_in_this_digest_and_unchanged(digest: Digest, update: Update) -> None:
    before = list(Update.objects.values()), list(Revision.objects.values())

    decide(digest, update, HELD)

    assert order(digest) == ["note", "team-data"]
    assert [entry.update for entry in digest.entries.held()] == [update]
    assert (list(Update.objects.values()), list(Revision.objects.values())) == before
    assert list(Event.objects.filter(verb="held over").values_list("name", "by")) == [
        (str(update), editor().pk)
    ]


def test_held_over_twice_is_one(digest: Digest, update: Update) -> None:
    following = next_digest()
    start(following)
    decide(digest, update, HELD)
    before = list(Entry.objects.values())

    decide(digest, update, HELD)

    assert list(Entry.objects.values()) == before
    assert Event.objects.filter(verb="held over").count() == 1


@pytest.mark.parametrize("is_published_first", [False, True])
def test_it_comes_into_the_next_digest_that_starts(
    digest: Digest, update: Update, team: Team, is_published_first: bool
) -> None:
    decide(digest, update, HELD)
    if is_published_first:
        put_out(digest)
    following = next_digest()
    hand_in(following, team, "A new week.")
    hand_in(following, Team.objects.get(slug="data"), "More.")

    start(following)

    assert order(following) == ["team-web", ANCHOR, "team-data"]
    assert placed(update) == [("2026-05-18", "held"), ("2026-05-25", "included")]


def test_it_comes_at_once_into_the_one_that_is_composing(digest: Digest, update: Update) -> None:
    following = next_digest()
    hand_in(following, TeamFactory(name="Late"))
    start(following)

    decide(digest, update, HELD)

    assert order(following) == ["team-late", ANCHOR]
    entry = following.entries.get(update=update)
    assert (entry.decided_by, entry.decided_at) == (editor(), DEADLINE)
    following.refresh_from_db()
    assert entry.decided_in == following.version


def test_a_published_digest_is_passed_by(digest: Digest, update: Update) -> None:
    second = next_digest(1)
    write_note(second)
    start(second)
    put_out(second)
    third = next_digest(2)
    start(third)

    decide(digest, update, HELD)

    assert order(third) == [ANCHOR]
    assert second.entries.count() == 0


def test_a_digest_before_gets_nothing(digest: Digest) -> None:
    following = next_digest()
    late = hand_in(following, TeamFactory(name="Late"))
    start(following)

    decide(following, late, HELD)

    assert order(digest) == ["note", "team-web", "team-data"]
    assert [entry.update for entry in Entry.objects.waiting()] == [late]


@pytest.mark.parametrize(("decision", "kept"), [(INCLUDED, True), (LEFT_OUT, False)])
def test_it_is_taken_out_of_the_next_again(
    digest: Digest, update: Update, decision: Decision, kept: bool
) -> None:
    following = next_digest()
    start(following)
    decide(digest, update, HELD)

    decide(digest, update, decision)

    assert order(following) == []
    assert (ANCHOR in order(digest), "team-web" in order(digest)) == (False, kept)
    assert placed(update) == [("2026-05-18", decision)]


def test_undone_while_it_waits_it_comes_nowhere(digest: Digest, update: Update) -> None:
    decide(digest, update, HELD)
    decide(digest, update, INCLUDED)
    following = next_digest()

    start(following)

    assert order(following) == []


@pytest.mark.parametrize("decision", [INCLUDED, LEFT_OUT])
def test_published_in_the_next_it_stays_there(
    digest: Digest, update: Update, decision: Decision
) -> None:
    following = next_digest()
    start(following)
    decide(digest, update, HELD)
    put_out(following)

    with pytest.raises(composing.DeskRefused) as refusal:
        decide(digest, update, decision)

    assert str(refusal.value) == (
        "It was held over, and the digest of 18 to 22 May 2026 is published since. "
        "It can no longer come into this one."
    )
    assert placed(update) == [("2026-05-18", "held"), ("2026-05-25", "included")]


def test_it_is_held_over_again_and_again(digest: Digest, update: Update) -> None:
    decide(digest, update, HELD)
    second = next_digest(1)
    start(second)
    decide(second, update, HELD)
    third = next_digest(2)
    start(third)

    assert (order(second), order(third)) == ([], [ANCHOR])

    decide(second, update, INCLUDED)
    assert (order(second), order(third)) == ([ANCHOR], [])

    decide(second, update, HELD)
    decide(digest, update, LEFT_OUT)
    assert placed(update) == [("2026-05-18", "left_out")]


def test_left_out_of_the_next_it_waits_no_more(digest: Digest, update: Update) -> None:
    decide(digest, update, HELD)
    second = next_digest(1)
    start(second)
    decide(second, update, LEFT_OUT)
    third = next_digest(2)

    start(third)

    assert order(third) == []


def test_database_keeps_it_out_of_two_digests(digest: Digest, update: Update) -> None:
    following = next_digest()
    start(following)
    decide(digest, update, HELD)

    with pytest.raises(IntegrityError), transaction.atomic():
        digest.entries.filter(update=update).update(decision=INCLUDED)


def test_new_can_be_held_over_at_once(digest: Digest) -> None:
    late = hand_in(digest, TeamFactory(name="Late"))

    decide(digest, late, HELD)

    assert composing.new_not_in_yet(digest) == []
    assert [entry.update for entry in Entry.objects.waiting()] == [late]


def test_returned_is_not_held_over_and_held_over_not_returned(
    digest: Digest, update: Update
) -> None:
    decide(digest, update, HELD)
    following = next_digest()
    start(following)

    for desk in (digest, following):
        with pytest.raises(ReturnRefused, match="This update is held over"):
            composing.give_back(
                digest=desk, update=update, question="Why?", version=update.version, by=editor()
            )
    decide(digest, update, INCLUDED)
    return_to_writers(update=update, question="Why?", version=update.version, by=editor())
    with pytest.raises(composing.DeskRefused, match="This update is returned"):
        decide(digest, update, HELD)


def test_what_changed_since_the_preview_names_it(digest: Digest, update: Update) -> None:
    following = next_digest()
    write_note(following)
    start(following)
    decide(digest, update, HELD)
    following.refresh_from_db()
    seen = compose_article(following)
    decide(digest, update, LEFT_OUT)

    following.refresh_from_db()
    article = compose_article(following)
    assert changes_between(seen.manifest, article) == ["“Web” is no longer in it."]
    assert changes_between(article.manifest, seen) == ["“Web” was added."]
    odd = {**article.manifest, "held-\x00": "", f"held-{'9' * 300}": "", "held-2026-99-99-x": ""}
    assert changes_between(odd, article) == ["The digest is no longer as it was in your preview."]
