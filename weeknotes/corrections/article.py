"""The article of a correction: what is published, with the words that are being corrected."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace

from weeknotes.content.document import Document
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.article import Article, Piece, hash_of
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.updates.rendering import html_of


@dataclass(frozen=True)
class CorrectedArticle(Article):
    """The next publication as it stands now; `changed` are the anchors of its new words."""

    note: tuple[str, str] = ("", "")
    changed: frozenset[str] = frozenset()

    @property
    def hash(self) -> str:
        """As of any article, with what is said of the correction."""
        return hash_of("\n".join([super().hash, *self.note]))

    @property
    def manifest(self) -> dict[str, str]:
        """As of any article, with what is said of the correction."""
        return {**super().manifest, "what was corrected": hash_of("\n".join(self.note))}


def published_pieces(publication: Publication) -> list[PublishedUpdate]:
    """The updates of a publication in order, each with its update at hand."""
    rows = publication.published_updates.select_related(
        "revision", "update__digest", "update__team", "update__project__team"
    )
    return list(rows)


def documents_of(publication: Publication) -> dict[str, Document]:
    """What each update of a publication says, by anchor, with its heading as printed."""
    return {
        said["anchor"]: Document.from_json(said["document"])
        for said in publication.content["updates"]
    }


def corrected_article(publication: Publication, correction: Correction | None) -> CorrectedArticle:
    """A publication with what a correction changes; nothing else in it is made anew."""
    words = correction.words if correction else {}
    documents, digest = documents_of(publication), _digest(publication, correction)
    html = {piece["anchor"]: piece["html"] for piece in publication.body["pieces"]}
    pieces = []
    for row in published_pieces(publication):
        if words.get(row.anchor, ()) is None:
            continue
        document = documents[row.anchor]
        if row.anchor in words:
            document = Document.from_json(words[row.anchor])
            document = replace(document, heading=document.heading or row.update.house_heading)
            html[row.anchor] = html_of(row.update, document, digest=digest)
        pieces.append(
            Piece(
                digest=digest,
                update=row.update,
                revision=row.revision,
                document=document,
                html=html[row.anchor],
            )
        )
    note = (correction.kind, correction.note) if correction else ("", "")
    return CorrectedArticle(digest, tuple(pieces), note, frozenset(words))


def _digest(publication: Publication, correction: Correction | None) -> Digest:
    """The digest under the corrected title, not to be saved."""
    digest = copy.copy(publication.digest)
    if correction:
        digest.title, digest.summary = correction.title, correction.summary
    return digest
