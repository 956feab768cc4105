"""Markdown bombs: no request takes 2 seconds of CPU, and twice the words at most 2.5 times it."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ddat import prose
from tests.permissions.sending import sent
from tests.permissions.world import World, standing_world, undone
from tests.prove.bombs import FAMILIES, Family
from tests.prove.figures import record
from weeknotes.content.differences import compare, difference_html
from weeknotes.content.document import Document
from weeknotes.content.kinds.text import TextSection
from weeknotes.updates.forms.fields import TEXT_LIMIT

MOST_SECONDS = 2.0
MOST_TIMES = 2.5
SHORTEST = 0.01  # seconds; below it the clock tells more of the machine than of the words
UPDATE = "/updates/collecting/projects/drafted/"
SECTIONS = 3
TRIES = 7
ENDLESS = 500_000  # letters
ANSWERS = {
    "preview": {302},
    "conflict": {409},
    "save": {302},
    "form": {200},
    "its preview": {200},
    "submit": {302},
    "history": {200},
    "desk": {200},
    "article": {200},
}


def seconds(work: Callable[[], object]) -> float:
    """The CPU that it takes, in a thread of its own.

    Python 3.11 asks for a new piece of stack at each call that goes over the end of the last one,
    which may take ten times as long as the call; below pytest's many calls, luck says where.
    """
    taken = 0.0

    def measured() -> None:
        nonlocal taken
        before = time.process_time()
        work()
        taken = time.process_time() - before

    thread = threading.Thread(target=measured)
    thread.start()
    thread.join()
    return taken


def requests(world: World, words: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """All that can be asked about an update whose every text is that long."""
    client, director = world.client("contributor"), world.client("director")
    said = {
        **sent(world, "save", {"slug": "collecting", "kind": "projects", "subject": "drafted"}),
        "sections": ",".join(f"s{number}:text" for number in range(SECTIONS)),
        **{f"s{number}-text": words for number in range(SECTIONS)},
        "rag_colour": "red",
        "rag_reason": words[:500],
    }
    yield "preview", lambda: client.post(UPDATE, {**said, "do": "preview"})
    yield "conflict", lambda: client.post(UPDATE, {**said, "s0-text": f"{words} y", "version": 0})
    yield "save", lambda: client.post(UPDATE, said)
    yield "form", lambda: client.get(UPDATE)
    yield "its preview", lambda: client.get(f"{UPDATE}preview/")
    version = int(said["version"]) + 1
    yield "submit", lambda: client.post(UPDATE, {**said, "do": "submit", "version": version})
    yield "history", lambda: client.get(f"{UPDATE}history/")
    yield "desk", lambda: director.get("/desk/collecting/updates/project-drafted/")
    yield "article", lambda: director.get("/desk/collecting/preview/")


def answered(world: World) -> dict[str, tuple[int, float]]:
    """What each request was answered with, and the seconds of CPU that it took."""
    told = {}
    for name, family in FAMILIES.items():
        for letters in (TEXT_LIMIT - 10, 1_000_000):
            with undone():
                for asked, request in requests(world, family(letters)):
                    before = time.process_time()
                    status = request().status_code
                    taken = time.process_time() - before
                    told[f"{asked}, {letters:,} letters of {name}"] = (status, taken)
    return told


def test_no_request_takes_two_seconds_nor_twice_the_words_much_more(
    db: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing_world(django_db_blocker) as world:
        told = answered(world)
    times = {
        f"{work.__name__} {name}": _times(work, family)
        for name, family in FAMILIES.items()
        for work in (rendered, compared)
    }
    slow = _times(searched_from_each_letter, FAMILIES["spaces"])
    with monkeypatch.context() as without:
        for most in ("MOST_MARKDOWN", "MOST_BRACKETS"):
            without.setattr(prose, most, ENDLESS)
        endless = seconds(lambda: prose.block_html(FAMILIES["open brackets"](ENDLESS), level=3))
    slowest = max(told, key=lambda one: told[one][1])
    steepest = max(times, key=lambda one: times[one])
    record(
        "Markdown bombs",
        [
            ("Families, and requests with each", f"{len(FAMILIES)}, {len(told) // len(FAMILIES)}"),
            ("Longest request", f"{told[slowest][1]:.2f} s of CPU ({slowest})"),
            ("Twice the words take at most", f"{times[steepest]:.2f} times ({steepest})"),
            (f"{ENDLESS:,} open brackets, with no limit on Markdown", f"{endless:.1f} s of CPU"),
            ("Twice the spaces, searched for from each letter", f"{slow:.2f} times"),
        ],
    )
    statuses = {one.partition(",")[0]: set() for one in told}
    for one, (status, _) in told.items():
        if "1,000,000" not in one:
            statuses[one.partition(",")[0]].add(status)
    assert statuses == ANSWERS
    assert [one for one, (status, _) in told.items() if status >= 500] == []
    assert [one for one, (_, taken) in told.items() if taken >= MOST_SECONDS] == []
    assert [one for one, more in times.items() if more > MOST_TIMES] == []
    assert endless > MOST_SECONDS
    assert slow > MOST_TIMES


def rendered(words: str) -> None:
    typed = prose.clean(words)
    prose.plain(typed)
    prose.block_html(typed, level=3)
    prose.inline_html(typed)


def compared(words: str) -> None:
    """With the same, said the other way round."""
    one, other = (
        Document(sections=(TextSection(text=text),)) for text in (words, words[::-1] + "x")
    )
    difference_html(compare(one, other))


def searched_from_each_letter(words: str) -> None:
    """What is known to be slow: spaces at the end, sought by a pattern."""
    re.sub(" +$", "", words)


def _times(work: Callable[[str], None], family: Family) -> float:
    """How much longer the longest text takes that is read as Markdown than half of it.

    Each at best of some tries in turn, so that what else the machine does is shared by both.
    """
    texts = [family(letters) for letters in (prose.MOST_MARKDOWN // 2, prose.MOST_MARKDOWN)]
    tries = [[seconds(lambda text=text: work(text)) for text in texts] for _ in range(TRIES)]
    half, whole = (min(taken) for taken in zip(*tries, strict=True))
    return whole / max(half, SHORTEST)
