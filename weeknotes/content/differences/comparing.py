"""Two documents against each other: the head, then each section beside the one it became."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weeknotes.content.differences.aligning import rising
from weeknotes.content.differences.lines import ChangedLine, compare_line, compare_lines
from weeknotes.content.differences.typed import (
    byline_lines,
    no_update_lines,
    rag_lines,
    section_lines,
)
from weeknotes.content.document import Document
from weeknotes.content.effort import Effort
from weeknotes.content.kinds import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of both: a field of the head by its name, or a section in either or both."""

    name: str  # heading, byline, rag, no_update or section
    heading: ChangedLine
    lines: tuple[ChangedLine, ...]
    old: Section | None = None
    new: Section | None = None
    is_moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it prints the same; a heading with nothing under it prints nowhere."""
        if not self.lines:
            return True
        return self.heading.is_same and not self.is_moved and all(x.is_same for x in self.lines)

    @property
    def change(self) -> str:
        """What became of it: same, added, removed, moved or changed."""
        if self.is_same:
            return "same"
        if all(line.old is None for line in self.lines):
            return "added"
        if all(line.new is None for line in self.lines):
            return "removed"
        has_words = not self.heading.is_same or not all(line.is_same for line in self.lines)
        return "changed" if has_words else "moved"

    @property
    def title(self) -> str:
        """Its heading now, or what it was."""
        return self.heading.new or self.heading.old or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything two documents say, part by part, in the order of the new one."""

    parts: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        """Whether both print the same words in the same order."""
        return not self.changed

    @property
    def changed(self) -> tuple[Part, ...]:
        """The parts of which something changed."""
        return tuple(part for part in self.parts if not part.is_same)


def compare(old: Document, new: Document, *, effort: Effort | None = None) -> Difference:
    """What changed from the old document to the new one."""
    effort = effort or Effort()
    return Difference(parts=(*_head(old, new, effort), *_sections(old, new, effort)))


def _head(old: Document, new: Document, effort: Effort) -> Iterator[Part]:
    headings = [tuple(filter(None, (document.heading,))) for document in (old, new)]
    for name, title, before, after in (
        ("heading", "Heading", headings[0], headings[1]),
        ("byline", "Byline", byline_lines(old.byline), byline_lines(new.byline)),
        ("rag", "Status", rag_lines(old.rag), rag_lines(new.rag)),
        (
            "no_update",
            "No update",
            no_update_lines(old.no_update),
            no_update_lines(new.no_update),
        ),
    ):
        yield Part(
            name=name,
            heading=compare_line(title, title),
            lines=compare_lines(before, after, effort=effort),
        )


def _sections(old: Document, new: Document, effort: Effort) -> Iterator[Part]:
    """The sections in their new order; one that went stands after the one it stood after."""
    pairs = pair_sections(old.sections, new.sections)
    order = {was: now for now, was in enumerate(pairs) if was is not None}
    kept = [was for was in pairs if was is not None]
    in_place = {kept[index] for index in rising(kept)}
    gone_after: dict[int | None, list[int]] = defaultdict(list)
    last: int | None = None
    for place in range(len(old.sections)):
        if place in order:
            last = place
        else:
            gone_after[last].append(place)
    yield from (_section(old.sections[gone], None, effort) for gone in gone_after[None])
    for now, was in enumerate(pairs):
        if was is None:
            yield _section(None, new.sections[now], effort)
            continue
        is_moved = was not in in_place
        yield _section(old.sections[was], new.sections[now], effort, is_moved=is_moved)
        yield from (_section(old.sections[gone], None, effort) for gone in gone_after[was])


def pair_sections(old: Sequence[Section], new: Sequence[Section]) -> list[int | None]:
    """For each new section, where the old one stands that it was: by heading, else by kind."""
    pairs: list[int | None] = [None] * len(new)
    taken: set[int] = set()
    for is_by_heading in (True, False):
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for was, section in enumerate(old):
            if was not in taken:
                waiting[_key(section, is_by_heading)].append(was)
        for now, section in enumerate(new):
            places = waiting[_key(section, is_by_heading)]
            if pairs[now] is None and places:
                pairs[now] = places.popleft()
        taken.update(was for was in pairs if was is not None)
    return pairs


def _key(section: Section, is_by_heading: bool) -> object:
    if not is_by_heading:
        return section.kind
    return section.kind, section.printed_heading.casefold()


def _section(
    old: Section | None, new: Section | None, effort: Effort, *, is_moved: bool = False
) -> Part:
    before, after = (section_lines(section) if section else () for section in (old, new))
    was, now = (
        section.printed_heading or section.label if section else "" for section in (old, new)
    )
    if not (old and new and before and after):
        was = now = now or was
    return Part(
        name="section",
        heading=compare_line(was, now, effort=effort),
        lines=compare_lines(before, after, effort=effort),
        old=old,
        new=new,
        is_moved=is_moved,
    )
