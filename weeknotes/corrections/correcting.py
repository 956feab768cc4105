"""Correcting a published digest: preparing it where nobody reads it, then publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ddat import clock
from people.models import Event, User
from weeknotes.content.document import Document
from weeknotes.corrections.article import CorrectedArticle, corrected_article
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import (
    ChangedSince,
    PublishingRefused,
    changes_between,
    put_in,
    put_in_again,
)
from weeknotes.publications.withdrawing import withdrawn_words
from weeknotes.updates.models import Revision, RevisionCause

SAID = ("title", "summary", "kind", "note")


class CorrectingRefused(Exception):
    """The correction cannot be changed; the message says why and what to do."""


class ChangedMeanwhile(CorrectingRefused):
    """Another editor changed the same part; the message says who and when."""


def correction_of(digest: Digest) -> Correction | None:
    """The correction of a digest in preparation, or None."""
    return Correction.objects.select_related("changed_by").filter(digest=digest).first()


def said_of(digest: Digest, correction: Correction | None) -> dict[str, str]:
    """Title, summary, kind and note as they stand now."""
    if correction is None:
        return {"title": digest.title, "summary": digest.summary, "kind": "", "note": ""}
    return {name: getattr(correction, name) for name in SAID}


@transaction.atomic
def say(
    *,
    digest: Digest,
    seen: Mapping[str, str],
    said: Mapping[str, str],
    by: User,
    at: datetime | None = None,
) -> None:
    """Keep title, summary, kind and note of a correction. The same twice is one.

    Raises ChangedMeanwhile where another editor changed one of them since `seen`.
    """
    correction = _hold(digest, by=by, at=at or clock.now())
    stands = said_of(digest, correction)
    if stands != dict(said):
        if stands != dict(seen):
            raise ChangedMeanwhile(_changed_words(correction))
        for name in SAID:
            setattr(correction, name, said[name])
    _keep(correction, by=by, at=at or clock.now())


@transaction.atomic
def change_words(
    *,
    publication: Publication,
    anchor: str,
    seen: dict[str, Any] | None,
    words: Document | None,
    by: User,
    at: datetime | None = None,
) -> None:
    """Keep an update's corrected words, or with None that it is taken out; raises like say.

    `seen` are the words that the editor began from; None where it was taken out.
    """
    digest = publication.digest
    correction = _hold(digest, by=by, at=at or clock.now())
    published = words_published(publication, anchor)
    stands = correction.words.get(anchor, published)
    changed = words.to_json() if words else None
    if stands != changed:
        if stands != seen:
            raise ChangedMeanwhile(_changed_words(correction))
        correction.words[anchor] = changed
        if changed == published:
            del correction.words[anchor]
    _keep(correction, by=by, at=at or clock.now())


def words_published(publication: Publication, anchor: str) -> dict[str, Any] | None:
    """What an update says as published."""
    found = (u["document"] for u in publication.content["updates"] if u["anchor"] == anchor)
    return next(found, None)


@transaction.atomic
def abandon(*, digest: Digest, by: User, at: datetime | None = None) -> None:
    """Forget a correction in preparation with all its words. Twice is once."""
    digest.hold(DigestState.PUBLISHED, DigestState.WITHDRAWN)
    if Correction.objects.filter(digest=digest).delete()[0]:
        verb = "abandoned a correction of"
        Event.objects.record(by=by, verb=verb, thing=digest, name=str(digest), at=at)


@transaction.atomic
def publish_correction(
    *,
    digest: Digest,
    article_hash: str,
    seen: Mapping[str, str],
    by: User,
    at: datetime | None = None,
) -> Publication:
    """Publish a correction as it was previewed: the next publication, with rows of its own.

    Raises PublishingRefused when the digest is withdrawn, the correction was published or
    abandoned, or it lacks something; ChangedSince when it is no longer what was previewed.
    """
    at = at or clock.now()
    is_published = digest.hold(DigestState.PUBLISHED)
    before = digest.publications.newest().select_related("digest", "published_by").get()
    correction = correction_of(digest)
    if not is_published:
        raise PublishingRefused(withdrawn_words(digest))
    if correction is None:
        raise PublishingRefused(_gone_words(before))
    article = corrected_article(before, correction)
    _refuse_unready(before, correction, article)
    if article.hash != article_hash:
        raise ChangedSince(changes_between(seen, article))
    Digest.objects.filter(pk=digest.pk).update(
        title=correction.title, summary=correction.summary, version=F("version") + 1
    )
    digest.refresh_from_db()
    publication = _next(before, article, correction, by=by, at=at)
    correction.delete()
    Event.objects.record(by=by, verb="corrected", thing=digest, name=str(digest), at=at)
    return publication


def _next(
    before: Publication,
    article: CorrectedArticle,
    correction: Correction,
    *,
    by: User,
    at: datetime,
) -> Publication:
    published_by = before.content["published_by"]
    publication = Publication.objects.create(
        digest=before.digest,
        number=before.number + 1,
        content={**article.record(), "published_by": published_by, "corrected_by": by.name},
        body=article.body(),
        change_kind=correction.kind,
        change_note=correction.note,
        published_at=at,
        published_by=by,
    )
    rows = {row.anchor: row for row in before.published_updates.all()}
    for position, piece in enumerate(article.pieces, start=1):
        if piece.anchor in article.changed:
            revision = _seal(piece.update.latest, piece.document, by=by, at=at)
            put_in(publication, piece, position, revision=revision)
        else:
            put_in_again(publication, rows[piece.anchor], position)
    return publication


def _seal(latest: Revision, document: Document, *, by: User, at: datetime) -> Revision:
    return Revision.objects.create(
        update=latest.update,
        number=latest.number + 1,
        content=document.to_json(),
        cause=RevisionCause.CORRECTED,
        made_by=by,
        made_at=at,
        sealed_by=by,
        sealed_at=at,
    )


def _refuse_unready(before: Publication, correction: Correction, article: CorrectedArticle) -> None:
    is_same = (correction.title, correction.summary) == (
        before.digest.title,
        before.digest.summary,
    )
    if is_same and not correction.words:
        raise PublishingRefused("Nothing is changed yet.")
    if not (correction.kind and correction.note):
        raise PublishingRefused("Say first whether it is a typo or substance, and what changed.")
    if not article.pieces:
        raise PublishingRefused("Nothing is left in it. Withdraw the digest instead.")


def _hold(digest: Digest, *, by: User, at: datetime) -> Correction:
    """The correction in preparation, begun if there is none; nobody else changes it meanwhile."""
    if not digest.hold(DigestState.PUBLISHED):
        raise CorrectingRefused(withdrawn_words(digest) or "This digest is not published yet.")
    start = said_of(digest, None)
    found = correction_of(digest)
    return found or Correction(digest=digest, changed_by=by, changed_at=at, **start)


def _keep(correction: Correction, *, by: User, at: datetime) -> None:
    correction.changed_by, correction.changed_at = by, at
    correction.save()


def _changed_words(correction: Correction) -> str:
    moment = clock.moment(correction.changed_at)
    return f"{correction.changed_by.name} changed this correction on {moment}."


def _gone_words(current: Publication) -> str:
    if current.number == 1:
        return "No correction is being prepared. Another editor abandoned it."
    moment = clock.moment(current.published_at)
    return f"{current.published_by.name} published the correction on {moment}."
