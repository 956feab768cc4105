"""Who is thanked, and what for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from ddat import prose
from weeknotes.content.kinds.section import Section

# A colon inside a word, such as that of a time or of an address, parts nothing.
_NAMES_AND_WHAT = re.compile(r"(?P<who>.*?\S)\s*:(?:\s+(?P<what>.*))?$")
_NAMES_FOR_WHAT = re.compile(r"(?P<who>.*?\S)\s*,\s+(?P<what>for\s+\S.*)$")
_LISTED = re.compile(r"\s*[,;]\s*(?:and\s+)?", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """Somebody who is thanked, as printed: a person, perhaps of ours, or a team in words."""

    name: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksRow:
    """Thanks to one or more: who in the writer's words, for what in one or more lines."""

    who: str
    for_what: str = ""
    people: tuple[Thanked, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What it is for, line by line."""
        return tuple(line for line in self.for_what.split("\n") if line.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class ThanksSection(Section):
    """Thanks, a line for each."""

    kind: ClassVar[str] = "thanks"
    label: ClassVar[str] = "Thanks"
    hint: ClassVar[str] = (
        "A line for each: who helped, a colon, and what with. "
        "Such as “Sam Lee and Ann Fox: for testing the kit”."
    )

    rows: tuple[ThanksRow, ...] = ()

    def row_words(self) -> Iterator[str]:
        """Each who, and for what."""
        for row in self.rows:
            yield row.who
            yield row.for_what


def thanks_from_lines(text: str) -> tuple[ThanksRow, ...]:
    """Typed lines as thanks: "Sam Lee, Ann Fox: for the kit"; a line further in goes on with it."""
    rows: list[tuple[str, list[str]]] = []
    indent = 0
    for typed in prose.clean(text).split("\n"):
        words = prose.clean_line(prose.strip_bullet(typed))
        if not words:
            continue
        further = len(typed) - len(typed.lstrip())
        if rows and further > indent:
            rows[-1][1].append(words)
        else:
            indent = further
            found = _NAMES_AND_WHAT.match(words) or _NAMES_FOR_WHAT.match(words)
            who, what = (found["who"], found["what"]) if found else (words, "")
            rows.append((who, [what] if what else []))
    return tuple(ThanksRow(who=who, for_what="\n".join(lines)) for who, lines in rows)


def lines_from_thanks(rows: Iterable[ThanksRow]) -> str:
    """Thanks as the lines one would type for them."""
    return "\n".join(_typed(row) for row in rows)


def names_in(who: str) -> Iterator[str]:
    """Every name that these words may hold: those between commas, and those joined by "and"."""
    yield who
    for part in _parts(who):
        yield part
        yield from _JOINED.split(part)


def thanked_in(who: str, people: dict[str, int]) -> tuple[Thanked, ...]:
    """Those who are thanked, each matched where `people` has the name.

    "Ann Fox and Sam Lee" are two people where one of them is known; "Food and Drink" is one team.
    """
    thanked: list[Thanked] = []
    for part in [who] if who in people else _parts(who):
        joined = _JOINED.split(part)
        names = joined if part not in people and people.keys() & set(joined) else [part]
        thanked += [Thanked(name=name, person_id=people.get(name)) for name in names]
    return tuple(thanked)


def _parts(who: str) -> list[str]:
    return [part for part in _LISTED.split(who) if part]


def _typed(row: ThanksRow) -> str:
    first, *others = row.lines or ("",)
    head = f"{row.who}: {first}" if first else row.who
    return "\n".join([f"- {head}", *(f"  - {line}" for line in others)])
