"""A digest's details changed by two editors: what each changed, and where they clash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ddat import clock

DAYS = ("covers_from", "covers_to", "deadline_at", "due_on")
DETAILS = ("title", "summary", *DAYS)

Values = Mapping[str, Any]


def misfits(
    *,
    covers_from: date | None,
    covers_to: date | None,
    deadline_on: date | None,
    due_on: date | None,
) -> dict[str, str]:
    """What is wrong with days in the wrong order, by the day to change; None is unsaid."""
    wrong = {}
    if covers_from and covers_to and covers_to < covers_from:
        wrong["covers_to"] = "“Covers to” comes before “Covers from”. Change one of them"
    if covers_from and due_on and due_on < covers_from:
        wrong["due_on"] = "“Due out on” comes before “Covers from”. Change one of them"
    elif due_on and deadline_on and deadline_on > due_on:
        wrong["deadline_on"] = "“Deadline day” comes after “Due out on”. Change one of them"
    return wrong


def changes_of(changed: Values, *, seen: Values, now: Values) -> dict[str, Any]:
    """What an editor changed and what does not stand there yet, of all that they sent."""
    return {
        name: value
        for name, value in changed.items()
        if value != now[name] and not (name in seen and value == seen[name])
    }


def clashes_of(changed: Values, *, seen: Values, now: Values) -> list[str]:
    """The details that somebody else changed as well, to something else.

    Days that were changed by both and together would be impossible clash with one another.
    """
    mine = changes_of(changed, seen=seen, now=now)
    theirs = {name for name in seen if seen[name] != now[name]}
    clashes = [name for name in DETAILS if name in mine and name in theirs]
    together = {**now, **mine}
    if not clashes and theirs & set(DAYS) and mine.keys() & set(DAYS) and _do_not_fit(together):
        return [name for name in DAYS if name in changed and changed[name] != now[name]]
    return clashes


def _do_not_fit(details: Values) -> bool:
    deadline: datetime = details["deadline_at"]
    return bool(
        misfits(
            covers_from=details["covers_from"],
            covers_to=details["covers_to"],
            deadline_on=clock.local(deadline).date(),
            due_on=details["due_on"],
        )
    )
