"""Readers who change their reactions again and again, each change sent twice at the same moment."""

import random
import threading
from collections import Counter
from typing import Any

from bs4 import BeautifulSoup

from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Hand

KINDS = ("like", "love", "haha")
UPDATES = 3
NOTHING = "nothing"

Changes = list[tuple[str, str]]  # the bar's address, and the kind or nothing


def scene(*, readers: int) -> dict[str, Any]:
    """A published digest with its bars, and readers."""
    from tests.weeknotes.week import editor, hand_in, open_digest, put_out

    digest = open_digest(by=editor())
    projects = [project_of(f"Told {number}", person(f"Owner{number}")) for number in range(UPDATES)]
    for project in projects:
        hand_in(digest, project)
    put_out(digest)
    page = digest.get_absolute_url()
    anchors = ["", *(f"project-{project.slug}/" for project in projects)]
    return {
        "page": page,
        "bars": [f"{page}{anchor}reaction/" for anchor in anchors],
        "sessions": [session_of(person(f"Reader{number}")) for number in range(readers)],
    }


def look() -> dict[str, Any]:
    """The reactions by who they are of, and the counts; each bar by its place in the page."""
    from weeknotes.reactions.models import Reaction, ReactionCount

    def bar(row: Any) -> str:
        digest = row.digest or row.update.digest
        anchor = "" if row.digest else f"{row.update.anchor}/"
        return f"{digest.get_absolute_url()}{anchor}reaction/"

    rows = Reaction.objects.select_related("person", "digest", "update__digest", "update__project")
    counts = ReactionCount.objects.filter(count__gt=0).select_related(
        "digest", "update__digest", "update__project"
    )
    return {
        "rows": sorted([row.person.forename, bar(row), row.kind] for row in rows),
        "counts": sorted([bar(row), row.kind, row.count] for row in counts),
    }


def changes_of(reader: int, bars: list[str], *, times: int) -> Changes:
    """What one reader does: the same each time it is asked."""
    dice = random.Random(reader)
    return [(dice.choice(bars), dice.choice([*KINDS, NOTHING])) for _ in range(times)]


def react(hand: Hand, changes: Changes, together: threading.Barrier) -> list[int]:
    """Make each change when the other tab does; the statuses that are no redirection."""
    wrong = []
    for bar, kind in changes:
        together.wait()
        answer = hand.post(f"{bar}removal/") if kind == NOTHING else hand.post(bar, kind=kind)
        if answer.status != 302:
            wrong.append(answer.status)
    return wrong


def expected(readers: int, bars: list[str], *, times: int) -> dict[str, Any]:
    """What must be there: the last that each reader did at each bar."""
    rows = []
    for reader in range(readers):
        last = dict(changes_of(reader, bars, times=times))
        rows += [[f"Reader{reader}", bar, kind] for bar, kind in last.items() if kind != NOTHING]
    counts = Counter((bar, kind) for _, bar, kind in rows)
    return {
        "rows": sorted(rows),
        "counts": sorted([bar, kind, count] for (bar, kind), count in counts.items()),
    }


def read(hand: Hand, page: str) -> tuple[list[list[Any]], list[list[str]]]:
    """The counts that a page shows, and what its reader has chosen in it."""
    forms = BeautifulSoup(hand.get(page).page, "html.parser").select("form[data-react]")
    buttons = [(form["action"], button) for form in forms for button in form.select("button")]
    counts = [[bar, one["value"], int(one.select_one(".n").text or 0)] for bar, one in buttons]
    chosen = [[bar, one["value"]] for bar, one in buttons if one["aria-pressed"] == "true"]
    return sorted(row for row in counts if row[2]), sorted(chosen)
