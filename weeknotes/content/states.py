"""The states of an item, the words that say them, and where a line says one."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weeknotes.content.items import Item


class ItemState(StrEnum):
    """How an outcome or a plan stands."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    ONGOING = "ongoing"
    PAUSED = "paused"
    BLOCKED = "blocked"
    AWAITING_APPROVAL = "awaiting_approval"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The house words for it: "in progress"."""
        return self.value.replace("_", " ")


PHRASES: dict[str, ItemState] = {
    "planned": ItemState.PLANNED,
    "in planning": ItemState.PLANNED,
    "not started": ItemState.PLANNED,
    "not yet started": ItemState.PLANNED,
    "in progress": ItemState.IN_PROGRESS,
    "started": ItemState.IN_PROGRESS,
    "under way": ItemState.IN_PROGRESS,
    "underway": ItemState.IN_PROGRESS,
    "ongoing": ItemState.ONGOING,
    "on-going": ItemState.ONGOING,
    "paused": ItemState.PAUSED,
    "on pause": ItemState.PAUSED,
    "on hold": ItemState.PAUSED,
    "blocked": ItemState.BLOCKED,
    "awaiting approval": ItemState.AWAITING_APPROVAL,
    "awaiting sign-off": ItemState.AWAITING_APPROVAL,
    "awaiting signoff": ItemState.AWAITING_APPROVAL,
    "done": ItemState.DONE,
    "complete": ItemState.DONE,
    "completed": ItemState.DONE,
    "finished": ItemState.DONE,
    "dropped": ItemState.DROPPED,
    "cancelled": ItemState.DROPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """The words of a line that say its state, as typed, and where in the line they start."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where in the line the phrase ends."""
        return self.start + len(self.text)


_PHRASE = "(?P<phrase>" + "|".join(sorted(PHRASES, key=len, reverse=True)) + ")"
# A hyphen parts words only with a space on each side; inside a word it belongs to the word.
_SET_OFF = re.compile(
    rf"(?:[:–—]\s*|\s-\s+)[*_]*{_PHRASE}(?=[*_]*(?:\s*$|\s*[–—]|\s-\s|\s*[:,.;](?:\s|$)))",
    re.IGNORECASE,
)
_LAST = re.compile(rf"(?<![\w-]){_PHRASE}(?=[*_]*\.?[*_]*\s*$)", re.IGNORECASE)
# Before the last words these say that it is not so, or not yet: "not complete", "as planned".
_NOT_SO = re.compile(
    r"\b(?:not|never|no longer|nearly|almost|half|partly|partially|as|to be|being|until|yet"
    r"|well|\w+n['’]t)(?: yet| been| fully| quite)?\s+[*_]*$",
    re.IGNORECASE,
)
_LONGEST_LINE = 5_000  # characters; a longer line is no line of a list and says no state


def recognise(text: str) -> tuple[ItemState, Phrase] | None:
    """The state a line says: a whole phrase set off by a colon or dash, or its last words."""
    if len(text) > _LONGEST_LINE:
        return None
    found = _SET_OFF.search(text)
    if not found:
        found = _LAST.search(text)
        if not found or _NOT_SO.search(text[: found.start("phrase")][-40:]):
            return None
    words = found["phrase"]
    if "://" in text[: found.start("phrase")].rpartition(" ")[2]:  # it ends a web address
        return None
    return PHRASES[words.lower()], Phrase(text=words, start=found.start("phrase"))


def with_state(item: "Item", state: ItemState | None) -> "Item":
    """The item with another state in house words, or, with None, cleared and its words as typed."""
    if state is None:
        return replace(item, state=None, phrase=None, is_state_cleared=True)
    phrase = item.phrase
    if phrase is None and (recognised := recognise(item.text)):
        phrase = recognised[1]
    if phrase and item.state is state:
        return item
    if phrase:
        words = state.label if phrase.start else state.label.capitalize()
        start, before, after = phrase.start, item.text[: phrase.start], item.text[phrase.end :]
    else:
        body = item.text.rstrip()
        stop = "." if body.endswith(".") and not body.endswith("..") else ""
        before, after, words = f"{body.removesuffix(stop) if stop else body}: ", stop, state.label
        start = len(before)
    return replace(
        item,
        text=f"{before}{words}{after}",
        state=state,
        phrase=Phrase(text=words, start=start),
        is_state_cleared=False,
    )
