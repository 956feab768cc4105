"""Preparing a correction: its words, its title and summary, what it takes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet

from ddat import clock
from people.models import Event, User
from weeknotes.content.document import Document
from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.digests.models import CAME_OUT, Digest, DigestState
from weeknotes.updates.models import Update
from weeknotes.updates.writing import SavedSince, WritingRefused

NOT_OUT = "This digest is not published, so there is nothing to correct."
WITHDRAWN = "This digest is withdrawn. Restore it before you correct it."
CHANGED = (
    "The correction was not dropped: it changed after you opened this page. "
    "Look at it again below, and drop it if you still want to."
)
NO_WORDS = "Leave at least one line, or take the update out of the digest."


class CorrectionRefused(WritingRefused):
    """The correction cannot go on; the message says why and who was first."""


class DetailsChanged(CorrectionRefused):
    """Another editor changed the title or the summary in between."""


@transaction.atomic
def start(*, digest: Digest, by: User, at: datetime | None = None) -> Correction:
    """Begin to correct a published digest; one that is open already is gone on with.

    Raises CorrectionRefused when the digest is not published.
    """
    if not digest.hold(DigestState.PUBLISHED):
        raise CorrectionRefused(NOT_OUT)
    found = digest.corrections.open().first()
    if found is None:
        found = digest.corrections.create(
            title=digest.title,
            summary=digest.summary,
            version=1 + _last_version(digest.corrections.all()),
            opened_at=at or clock.now(),
            opened_by=by,
        )
        Event.objects.record(
            by=by, verb="began to correct", thing=digest, name=str(digest), at=found.opened_at
        )
    return found


@transaction.atomic
def drop(
    *, correction: Correction, by: User, seen: str | None = None, at: datetime | None = None
) -> None:
    """Give a correction up: nothing of it is published. Dropping twice is one.

    `seen` is the hash of the article that it would have made when the editor looked. Raises
    CorrectionRefused when it was published, or says something else since.
    """
    at = at or clock.now()
    correction.digest.hold(*CAME_OUT)
    if not close(correction, by=by, at=at):
        if correction.publication_id:
            raise CorrectionRefused(closed_words(correction))
        return
    if seen is not None and Corrected.of(correction).article.hash != seen:
        raise CorrectionRefused(CHANGED)
    digest = correction.digest
    Event.objects.record(
        by=by, verb="dropped the correction of", thing=digest, name=str(digest), at=at
    )


@transaction.atomic
def save_words(
    *,
    correction: Correction,
    update: Update,
    document: Document,
    version: int,
    by: User,
    at: datetime | None = None,
) -> None:
    """Save what an update is to say, begun from `version`: what is saved, or `version_out_of`.

    The same words again are a success, published since or not. Raises SavedSince when another
    editor saved other words in between, or when `version` is of an earlier correction,
    WritingRefused when not one line is left, CorrectionRefused when it is closed.
    """
    at = at or clock.now()
    content = document.to_json()
    refusal = _hold(correction)
    saved = correction.updates.filter(update=update).first()
    if saved and saved.content == content and not correction.is_dropped:
        return
    if refusal:
        raise refusal
    if not document.has_words:
        raise WritingRefused(NO_WORDS)
    if saved is None:
        came_out = version_out_of(update)
        if version != came_out:
            if _came_out_so(correction, update, document):
                return
            raise SavedSince(_begun_since(correction, by=by))
        words = {"content": content, "made_by": by, "made_at": at}
        correction.updates.create(update=update, version=came_out + 1, **words)
        return
    same = CorrectedUpdate.objects.filter(pk=saved.pk, version=version)
    if not same.update(content=content, made_by=by, made_at=at, version=F("version") + 1):
        who = "You" if saved.made_by == by else saved.made_by.name
        raise SavedSince(
            f"{who} saved other words {clock.when(saved.made_at)}, after you opened this page."
        )


@transaction.atomic
def take_out(
    *,
    correction: Correction,
    update: Update,
    published: dict[str, Any],
    is_out: bool,
    by: User,
    at: datetime | None = None,
) -> None:
    """Take an update out of the digest, or put it back; the same twice is one.

    `published` is its document as it came out, kept till its words are changed. Raises
    CorrectionRefused when the correction is closed.
    """
    refusal = _hold(correction)
    saved = correction.updates.filter(update=update).first()
    if is_out == bool(saved and saved.is_out) and not correction.is_dropped:
        return
    if refusal:
        raise refusal
    if saved:
        correction.updates.filter(pk=saved.pk).update(is_out=is_out)
        return
    correction.updates.create(
        update=update,
        content=published,
        is_out=is_out,
        version=version_out_of(update),
        made_by=by,
        made_at=at or clock.now(),
    )


@transaction.atomic
def set_details(
    *, correction: Correction, title: str, summary: str, version: int, by: User
) -> None:
    """Change the title and the summary, begun from `version`.

    The same twice is one, published since or not. Raises DetailsChanged when another editor
    changed them in between, CorrectionRefused when the correction is closed.
    """
    refusal = _hold(correction)
    is_same = (correction.title, correction.summary) == (title, summary)
    if is_same and not correction.is_dropped:
        return
    if refusal:
        raise refusal
    same = Correction.objects.filter(pk=correction.pk, version=version)
    changed = same.update(title=title, summary=summary, version=F("version") + 1)
    correction.refresh_from_db()
    if not changed:
        raise DetailsChanged(
            "The title or the summary was changed, or another correction begun, "
            "after you opened this page."
        )


def version_out_of(update: Update) -> int:
    """The version of an update's words as they came out, for a form that opens on them.

    Versions go on from one correction to the next, so that a form opened in an earlier one is
    never taken for a form of this.
    """
    before = CorrectedUpdate.objects.filter(update=update)
    return _last_version(before) + 1 if before else 0


def close(correction: Correction, *, by: User, at: datetime) -> bool:
    """Close it if it is open; False tells the loser of a race, and `correction` who won."""
    closed = Correction.objects.filter(pk=correction.pk, closed_at__isnull=True).update(
        closed_at=at, closed_by=by
    )
    correction.refresh_from_db()
    return bool(closed)


def closed_words(correction: Correction) -> str:
    """Who closed it, how and when; nothing while it is open."""
    if not (correction.closed_by and correction.closed_at):
        return ""
    done = "published" if correction.publication_id else "dropped"
    when = clock.moment(correction.closed_at)
    return f"{correction.closed_by.name} {done} this correction on {when}."


def _last_version(rows: QuerySet[Any]) -> int:
    return rows.aggregate(last=Max("version"))["last"] or 0


def _begun_since(correction: Correction, *, by: User) -> str:
    who = "You" if correction.opened_by == by else correction.opened_by.name
    when = clock.when(correction.opened_at)
    return f"{who} began this correction {when}, after you opened this page."


def _came_out_so(correction: Correction, update: Update, document: Document) -> bool:
    """Whether an update came out with these words, as after a correction that was published."""
    lines = Corrected.of(correction).lines
    line = next((one for one in lines if one.published.update_id == update.pk), None)
    return line is not None and line.says(document)


def _hold(correction: Correction) -> CorrectionRefused | None:
    """Take its digest's row, so that two editors' changes follow one another.

    Tells why nothing is changed any more, once it is closed or its digest is withdrawn.
    """
    is_out = correction.digest.hold(DigestState.PUBLISHED)
    correction.refresh_from_db()
    if correction.closed_at:
        return CorrectionRefused(closed_words(correction))
    return None if is_out else CorrectionRefused(WITHDRAWN)
