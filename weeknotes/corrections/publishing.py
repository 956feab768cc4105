"""Publishing a correction: a new publication, of which readers see the words and editors all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F

from ddat import clock
from people.models import Event, User
from weeknotes.corrections.composing import Corrected, PublishedPiece
from weeknotes.corrections.correcting import WITHDRAWN, CorrectionRefused, close, closed_words
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.article import hash_of
from weeknotes.publications.facts import Fact, Item
from weeknotes.publications.models import ChangeKind, Publication, PublishedUpdate
from weeknotes.publications.publishing import ChangedSince, changes_between
from weeknotes.publications.telling import tell
from weeknotes.updates.models import RevisionCause, Update


@transaction.atomic
def publish(
    *,
    correction: Correction,
    article_hash: str,
    seen: Mapping[str, str],
    kind: ChangeKind,
    note: str,
    by: User,
    at: datetime | None = None,
) -> Publication:
    """Publish a correction as it was previewed, saying what was corrected.

    `article_hash` and `seen` as for the first publication. The same twice by one editor is one,
    with the moment of the first. Raises CorrectionRefused when it is
    closed, the digest is withdrawn, or nothing is corrected; ChangedSince when another editor
    changed something since the preview.
    """
    at = at or clock.now()
    is_out = correction.digest.hold(DigestState.PUBLISHED)
    newest = correction.digest.publications.order_by("-number")[0]
    if newest.is_repeated_by(by, kind=kind, note=note) and hash_of(newest.body) == article_hash:
        return newest  # the next correction may have begun since
    if not close(correction, by=by, at=at):
        published = correction.publication
        if published is None or not published.is_repeated_by(by, kind=kind, note=note):
            raise CorrectionRefused(closed_words(correction))
        return published
    if not is_out:
        raise CorrectionRefused(WITHDRAWN)
    corrected = Corrected.of(correction)
    article = corrected.article
    if not article.pieces:
        raise CorrectionRefused("Leave one update in the digest, or withdraw the digest.")
    if not corrected.is_different:
        raise CorrectionRefused("Nothing is corrected yet.")
    if article.hash != article_hash:
        raise ChangedSince(changes_between(seen, article))
    publication = _new_publication(corrected, kind=kind, note=note, by=by, at=at)
    for position, line in enumerate(corrected.kept, start=1):
        piece = line.piece
        if line.is_changed:
            piece = _seal(piece, kind=kind, note=note, by=by, at=at)
        _put_in(publication, piece, position, is_changed=line.is_changed)
    digest = correction.digest
    Digest.objects.filter(pk=digest.pk).update(
        title=correction.title, summary=correction.summary, version=F("version") + 1
    )
    Correction.objects.filter(pk=correction.pk).update(publication=publication)
    Event.objects.record(by=by, verb="corrected", thing=digest, name=str(digest), at=at)
    return publication


def _new_publication(
    corrected: Corrected, *, kind: ChangeKind, note: str, by: User, at: datetime
) -> Publication:
    """The next number, whose record tells when the digest came out and all that was corrected."""
    last = corrected.publication
    change = {"kind": kind.value, "note": note, "at": at.isoformat()}
    content = {
        **corrected.record(),
        "published_by": last.publisher_name,
        "came_out_at": last.came_out_at.isoformat(),
        "changes": [*last.content.get("changes", []), change],
    }
    return Publication.objects.create(
        digest=last.digest,
        number=last.number + 1,
        content=content,
        body=corrected.article.body(),
        published_at=at,
        published_by=by,
        change_kind=kind,
        change_note=note,
    )


def _seal(
    piece: PublishedPiece, *, kind: ChangeKind, note: str, by: User, at: datetime
) -> PublishedPiece:
    """Keep the corrected words as a revision of the update, beside its writers' own."""
    update = piece.update
    revision = update.revise(
        piece.document.to_json(),
        cause=RevisionCause.CORRECTED,
        by=by,
        at=at,
        is_sealed=True,
        edit_kind=kind.value,
        reason=note,
    )
    Update.objects.filter(pk=update.pk).update(version=F("version") + 1)
    return replace(piece, revision=revision)


def _put_in(
    publication: Publication, piece: PublishedPiece, position: int, *, is_changed: bool
) -> None:
    """Enter an update as the last publication did, with rows told anew only where it changed."""
    last = piece.published
    published = PublishedUpdate.objects.get(pk=last.pk)
    published.pk = None
    published.publication, published.revision = publication, piece.revision
    published.position = position
    published.heading = piece.heading
    published.is_no_update = piece.document.no_update is not None
    published.save(force_insert=True)
    if is_changed:
        tell(published, piece.document)
    else:
        _copy_rows(last, published)


def _copy_rows(last: PublishedUpdate, published: PublishedUpdate) -> None:
    """The rows of an update that is not corrected, as they were told when it was published."""
    for fact in Fact.__subclasses__():
        parents: dict[int, Item] = {}
        rows: Any = models.QuerySet(fact)
        for row in rows.filter(published_update=last).order_by("position"):
            old = row.pk
            row.pk, row.published_update = None, published
            if isinstance(row, Item):
                row.parent = parents[row.parent_id] if row.parent_id else None
                parents[old] = row
            row.save(force_insert=True)
