"""The digest in order, as the desk shows it: what is in, what is new, what is left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from ddat.prose import heading_html
from weeknotes.content.document import Document, RagColour
from weeknotes.content.html import rag_html
from weeknotes.desk.composing import new_not_in_yet, standing_in
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Revision, Update, UpdateState

WORDS_A_MINUTE = 200


def minutes_to_read(words: int) -> int:
    """Reading time in whole minutes, at 200 words a minute."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One update in a digest: what it says, and where it stands."""

    digest: Digest
    update: Update
    document: Document

    @property
    def anchor(self) -> str:
        """Its place on the digest's page, and in the desk's addresses."""
        return self.update.anchor_in(self.digest)

    @property
    def held_over_from(self) -> str:
        """Its true period, where it is held over from an earlier digest; else nothing."""
        is_held_over = self.update.is_held_over_in(self.digest)
        return str(self.update.digest.period) if is_held_over else ""

    @property
    def heading(self) -> str:
        """The heading it is printed under."""
        return self.document.heading or self.update.house_heading


@dataclass(frozen=True, kw_only=True)
class Row(Placed):
    """One update on the desk: what it says, its place, and the anchors above and below it."""

    number: int = 0
    above: str = ""
    below: str = ""
    edited_by: str = ""

    @property
    def can_be_edited(self) -> bool:
        """Whether an editor may change its words in place."""
        return self.update.state == UpdateState.SUBMITTED

    @property
    def heading_html(self) -> SafeString:
        """The same for a page, its leading emoji kept from screen readers."""
        return heading_html(self.heading)

    @property
    def byline(self) -> str:
        """The names it is printed with."""
        return ", ".join(byline.name for byline in self.document.byline)

    @property
    def words_shown(self) -> str:
        """How many words it has, with the thousands apart."""
        return f"{self.document.word_count:,}"

    @property
    def rag(self) -> SafeString | None:
        """A project's status in colour and words; teams and no update have none."""
        if self.update.project_id is None or self.document.no_update:
            return None
        rag = self.document.rag
        return rag_html(rag.colour if rag else RagColour.NOT_RATED)


@dataclass(frozen=True, kw_only=True)
class Order:
    """Everything handed in for a digest, and its note, each in its place on the desk.

    What is returned keeps its place among the included, and is not counted.
    `says` has the documents of all of them by update id, of those not placed yet too.
    """

    note: Row | None
    included: list[Row]
    new: list[Row]
    left_out: list[Row]
    held: list[Row]
    says: Mapping[int, Document]

    @property
    def is_note_in(self) -> bool:
        """Whether the note has words, and so stands first."""
        return self.note is not None and self.note.document.has_words

    @property
    def count(self) -> int:
        """How many updates will be published, the note with them."""
        return len(self.going_in) + self.is_note_in

    @property
    def going_in(self) -> list[Row]:
        """What is included and not returned."""
        return [row for row in self.included if not row.update.is_returned]

    @property
    def places(self) -> int:
        """How many places there are, the note's and those kept for what is returned."""
        return len(self.included) + self.is_note_in

    @property
    def words(self) -> int:
        """How many words will be published."""
        note = self.note.document.word_count if self.note else 0
        return note + sum(row.document.word_count for row in self.going_in)

    @property
    def words_shown(self) -> str:
        """The same with the thousands apart: "1,204"."""
        return f"{self.words:,}"

    @property
    def minutes(self) -> int:
        """How long that takes to read."""
        return minutes_to_read(self.words)

    def as_published(self, told: Collection[int]) -> Order:
        """The same once it came out, of which these updates are told: the rest is left out."""
        out = [replace(row, number=0) for row in self.included if row.update.pk not in told]
        note = self.note if self.note and self.note.update.pk in told else None
        order = replace(self, note=note, left_out=[*self.left_out, *out])
        kept = [row for row in self.included if row.update.pk in told]
        return replace(order, included=_numbered(kept, start=1 + order.is_note_in))

    def place_of(self, update: Update) -> int:
        """The number an update stands at, or 0 while it is not in the digest."""
        return next((row.number for row in self.included if row.update.pk == update.pk), 0)


def order_of(digest: Digest) -> Order:
    """Read the order of a digest; it costs the same however many updates there are."""
    handed_in = standing_in(digest).seen_by_editors() | digest.updates.notes()
    shown = list(Revision.objects.shown_of(handed_in).select_related("made_by"))
    says = {r.update_id: r.document.told for r in shown}
    editors = {r.update_id: r.made_by.name for r in shown if r.is_edit}
    placed: dict[str, list[Update]] = {decision: [] for decision in Decision.values}
    for entry in digest.entries.with_update().order_by("position", "id"):
        placed[entry.decision].append(entry.update)

    def rows(updates: Iterable[Update]) -> list[Row]:
        # What was handed in after its words were read comes with the next look.
        return [
            Row(digest=digest, update=u, document=says[u.pk], edited_by=editors.get(u.pk, ""))
            for u in updates
            if u.pk in says
        ]

    notes = rows(digest.updates.notes().with_subject())
    order = Order(
        note=notes[0] if notes else None,
        included=rows(placed[Decision.INCLUDED]),
        new=rows(new_not_in_yet(digest)),
        left_out=rows(placed[Decision.LEFT_OUT]),
        held=rows(placed[Decision.HELD]),
        says=says,
    )
    return replace(order, included=_numbered(order.included, start=1 + order.is_note_in))


def _numbered(rows: list[Row], *, start: int) -> list[Row]:
    anchors = ["", *(row.anchor for row in rows), ""]
    return [
        replace(row, number=start + place, above=anchors[place], below=anchors[place + 2])
        for place, row in enumerate(rows)
    ]
