"""Editors who press Publish, on digests that are composed and previewed."""

import json
import threading
from typing import Any

from ddat import clock
from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Answer, Hand

UPDATES = 3
LINES = 4


def scene(*, editors: int, digests: int) -> dict[str, Any]:
    """So many digests being composed, each previewed; and the sessions of so many editors."""
    from tests.weeknotes.week import THURSDAY, open_digest
    from weeknotes.content.document import Document
    from weeknotes.content.items import Group, Item
    from weeknotes.content.kinds.outcomes import OutcomesSection
    from weeknotes.desk.composing import start_composing
    from weeknotes.publications.article import compose_article
    from weeknotes.updates.writing import submit

    people = [person(f"Editor{number}", is_editor=True) for number in range(editors)]
    writer = person("Writer")
    projects = [project_of(f"Told {number}", writer) for number in range(UPDATES)]
    items = tuple(Item(text=f"Line {number}") for number in range(LINES))
    document = Document(sections=(OutcomesSection(groups=(Group(items=items),)),))
    previews = []
    for week in range(digests):
        digest = open_digest(weeks=week, by=people[0])
        for project in projects:
            submit(
                digest=digest,
                subject=project,
                document=document,
                version=0,
                by=writer,
                at=THURSDAY,
            )
        start_composing(digest=digest, by=people[0], at=THURSDAY)
        article = compose_article(digest)
        seen = {"hash": article.hash, "seen": json.dumps(article.manifest)}
        previews.append([f"/desk/{digest.slug}/publication/", seen])
    return {
        "editors": [(one.name, session_of(one)) for one in people],
        "previews": previews,
    }


def look() -> dict[str, list[int]]:
    """Of each digest by where it is published: all that a publication leaves, in numbers.

    Its state, publications, pieces, rows of updates, items told of them, and events.
    """
    from people.models import Event
    from weeknotes.digests.models import Digest
    from weeknotes.publications.facts import Item

    told = {}
    for digest in Digest.objects.order_by("id"):
        publications = list(digest.publications.all())
        pieces = [piece for one in publications for piece in one.body["pieces"]]
        rows = [row for one in publications for row in one.published_updates.all()]
        told[f"/desk/{digest.slug}/publication/"] = [
            int(digest.is_published),
            len(publications),
            len(pieces),
            len(rows),
            Item.objects.filter(published_update__in=rows).count(),
            Event.objects.filter(verb="published", kind="digest", object_id=digest.pk).count(),
        ]
    return told


DRAFT = [0, 0, 0, 0, 0, 0]
PUBLISHED = [1, 1, UPDATES, UPDATES, UPDATES * LINES, 1]


def publish(hand: Hand, address: str, seen: dict[str, str]) -> Answer:
    """Press Publish in a preview."""
    return hand.post(address, **seen)


def publish_each(
    hand: Hand, previews: list[tuple[str, dict[str, str]]], together: threading.Barrier
) -> list[Answer]:
    """Press Publish in one preview after another, each at the moment when all others do."""
    answers = []
    for address, seen in previews:
        together.wait()
        answers.append(publish(hand, address, seen))
    return answers


def told_rightly(answers: list[Answer], names: list[str]) -> bool:
    """Whether one of the editors published, and every other was told who it was, and when."""
    winners = [name for name, answer in zip(names, answers, strict=True) if answer.status == 302]
    others = [answer for answer in answers if answer.status != 302]
    if len(winners) != 1 or {answer.status for answer in others} - {409}:
        return False
    told = f"{winners[0]} published this digest on {clock.moment(clock.now())[:6]}"
    return all(answer.says(told) for answer in others)
