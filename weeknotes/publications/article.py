"""The article: a digest's frozen HTML, an opening piece and one piece for each update.

What varies with the reader or the moment (the published line, the reaction bars) stands in the
seams between the pieces, see publications/reading.py, and is no part of the article.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from weeknotes.desk.order import Placed, minutes_to_read
from weeknotes.digests.models import Digest
from weeknotes.publications.opening import opening_html
from weeknotes.updates.models import Revision, Update
from weeknotes.updates.rendering import html_of


@dataclass(frozen=True, kw_only=True)
class Piece(Placed):
    """One update as it will be read."""

    revision: Revision
    html: str


@dataclass(frozen=True)
class Article:
    """A digest as it stands now, ready to be previewed or published."""

    digest: Digest
    pieces: tuple[Piece, ...]

    @property
    def minutes(self) -> int:
        """Reading time in whole minutes."""
        return minutes_to_read(sum(piece.document.word_count for piece in self.pieces))

    @cached_property
    def opening(self) -> tuple[str, str]:
        """The opening piece, in two halves: the published line stands between them."""
        return opening_html(self.digest, self.pieces, minutes=self.minutes)

    @property
    def html(self) -> str:
        """The pieces joined."""
        return "".join([*self.opening, *(piece.html for piece in self.pieces)])

    @property
    def hash(self) -> str:
        """What Publish sends, so that nothing unseen is published: SHA-256 of the article."""
        return _hash(self.html)

    @property
    def manifest(self) -> dict[str, str]:
        """A hash of each thing an editor may change, in order, to tell afterwards what did."""
        return {
            "title": _hash(self.digest.display_title),
            "summary": _hash(self.digest.summary),
            "dates": _hash(self.digest.period),
            **{piece.anchor: _hash(piece.html) for piece in self.pieces},
        }

    def body(self) -> dict[str, Any]:
        """The pieces as a publication keeps them."""
        return {
            "opening": list(self.opening),
            "pieces": [
                {
                    "anchor": piece.anchor,
                    "update": piece.update.pk,
                    "heading": piece.heading,
                    "html": piece.html,
                }
                for piece in self.pieces
            ],
        }

    def record(self) -> dict[str, Any]:
        """The words and names as they are at this moment, for the publication to keep."""
        return {
            "title": self.digest.display_title,
            "summary": self.digest.summary,
            "covers_from": self.digest.covers_from.isoformat(),
            "covers_to": self.digest.covers_to.isoformat(),
            "minutes": self.minutes,
            "updates": [
                {
                    "anchor": piece.anchor,
                    "subject": piece.update.subject.name,
                    "document": replace(piece.document, heading=piece.heading).to_json(),
                    **_held_over(piece),
                }
                for piece in self.pieces
            ],
        }


def compose_article(digest: Digest) -> Article:
    """The note, if it has words, then in order every included update that is not returned."""
    entries = digest.entries.going_in().with_update()
    updates = [*digest.updates.notes().with_subject(), *(entry.update for entry in entries)]
    revisions = {
        revision.update_id: revision
        for revision in Revision.objects.latest_of(
            Update.objects.filter(pk__in=[update.pk for update in updates])
        )
    }
    pieces = (_piece(digest, update, revisions[update.pk]) for update in updates)
    return Article(digest, tuple(piece for piece in pieces if piece.document.has_words))


def hash_of(body: dict[str, Any]) -> str:
    """The hash of the article that a publication keeps."""
    return _hash("".join([*body["opening"], *(piece["html"] for piece in body["pieces"])]))


def _piece(digest: Digest, update: Update, revision: Revision) -> Piece:
    document = revision.document.told
    html = html_of(update, document, digest=digest)
    return Piece(digest=digest, update=update, revision=revision, document=document, html=html)


def _held_over(piece: Piece) -> dict[str, Any]:
    """From which days a piece is held over, for the record; of others nothing is said."""
    if not piece.held_over_from:
        return {}
    home = piece.update.digest
    return {"held_over_from": [home.covers_from.isoformat(), home.covers_to.isoformat()]}


def _hash(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()
