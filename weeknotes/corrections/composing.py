"""The article of a corrected digest: what is not corrected stands as it was published."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from weeknotes.content.differences import compare, compare_lines, difference_html, lines_html
from weeknotes.content.document import Document
from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.article import Article, Piece
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.updates.rendering import html_of


@dataclass(frozen=True, kw_only=True)
class PublishedPiece(Piece):
    """One update of a published digest: its place and its subject's name stay as they were."""

    published: PublishedUpdate

    @property
    def anchor(self) -> str:
        """Its place on the page, as first published."""
        return self.published.anchor


@dataclass(frozen=True, kw_only=True)
class Line:
    """One update of the digest that is corrected: how it came out, and what it is to say."""

    digest: Digest
    published: PublishedUpdate
    record: dict[str, Any]
    html: str
    saved: CorrectedUpdate | None

    @cached_property
    def before(self) -> Document:
        """How it came out."""
        return Document.from_json(self.record["document"])

    @cached_property
    def document(self) -> Document:
        """What it is to say."""
        if self.saved is None:
            return self.before
        return self._as_read(self.saved.document)

    def says(self, document: Document) -> bool:
        """Whether it came out with these words."""
        return self._as_read(document).to_json() == self.before.to_json()

    def _as_read(self, document: Document) -> Document:
        """A document as readers get it: without a heading of its own, under the one it had."""
        told = document.told
        return replace(told, heading=told.heading or self.heading)

    @property
    def is_out(self) -> bool:
        """Whether it is taken out of the digest."""
        return bool(self.saved and self.saved.is_out)

    @cached_property
    def is_changed(self) -> bool:
        """Whether it is to say something else than it does."""
        return self.document.to_json() != self.before.to_json()

    @property
    def has_own_words(self) -> bool:
        """Whether it has words to change; "no update" can only be taken out."""
        return self.before.no_update is None

    @property
    def heading(self) -> str:
        """The heading it came out under."""
        return self.published.heading

    @property
    def difference(self) -> SafeString:
        """What changes in it, line by line."""
        return difference_html(compare(self.before, self.document), level=4)

    @cached_property
    def piece(self) -> PublishedPiece:
        """How it will be read."""
        update, html = self.published.update, self.html
        if self.is_changed:
            html = html_of(update, self.document, digest=self.digest)
        return PublishedPiece(
            digest=self.digest,
            update=update,
            revision=self.published.revision,
            document=self.document,
            html=html,
            published=self.published,
        )


@dataclass(frozen=True)
class Changed:
    """What changed under a heading, ready to be read."""

    heading: str
    html: SafeString


def detail_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Changed]:
    """What changed in a digest's title and in its summary."""
    for name in ("title", "summary"):
        if before[name] != after[name]:
            said = [[one[name]] if one[name] else [] for one in (before, after)]
            html = mark_safe(f'<div class="diff">{lines_html(compare_lines(*said))}</div>')
            yield Changed(name.capitalize(), html)


@dataclass(frozen=True)
class Corrected:
    """A digest as a correction would publish it."""

    correction: Correction
    publication: Publication
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, correction: Correction, *, publication: Publication | None = None) -> Corrected:
        """What a correction says now; it costs the same however many updates there are.

        It corrects the newest publication; `publication` is an earlier one to look back at.
        """
        publication = publication or correction.digest.publications.order_by("-number")[0]
        saved = {one.update_id: one for one in correction.updates.select_related("made_by")}
        records = {one["anchor"]: one for one in publication.content["updates"]}
        html = {one["anchor"]: one["html"] for one in publication.body["pieces"]}
        lines = (
            Line(
                digest=correction.digest,
                published=one,
                record=records[one.anchor],
                html=html[one.anchor],
                saved=saved.get(one.update_id),
            )
            for one in publication.published_updates.select_related(
                "revision", "update__digest", "update__team", "update__project__team"
            )
        )
        return cls(correction, publication, tuple(lines))

    @property
    def kept(self) -> list[Line]:
        """What stays in the digest."""
        return [line for line in self.lines if not line.is_out]

    @property
    def changed(self) -> list[Line]:
        """What stays and says something else."""
        return [line for line in self.kept if line.is_changed]

    @property
    def taken_out(self) -> list[Line]:
        """What does not stay."""
        return [line for line in self.lines if line.is_out]

    @cached_property
    def changed_details(self) -> list[Changed]:
        """What changes in the title and the summary."""
        after = {
            "title": self.article.digest.display_title,
            "summary": self.correction.summary,
        }
        return list(detail_changes(self.publication.content, after))

    @property
    def is_different(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.changed_details or self.changed or self.taken_out)

    @cached_property
    def article(self) -> Article:
        """The article as it will be published."""
        digest = copy.copy(self.correction.digest)
        digest.title, digest.summary = self.correction.title, self.correction.summary
        return Article(digest, tuple(line.piece for line in self.kept))

    def line_at(self, anchor: str) -> Line | None:
        """The update that stands there, or None."""
        return next((line for line in self.lines if line.published.anchor == anchor), None)

    def record(self) -> dict[str, Any]:
        """The record of the new publication, with names as they were when they were told."""
        record = self.article.record()
        for told, line in zip(record["updates"], self.kept, strict=True):
            told["subject"] = line.record["subject"]
        return record
