"""Holding over: what one digest leaves to the next, and how the two stay in step."""

from __future__ import annotations

from typing import Any

from people.holding import hold as hold_rows
from weeknotes.desk.models import Decision, Entry
from weeknotes.desk.refusing import DeskRefused
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates.models import Update
from weeknotes.updates.writing import WritingRefused

COPY = "Your words were not saved: copy what you need."


def hold_later(digest: Digest) -> list[Digest]:
    """The digests after this one that are not published, in order, kept as they are till the end.

    Whoever starts composing or publishes one of them comes before or after; the digest itself is
    held first, so that they are taken in one order.
    """
    return hold_rows(Digest.objects.unpublished().filter(pk__gt=digest.pk))


def holds_over(digest: Digest, update: Update) -> bool:
    """Whether an editor holds it over there, for a later digest."""
    return digest.entries.held().filter(update=update).exists()


def digest_after(digest: Digest, update: Update) -> Digest | None:
    """The digest that is composed with what this one holds over, where an editor edits it."""
    entries = Entry.objects.filter(update=update, digest__gt=digest).select_related("digest")
    last = entries.order_by("digest").last()
    if last is None or last.decision == Decision.HELD or last.digest.is_published:
        return None
    return last.digest


def not_here(update: Update) -> str:
    """What is said of an update that another editor took out of the digest after, into its own."""
    return (
        "This update is no longer held over into this digest: another editor decided so on the "
        f"desk of the digest of {update.digest.period}."
    )


def hold_for_editing(digest: Digest, update: Update, *, words: dict[str, Any]) -> None:
    """Hold the digest in which an editor changes an update's words till the transaction ends.

    Raises WritingRefused for what it holds over, unless it says these words already: they are
    printed in the digest after, so that one's desk is where they are changed. And for what is no
    longer held over into it.
    """
    digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    if update.shown_to_editors.content == words:
        return
    if holds_over(digest, update):
        raise WritingRefused(
            f"This update is held over. Edit it on the desk of the digest that it goes into. {COPY}"
        )
    is_here = digest.entries.filter(update=update).exists()
    if update.is_held_over_in(digest) and not is_here:
        raise WritingRefused(f"{not_here(update)} Edit it there. {COPY}")


def take_out(entry: Entry, later: list[Digest]) -> None:
    """Take an update that was held over out of the digests after, which are held.

    Raises DeskRefused when one of them is published: what becomes of it is decided there.
    """
    after = Entry.objects.filter(update=entry.update_id, digest__gt=entry.digest_id)
    following = list(after.select_related("digest").order_by("digest"))
    known = {digest.pk for digest in later}
    gone = next((one.digest for one in following if one.digest_id not in known), None)
    if gone:
        raise DeskRefused(
            f"It was held over, and the digest of {gone.period} is published since. "
            "It can no longer come into this one."
        )
    for one in following:
        one.digest.touch()
        one.delete()
