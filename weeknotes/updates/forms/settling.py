"""Two texts of one update side by side: what was typed, what was saved meanwhile, what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from people.models import User
from weeknotes.content.differences import ChangedLine, compare, compare_lines
from weeknotes.content.differences.sides import new_side_html, old_side_html
from weeknotes.content.document import Document
from weeknotes.content.effort import Effort
from weeknotes.content.kinds import Section
from weeknotes.content.uniting import unite_lines, unite_sections
from weeknotes.digests.subjects import Subject
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.editor import MAX_SECTIONS, Editor, head_class_of
from weeknotes.updates.forms.rows import MAX_ROWS, Typed

MINE, THEIRS, BOTH = "mine", "theirs", "both"
SALT = "weeknotes.updates.settling"

HEAD_FIELDS = (("heading", "heading"), ("status", "rag_colour"), ("status", "rag_words"))


class Saved(Protocol):
    """Words that somebody saved, wherever they are kept."""

    @property
    def document(self) -> Document:
        """The words as typed objects."""

    @property
    def made_by(self) -> User:
        """Who saved them."""

    @property
    def version(self) -> int:
        """The version they had when they were read."""


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What was saved meanwhile, carried by the page so that it outlives what is saved next."""

    document: Document
    whose: str
    told: str
    is_handed_in: bool = False

    @classmethod
    def of(cls, saved: Saved, *, told: str, reader: User, is_handed_in: bool = False) -> Theirs:
        """What is saved now; `told` says to the reader who saved it and when."""
        is_own = saved.made_by == reader
        return cls(
            document=saved.document,
            whose="what is saved" if is_own else f"{saved.made_by.name}’s",
            told=told,
            is_handed_in=is_handed_in,
        )

    def sealed(self) -> str:
        """It all as one value: only what we wrote ourselves is read again."""
        carried = [self.document.to_json(), self.whose, self.told, self.is_handed_in]
        return signing.dumps(carried, salt=SALT, compress=True)

    @classmethod
    def unsealed(cls, carried: str) -> Theirs | None:
        """What the page carried, None where it cannot be read."""
        try:
            document, whose, told, is_handed_in = signing.loads(carried, salt=SALT)
            said = Document.from_json(document)
        except (signing.BadSignature, ValueError):
            return None
        return cls(document=said, whose=whose, told=told, is_handed_in=is_handed_in)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One part of an update as two people left it."""

    name: str
    title: str
    lines: tuple[ChangedLine, ...]
    can_be_both: bool = True
    mine: Section | None = None
    theirs: Section | None = None

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to choose: both print the same."""
        return all(line.is_same for line in self.lines)

    @property
    def has_mine(self) -> bool:
        """Whether it says something as I typed it."""
        return any(line.new is not None for line in self.lines)

    @property
    def has_theirs(self) -> bool:
        """Whether it says something as it was saved."""
        return any(line.old is not None for line in self.lines)

    @property
    def mine_html(self) -> SafeString:
        """What I typed, marked where it differs."""
        return new_side_html(self.lines)

    @property
    def theirs_html(self) -> SafeString:
        """What was saved, marked where it differs."""
        return old_side_html(self.lines)

    @property
    def first_choice(self) -> str:
        """What loses nothing, or nothing where one of the two has to give way."""
        if not (self.has_mine and self.has_theirs):
            return MINE if self.has_mine else THEIRS
        return BOTH if self.can_be_both else ""

    def choices(self, whose: str) -> list[tuple[str, str]]:
        """What can be kept, in words."""
        if not self.has_theirs:
            return [(MINE, "Keep it"), (THEIRS, "Leave it out")]
        if not self.has_mine:
            return [(THEIRS, "Keep it"), (MINE, "Leave it out")]
        offered = [(MINE, "Keep mine"), (THEIRS, f"Keep {whose}")]
        return [*offered, (BOTH, "Keep both")] if self.can_be_both else offered


def _said(*lines: str | None) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line for line in lines if line)


class ChoicesForm(forms.Form):
    """What to keep of each part."""

    use_required_attribute = False

    def __init__(self, pairs: Sequence[Pair], *, whose: str, typed: Typed | None) -> None:
        super().__init__(data=typed, prefix="keep")
        self.helper = portal_helper()
        for pair in pairs:
            message = f"Choose which “{pair.title}” to keep"
            self.fields[pair.name] = forms.ChoiceField(
                label=f"What to keep of “{pair.title}”",
                choices=pair.choices(whose),
                initial=pair.first_choice,
                widget=forms.RadioSelect(
                    attrs={"class": "govuk-radios--small govuk-radios--inline"}
                ),
                error_messages={"required": message, "invalid_choice": message},
            )


class Settlement:
    """What I typed against what was saved meanwhile, with a choice wherever they differ."""

    def __init__(
        self, subject: Subject, mine: Document, theirs: Theirs, *, chosen: Typed | None = None
    ) -> None:
        self.subject, self.mine, self.theirs = subject, mine, theirs
        head = head_class_of(subject)
        self._head = (head.initial_from(mine), head.initial_from(theirs.document))
        effort = Effort()
        self.pairs = [*self._head_pairs(effort), *self._section_pairs(effort)]
        self.to_settle = [pair for pair in self.pairs if not pair.is_same]
        self.form = ChoicesForm(self.to_settle, whose=theirs.whose, typed=chosen)

    @property
    def choices(self) -> Iterator[tuple[Pair, BoundField]]:
        """Each part to choose of, with its choice."""
        return ((pair, self.form[pair.name]) for pair in self.to_settle)

    @property
    def same(self) -> list[str]:
        """What is called the same in both."""
        return [pair.title for pair in self.pairs if pair.is_same and pair.lines]

    def is_valid(self) -> bool:
        """Whether all is chosen, and what was chosen fits into one update."""
        return not self.to_settle or (self.form.is_valid() and self._fits())

    def errors(self) -> list[tuple[str, str]]:
        """The id of each choice that is missing, and what to do."""
        return [
            ("" if name == NON_FIELD_ERRORS else f"id_keep-{name}_0", str(message))
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that were kept, in my order, theirs where they stood."""
        effort = Effort()
        return tuple(section for pair in self.pairs for section in self._kept(pair, effort))

    def editor(self, *, version: int) -> Editor:
        """The update's form with what was kept of both; call it once the choices are valid."""
        return Editor.showing(
            Document(sections=self.sections),
            subject=self.subject,
            version=version,
            head_says=self.head,
        )

    @cached_property
    def head(self) -> dict[str, Any]:
        """What the head's form begins with."""
        mine, theirs = self._head
        return {
            **{name: self._picked(pair_name, name) for pair_name, name in HEAD_FIELDS},
            "byline": self._joined("byline", mine["byline"], theirs["byline"], "\n"),
            "rag_reason": self._joined(
                "reason", mine.get("rag_reason", ""), theirs.get("rag_reason", ""), " "
            ),
        }

    def _head_pairs(self, effort: Effort) -> Iterator[Pair]:
        mine, theirs = self.mine, self.theirs.document
        rags = [_said(one.rag.spoken if one.rag else None) for one in (theirs, mine)]
        reasons = [_said(one.rag.reason if one.rag else None) for one in (theirs, mine)]
        headings = [_said(one.heading) for one in (theirs, mine)]
        bylines = [_said(*said["byline"].split("\n")) for said in self._head[::-1]]
        for name, title, (old, new) in (
            ("heading", "Heading", headings),
            ("byline", "Byline", bylines),
            ("status", "Status", rags),
            ("reason", "Reason for the status", reasons),
        ):
            yield Pair(
                name=name,
                title=title,
                lines=compare_lines(old, new, effort=effort),
                can_be_both=name in ("byline", "reason"),
            )

    def _section_pairs(self, effort: Effort) -> Iterator[Pair]:
        parts = [
            part
            for part in compare(self.theirs.document, self.mine, effort=effort).parts
            if part.name == "section"
        ]
        for place, part in enumerate(parts):
            heading = () if part.heading.is_same else (part.heading,)
            yield Pair(
                name=f"part{place}",
                title=part.title,
                lines=(*heading, *part.lines),
                mine=part.new,
                theirs=part.old,
            )

    def _chosen(self, name: str) -> str:
        return str(self.form.cleaned_data.get(name, MINE)) if self.to_settle else MINE

    def _picked(self, pair_name: str, name: str) -> str:
        mine, theirs = self._head
        return str((theirs if self._chosen(pair_name) == THEIRS else mine).get(name, ""))

    def _joined(self, name: str, mine: str, theirs: str, between: str) -> str:
        chosen = self._chosen(name)
        if chosen == BOTH and between == "\n":
            return unite_lines(mine, theirs)
        return (
            between.join((mine, theirs)) if chosen == BOTH else {THEIRS: theirs}.get(chosen, mine)
        )

    def _kept(self, pair: Pair, effort: Effort) -> Sequence[Section]:
        chosen = self._chosen(pair.name)
        if chosen == BOTH and pair.mine and pair.theirs:
            return unite_sections(pair.mine, pair.theirs, effort=effort)
        section = pair.theirs if chosen == THEIRS else pair.mine
        return (section,) if section else ()

    def _fits(self) -> bool:
        """Whether the form that it goes back into has room for it."""
        too_long = [
            section for section in self.sections if len(getattr(section, "rows", ())) > MAX_ROWS
        ]
        if len(self.sections) > MAX_SECTIONS:
            self.form.add_error(
                None,
                f"Keep at most {MAX_SECTIONS} sections. These choices make {len(self.sections)}.",
            )
        for section in too_long:
            title = section.printed_heading or section.label
            self.form.add_error(
                None, f"“{title}” takes {MAX_ROWS} rows at most. Keep yours or theirs, not both."
            )
        return not self.form.errors
