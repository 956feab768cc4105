"""Publishing: one transaction that freezes what the editor saw in the preview."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ddat import clock
from people.models import Event, User
from weeknotes.desk.composing import SLUG, standing_in
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.article import Article, Piece, compose_article
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.telling import tell
from weeknotes.updates.models import HELD, Revision, Update, UpdateQuerySet, UpdateState

DETAILS = ("title", "summary", "dates")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class PublishingRefused(Exception):
    """The digest cannot be published; the message says why and what to do."""


class AlreadyPublished(PublishingRefused):
    """Somebody published it before; the message says who and when."""


class ChangedSince(PublishingRefused):
    """The article is no longer what the editor saw; `changes` says what changed."""

    def __init__(self, changes: list[str]) -> None:
        super().__init__("Something changed since you looked at the preview.")
        self.changes = changes


@transaction.atomic
def publish(
    *,
    digest: Digest,
    article_hash: str,
    seen: Mapping[str, str],
    by: User,
    at: datetime | None = None,
) -> Publication:
    """Publish a digest as it was previewed.

    `article_hash` is the previewed article's hash; `seen` its manifest, from which the changes
    are told. Raises AlreadyPublished, ChangedSince, or PublishingRefused when composing has not
    started or there is neither a note nor an included update.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.PUBLISHED, come_from=DigestState.COMPOSING):
        raise _refusal(digest)
    _hold_note(digest)
    article = _article_as_seen(digest, article_hash=article_hash, seen=seen)
    publication = Publication.objects.create(
        digest=digest,
        content={**article.record(), "published_by": by.name},
        body=article.body(),
        published_at=at,
        published_by=by,
    )
    _seal([piece.revision for piece in article.pieces], by=by, at=at)
    for position, piece in enumerate(article.pieces, start=1):
        put_in(publication, piece, position)
    _leave_out_returned(digest, by=by, at=at)
    Event.objects.record(by=by, verb="published", thing=digest, name=str(digest), at=at)
    return publication


def put_in(publication: Publication, piece: Piece, position: int) -> None:
    """Enter one piece of an article as published, with every row that its document tells."""
    published = PublishedUpdate.objects.create(
        publication=publication,
        update=piece.update,
        revision=piece.revision,
        team=piece.update.team,
        project=piece.update.project,
        due_on=piece.update.digest.due_on,
        covers_from=piece.update.digest.covers_from,
        covers_to=piece.update.digest.covers_to,
        position=position,
        anchor=piece.anchor,
        heading=piece.heading,
        is_no_update=piece.document.no_update is not None,
    )
    tell(published, piece.document)


def changes_between(seen: Mapping[str, str], article: Article) -> list[str]:
    """What differs between a previewed manifest and the article now, in words."""
    now = article.manifest
    if not seen.keys() & now.keys():
        return ["The digest is no longer as it was in your preview."]
    digest = article.digest
    known = {
        update.anchor_in(digest): update.house_heading
        for update in _known_to(digest, seen).with_subject().select_related("digest")
    }
    names = {**known, **{piece.anchor: piece.heading for piece in article.pieces}}
    changes = [
        f"The {detail} changed."
        for detail in DETAILS
        if detail in seen and seen[detail] != now[detail]
    ]
    changes += [f"“{names[a]}” was added." for a in now if a in names and a not in seen]
    changes += [f"“{names[a]}” is no longer in it." for a in seen if a in names and a not in now]
    changes += [
        f"The words of “{names[a]}” changed."
        for a in now
        if a in names and seen.get(a, now[a]) != now[a]
    ]
    if [a for a in seen if a in now] != [a for a in now if a in seen]:
        changes.append("The order changed.")
    return changes or ["The digest is no longer as it was in your preview."]


def _known_to(digest: Digest, seen: Iterable[str]) -> UpdateQuerySet:
    """What stands in a digest, and what was held over into it when its preview was seen."""
    held = {anchor.removeprefix(HELD)[:SLUG] for anchor in seen if anchor.startswith(HELD)}
    days = [slug for slug in held if DAY.fullmatch(slug)]
    return standing_in(digest) | Update.objects.filter(digest__slug__in=days)


def _leave_out_returned(digest: Digest, *, by: User, at: datetime) -> None:
    """What is still with its writers goes on without a place; its question says why."""
    entries = digest.entries.included().filter(update__state=UpdateState.RETURNED)
    for entry in entries.with_update():
        entry.decision, entry.decided_by, entry.decided_at = Decision.LEFT_OUT, by, at
        entry.decided_in = digest.version
        entry.save(update_fields=["decision", "decided_by", "decided_at", "decided_in"])
        update = entry.update
        Event.objects.record(by=by, verb="left out", thing=update, name=str(update), at=at)


def _hold_note(digest: Digest) -> None:
    """Let no one save the note between its being read here and its being sealed."""
    digest.updates.notes().update(version=F("version") + 1)


def _article_as_seen(digest: Digest, *, article_hash: str, seen: Mapping[str, str]) -> Article:
    article = compose_article(digest)
    if not article.pieces:
        raise PublishingRefused("Write your note or include an update first.")
    if article.hash != article_hash:
        raise ChangedSince(changes_between(seen, article))
    return article


def _refusal(digest: Digest) -> PublishingRefused:
    publication = digest.publications.select_related("published_by").first()
    if publication is None:
        return PublishingRefused("Start composing first, then preview and publish.")
    return AlreadyPublished(
        f"{publication.published_by.name} published this digest on "
        f"{clock.moment(publication.published_at)}."
    )


def _seal(revisions: list[Revision], *, by: User, at: datetime) -> None:
    """The note is published as it stands; from now on its words never change."""
    pks = [revision.pk for revision in revisions]
    Revision.objects.filter(pk__in=pks, sealed_at__isnull=True).update(sealed_at=at, sealed_by=by)
