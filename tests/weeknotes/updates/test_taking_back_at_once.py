"""Taking back and starting to compose at the same moment: one wins, and the other is told."""

import pytest
from django.db import connection

from people.models import User
from tests.meanwhile import Meanwhile
from tests.weeknotes.updates.pen import Pen
from tests.weeknotes.week import editor, saying
from weeknotes.desk import composing
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates import writing
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db(transaction=True)

WITH_CONTROL = pytest.mark.parametrize("is_guarded", [True, False])


def looked_at(digest: Digest, *states: DigestState) -> bool:
    """Look at a digest's state, and hold nothing."""
    digest.refresh_from_db()
    return digest.state in states


def states(digest: Digest) -> tuple[str, str, int]:
    """The digest's state, the update's, and how many entries there are."""
    digest.refresh_from_db()
    return digest.state, Update.objects.get().state, digest.entries.count()


@WITH_CONTROL
def test_composing_waits_for_a_taking_back(
    pen: Pen, digest: Digest, writer: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    update, by = pen.submit(saying("Handed in."), version=0), editor()
    as_editor = Digest.objects.get()
    other = Meanwhile(
        lambda: composing.start_composing(digest=as_editor, by=by), is_held=is_guarded
    )
    claim, take_back = writing._claim, writing.take_back
    monkeypatch.setattr(writing, "_claim", lambda *a, **k: (other.begin(), claim(*a, **k))[1])
    if not is_guarded:
        monkeypatch.setattr(Digest, "hold", looked_at)
        take_back = take_back.__wrapped__  # without the transaction that SQLite waits for

    take_back(update=update, by=writer)
    other.finish()

    assert other.errors == []
    # Without the guard the digest includes a draft.
    assert states(digest) == ("composing", "draft", 0 if is_guarded else 1)


@WITH_CONTROL
def test_taking_back_waits_for_composing_and_is_told(
    pen: Pen, digest: Digest, writer: User, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    update, by = pen.submit(saying("Handed in."), version=0), editor()
    is_held = is_guarded or connection.vendor == "sqlite"  # which has one writer at a time
    other = Meanwhile(lambda: writing.take_back(update=update, by=writer), is_held=is_held)
    in_house_order = composing.in_house_order
    monkeypatch.setattr(
        composing, "in_house_order", lambda *a: (other.begin(), in_house_order(*a))[1]
    )
    if not is_guarded:
        monkeypatch.setattr(Digest, "hold", looked_at)

    composing.start_composing(digest=digest, by=by)
    other.finish()

    if is_held:
        assert [str(error) for error in other.errors] == [
            "Composing has started, so this can no longer be taken back. "
            "Ask an editor if something must change."
        ]
        assert states(digest) == ("composing", "submitted", 1)
    else:
        assert (other.errors, states(digest)) == ([], ("composing", "draft", 1))
