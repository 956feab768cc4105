"""Two people who do what excludes each other, at the same moment: one wins, the other is told."""

import json
import random
import time
from datetime import timedelta
from typing import Any

from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Hand, all_at_once

LEAD = 0.08  # seconds at most that the one with the shorter way waits, so that they meet
WORDS, EDITED = "We met the residents.", "We met every resident."
EDIT = {"sections": "s0:text", "s0-text": EDITED, "edit_kind": "typo", "reason": "It was all."}


def late(hand: Hand, least: float = 0) -> Hand:
    """The same hand, a moment later."""
    time.sleep(least + random.uniform(0, LEAD))
    return hand


def composing_scene(*, rounds: int) -> dict[str, Any]:
    """A writer, an editor, and the days of so many digests, one after another."""
    from tests.weeknotes.week import MONDAY

    writer, editor = person("Writer"), person("Editor", is_editor=True)
    project = project_of("Contested", writer)
    weeks = []
    for week in range(rounds):
        monday = MONDAY + timedelta(weeks=week)
        days = {"covers_from": 0, "covers_to": 4, "deadline_on": 4, "due_on": 7}
        said = {name: str(monday + timedelta(days=more)) for name, more in days.items()}
        weeks.append({**said, "deadline_time": "11:00"})
    subject = f"projects/{project.slug}/"
    return {
        "writer": session_of(writer),
        "editor": session_of(editor),
        "subject": subject,
        "weeks": weeks,
    }


def compose_and_take_back(
    writer: Hand, editor: Hand, subject: str, week: dict[str, str]
) -> dict[str, Any]:
    """Open a digest and hand an update in; then take it back while composing starts."""
    assert editor.post("/desk/new/", **week).status == 302
    address = f"/updates/{week['due_on']}/{subject}"
    fields = {"version": "0", "sections": "s0:text", "s0-text": WORDS, "do": "submit"}
    assert writer.post(address, **fields).status == 302
    writer.get("/updates/")  # where what was said of that is read
    statuses = all_at_once(
        [
            (writer, lambda hand: hand.post(f"{address}submission/removal/").status),
            (editor, lambda hand: late(hand).post(f"/desk/{week['due_on']}/composing/").status),
        ]
    )
    page = writer.get(address)
    editor.get("/desk/")
    return {
        "statuses": statuses,
        "taken": page.says("taken back. You can change it now."),
        "refused": page.says("Composing has started, so this can no longer be taken back"),
    }


def composed() -> list[list[Any]]:
    """Of each digest: the state of its update, and how many entries it has."""
    from weeknotes.digests.models import Digest

    found = Digest.objects.order_by("due_on")
    return [[digest.updates.get().state, digest.entries.count()] for digest in found]


def editing_scene(*, rounds: int) -> dict[str, Any]:
    """Two editors, and so many digests being composed, each previewed and open to be edited."""
    from tests.weeknotes.week import THURSDAY, hand_in, open_digest
    from weeknotes.desk.composing import start_composing
    from weeknotes.publications.article import compose_article

    one, other = person("Editor", is_editor=True), person("Publisher", is_editor=True)
    project = project_of("Contested", person("Writer"))
    made = []
    for week in range(rounds):
        digest = open_digest(weeks=week, by=one)
        update = hand_in(digest, project, WORDS)
        start_composing(digest=digest, by=one, at=THURSDAY)
        article = compose_article(digest)
        made.append(
            {
                "desk": f"/desk/{digest.slug}/",
                "edit": f"updates/{update.anchor}/edit/",
                "version": str(update.version),
                "seen": {"hash": article.hash, "seen": json.dumps(article.manifest)},
            }
        )
    return {"editor": session_of(one), "publisher": session_of(other), "digests": made}


def edit_and_publish(
    editor: Hand, publisher: Hand, digest: dict[str, Any], *, least: float = 0
) -> dict[str, Any]:
    """Edit an update while its digest is published, at least so many seconds later."""
    desk = digest["desk"]
    edited, published = all_at_once(
        [
            (
                editor,
                lambda hand: hand.post(
                    f"{desk}{digest['edit']}", version=digest["version"], **EDIT
                ),
            ),
            (
                publisher,
                lambda hand: late(hand, least).post(f"{desk}publication/", **digest["seen"]),
            ),
        ]
    )
    return {
        "edited": edited.status == 302,
        "published": published.status == 302,
        "editor_told": edited.says("This digest is published") and edited.says(EDITED),
        "publisher_told": published.status == 409 and published.says("something changed"),
    }


def published() -> list[list[Any]]:
    """Of each digest: whether it is published, as what words, and what its update says now."""
    from weeknotes.digests.models import Digest

    found = []
    for digest in Digest.objects.order_by("due_on"):
        rows = [row for one in digest.publications.all() for row in one.published_updates.all()]
        printed = [row.revision.document.sections[0].text for row in rows]
        now = digest.updates.get().latest.document.sections[0].text
        found.append([digest.is_published, printed, now])
    return found


def withdrawing_scene(*, rounds: int, readers: int) -> dict[str, Any]:
    """So many published digests, an editor, and readers."""
    from tests.weeknotes.week import editor, hand_in, open_digest, put_out

    project = project_of("Contested", person("Writer"))
    slugs = []
    for week in range(rounds):
        digest = open_digest(weeks=week, by=editor())
        hand_in(digest, project, WORDS)
        put_out(digest)
        slugs.append(digest.slug)
    people = [person(f"Reader{number}") for number in range(readers)]
    return {
        "editor": session_of(person("Editor", is_editor=True)),
        "readers": [session_of(one) for one in people],
        "digests": slugs,
    }


def withdraw_and_react(editor: Hand, readers: list[Hand], slug: str, *, least: float) -> list[int]:
    """Withdraw a digest while readers react to it: what each was answered, the editor first."""
    withdraw = f"/desk/{slug}/withdrawal/"
    tasks = [(one, lambda hand: hand.post(f"/digests/{slug}/reaction/", kind="like").status)
             for one in readers]  # fmt: skip
    last = (editor, lambda hand: late(hand, least).post(withdraw, reason="A mistake.").status)
    return all_at_once([last, *tasks])


def withdrawn() -> list[list[int]]:
    """Of each digest: its reactions, their count, and those made long after it was withdrawn."""
    from tests.prove.unguarded import TOO_LATE
    from weeknotes.digests.models import Digest

    found = []
    for digest in Digest.objects.withdrawn().order_by("due_on"):
        since = digest.withdrawals.get().withdrawn_at + timedelta(seconds=TOO_LATE)
        counted = sum(row.count for row in digest.reaction_counts.all())
        late_ones = digest.reactions.filter(reacted_at__gt=since).count()
        found.append([digest.reactions.count(), counted, late_ones])
    return found
