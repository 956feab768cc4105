"""Withdrawing a published digest from readers, and restoring it; editors keep the record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ddat import clock
from people.models import Event, User
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.models import Withdrawal


class WithdrawingRefused(Exception):
    """The digest cannot be withdrawn or restored; the message says who was first, and when."""


@transaction.atomic
def withdraw(*, digest: Digest, reason: str, by: User, at: datetime | None = None) -> Withdrawal:
    """Take a published digest from readers, with a reason kept for editors.

    The same withdrawal twice is one. Raises WithdrawingRefused when somebody else withdrew it
    before, or it is not published yet.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.WITHDRAWN, come_from=DigestState.PUBLISHED):
        standing = standing_withdrawal(digest)
        if standing and (standing.withdrawn_by, standing.reason) == (by, reason):
            return standing
        raise WithdrawingRefused(withdrawn_words(digest) or "This digest is not published yet.")
    withdrawal = digest.withdrawals.create(reason=reason, withdrawn_at=at, withdrawn_by=by)
    Event.objects.record(by=by, verb="withdrew", thing=digest, name=str(digest), at=at)
    return withdrawal


@transaction.atomic
def restore(
    *, digest: Digest, by: User, at: datetime | None = None, seen: int | None = None
) -> None:
    """Give a withdrawn digest back to readers, just as it was.

    `seen` is the id of the withdrawal that the editor read of. Restoring twice is one restoring.
    Raises WithdrawingRefused when it never came out, or was withdrawn once more since.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.PUBLISHED, come_from=DigestState.WITHDRAWN):
        if digest.is_published:
            return  # somebody restored it a moment ago
        raise WithdrawingRefused("This digest is not published yet.")
    standing = digest.withdrawals.standing()
    if seen is not None:
        standing = standing.filter(pk=seen)
    if not standing.update(restored_at=at, restored_by=by):
        raise WithdrawingRefused(f"{withdrawn_words(digest)} Read why before you restore it.")
    Event.objects.record(by=by, verb="restored", thing=digest, name=str(digest), at=at)


def standing_withdrawal(digest: Digest) -> Withdrawal | None:
    """The withdrawal of a digest that readers cannot see, or None."""
    return digest.withdrawals.standing().first()


def withdrawn_words(digest: Digest) -> str:
    """Who withdrew a digest and when, in a sentence; nothing while readers can see it."""
    standing = standing_withdrawal(digest)
    if standing is None:
        return ""
    return f"{standing.withdrawn_by.name} withdrew this digest on {standing.withdrawn_moment}."
