"""Writers who share drafts, and save at once: every line that was saved must be there at the end.

Each adds a line to the words as they last saw them. Whoever is told that somebody was quicker
keeps both texts by the page that shows them, or adds the line to what is there now.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Answer, Hand

WORDS = re.compile(r'<textarea[^>]*name="s0-text"[^>]*>\n?([^<]*)</textarea>')
CHOSEN = re.compile(r'name="([\w-]+)"\s+type="radio"\s+value="(\w+)"[^>]*\schecked')
MOST_TRIES = 200
MERGED = 1  # conflicts that each writer solves by the page with both texts


def scene(*, writers: int, drafts: int) -> dict[str, Any]:
    """A digest with so many projects, each with its share of the writers."""
    from tests.weeknotes.week import open_digest

    people = [person(f"Writer{number}") for number in range(writers)]
    digest = open_digest(by=people[0])
    each = writers // drafts
    made: dict[str, Any] = {"writers": [], "drafts": []}
    for number in range(drafts):
        group = people[number * each : (number + 1) * each]
        project = project_of(f"Shared {number}", *group)
        address = f"/updates/{digest.slug}/projects/{project.slug}/"
        made["drafts"].append(address)
        made["writers"] += [(one.forename, session_of(one), address) for one in group]
    return made


def look() -> dict[str, Any]:
    """The lines of every draft as they are saved, and how many revisions each has."""
    from weeknotes.updates.models import Update

    return {
        update.address: {
            "lines": update.latest.document.sections[0].text.split("\n"),
            "version": update.version,
            "revisions": update.revisions.count(),
        }
        for update in Update.objects.with_subject().select_related("digest")
    }


@dataclass
class Told:
    """What one writer was told."""

    address: str
    saved: list[str] = field(default_factory=list)
    conflicts: int = 0
    merged: int = 0
    one_sided: list[str] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)


def read(hand: Hand, address: str) -> tuple[str, list[str]]:
    """The version that the form has, and its lines."""
    answer = hand.get(address)
    assert answer.status == 200, answer.status
    found = WORDS.search(answer.page)
    words = unescape(found[1]) if found else ""
    return answer.hidden["version"], [line for line in words.splitlines() if line]


def write(hand: Hand, name: str, address: str, *, times: int) -> Told:
    """Add so many lines, each saved before the next."""
    told = Told(address)
    version, lines = read(hand, address)
    for number in range(times):
        line = f"- {name} line {number}"
        for _ in range(MOST_TRIES):
            mine = [*lines, line]
            fields = {"sections": "s0:text", "s0-text": "\n".join(mine), "do": "save"}
            answer = hand.post(address, version=version, **fields)
            if answer.status == 302:
                told.saved.append(line)
                version, lines = str(int(version) + 1), mine
                break
            if answer.status != 409:
                told.failures.append(answer.status)
                break
            told.conflicts += 1
            page, version, now = answer, *read(hand, address)
            theirs = [line for line in now if line not in mine] or now
            if not (page.says(line) and any(page.says(other) for other in theirs)):
                told.one_sided.append(f"{line} against {theirs}")
            lines = now
            status = keep_both(hand, address, page) if told.merged < MERGED else 409
            if status not in (302, 409):
                told.failures.append(status)
                break
            if status == 302:
                told.merged += 1
                told.saved.append(line)
                version, lines = read(hand, address)
                break
        else:
            told.failures.append(0)
    return told


def keep_both(hand: Hand, address: str, page: Answer) -> int:
    """Send the page of the two texts as it comes, which keeps both; what was answered."""
    chosen = {name: unescape(value) for name, value in CHOSEN.findall(page.page)}
    return hand.post(address, **{**page.hidden, **chosen, "do": "save"}).status


def lost(told: list[Told], state: dict[str, Any]) -> list[str]:
    """The lines whose writers were told that they are saved, and which are not there."""
    return [line for one in told for line in one.saved if line not in state[one.address]["lines"]]
