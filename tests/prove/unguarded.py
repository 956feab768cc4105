"""What the controls put in the place of a guard. The product knows nothing of it."""

import time
from typing import Any

from weeknotes.updates import edits, writing

TOO_LATE = 0.5  # seconds that nobody needs between two steps

guarded_save = writing.save_draft


def save_whatever(**words: Any) -> Any:
    """Take what is saved now for what the writer began from."""
    place = {name: words[name] for name in ("digest", "subject")}
    found = writing.find_update(**place, is_note=words.get("is_note", False))
    return guarded_save(**{**words, "version": found.version if found else 0})


def recognises_nothing(update: Any, content: Any) -> bool:
    """Take the same words sent again for other ones."""
    return False


def move_whatever_it_is(digest: Any, *, state: Any, come_from: Any) -> bool:
    """Change a digest's state without asking what it was."""
    type(digest).objects.filter(pk=digest.pk).update(state=state)
    digest.refresh_from_db()
    return True


def waits_for_nobody(person: Any) -> None:
    """Let two tabs of one person change the same reaction at the same moment."""


def is_never_an_outage(error: Any) -> bool:
    """Take a database that is gone for a fault like any other."""
    return False


def looks_and_dawdles(digest: Any, *states: Any) -> bool:
    """Ask for a digest's state, hold nothing, and take one's time."""
    digest.refresh_from_db()
    is_held = digest.state in states
    time.sleep(0.4)
    return is_held


def holds_nothing(digest: Any, update: Any) -> None:
    """Let a digest be moved on while one of its updates is changed."""


def looks(digest: Any, *states: Any) -> bool:
    """Ask for a digest's state, and hold nothing."""
    digest.refresh_from_db()
    return digest.state in states


guarded_claim = edits._claim


def dawdles_and_claims(update: Any, version: int) -> bool:
    """Take one's time between having looked and changing anything."""
    time.sleep(0.4)
    return guarded_claim(update, version)


def looks_whether_readable(target: Any, read_in: Any = None) -> None:
    """Let a digest be withdrawn between having looked and keeping the reaction to it."""
    time.sleep(2 * TOO_LATE)
