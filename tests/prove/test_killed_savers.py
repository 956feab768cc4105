"""Web processes are killed under 16 writers: what they were told is saved is there, once."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.prove import killed_savers
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import Browser, all_at_once
from tests.prove.killed_savers import LONGEST, Saver
from tests.prove.places import Place, Server
from tests.prove.sizes import so_many

WRITERS = 16
KILLS, FEW = so_many(200, least=5), so_many(10, least=5)
WORKERS = 3
HASTY = "tests.prove.without.commits"
OLD_ENOUGH = 0.3  # seconds after which a process has begun to answer
BETWEEN = 8  # saves, before the next process is killed

Seen = Callable[[], int]


def saved(
    place: Place, meanwhile: Callable[[Server, Seen], int], *, app: str = "ddat.wsgi"
) -> tuple[list[Saver], dict[str, Any], int]:
    """Let them save while something happens; who they are, what is there, how often it did."""
    sessions = place.call(killed_savers.scene, writers=WRITERS)
    is_over = threading.Event()
    with place.serving(app=app, workers=WORKERS) as server:
        savers = [Saver(Browser(server.address, one), address) for one, address in sessions]
        happened: list[int] = []

        def happen(_: Any) -> None:
            try:
                happened.append(meanwhile(server, lambda: sum(one.saves for one in savers)))
            finally:
                is_over.set()

        savings = [(one.hand, lambda _, one=one: one.go_on(is_over.is_set)) for one in savers]
        all_at_once([*savings, (Browser(server.address, ""), happen)])
    return savers, place.call(killed_savers.look), happened[0]


def killing(times: int) -> Callable[[Server, Seen], int]:
    """Kill a process, one after another, at moments that nobody chooses."""

    def kill(server: Server, seen: Seen) -> int:
        born: dict[int, float] = {}
        killed = 0
        while killed < times:
            last, old, until = seen(), [], time.monotonic() + LONGEST
            while not old or seen() < last + BETWEEN:
                now = time.monotonic()
                assert now < until, "Nothing is saved any more."
                born = {pid: born.get(pid, now) for pid in server.workers()}
                old = [pid for pid, since in born.items() if now - since > OLD_ENOUGH]
                time.sleep(0.02)
            time.sleep(random.uniform(0, 0.1))
            killed += server.kill(random.choice(old))
        return killed

    return kill


def sparing(_: Server, seen: Seen) -> int:
    """Kill nobody, until each writer may have saved a few times."""
    until = time.monotonic() + 4 * LONGEST
    while seen() < 4 * WRITERS:
        assert time.monotonic() < until, "Nothing is saved any more."
        time.sleep(0.02)
    return 0


def until_unseen(times: int) -> Callable[[Server, Seen], int]:
    """Wait until the processes have died by themselves so often."""

    def wait(server: Server, seen: Seen) -> int:
        met, until = set(server.workers()), time.monotonic() + LONGEST * times
        while len(met) < times + WORKERS:
            assert time.monotonic() < until, "Nothing dies any more."
            met.update(server.workers())
            time.sleep(0.02)
        return times

    return wait


def wrong(savers: list[Saver], state: dict[str, Any]) -> list[str]:
    """The drafts that are not as their writers were told."""
    return [one.address for one in savers if state.get(one.address) != one.expected]


def test_what_was_answered_is_there_once(ready_place: NewPlace, db: None) -> None:
    start = time.monotonic()
    savers, state, kills = saved(ready_place(), killing(KILLS))
    seconds = time.monotonic() - start
    hasty, left, _ = saved(ready_place(), killing(FEW), app=HASTY)
    lucky, whole, _ = saved(ready_place(), sparing, app=HASTY)

    record(
        "Processes killed under 16 writers",
        [
            ("Killed", f"{kills} in {seconds:.0f} s"),
            ("Saves that were answered", f"{sum(one.saves for one in savers):,}"),
            ("Submitted and taken back", f"{sum(one.rounds for one in savers):,}"),
            ("Not answered, and sent again", f"{sum(one.unanswered for one in savers):,}"),
            ("Of these done, and recognised", f"{sum(one.unseen for one in savers):,}"),
            ("Drafts that are not as answered", str(len(wrong(savers, state)))),
            (
                "The same where it answers before it saves",
                f"{len(wrong(hasty, left))} of {WRITERS}",
            ),
            ("And none is killed", f"{len(wrong(lucky, whole))} of {WRITERS}"),
        ],
    )
    assert [one.refused for one in savers] == [0] * WRITERS
    assert sum(one.unanswered for one in savers) > 0
    assert [state[one.address] for one in savers] == [one.expected for one in savers]
    assert wrong(hasty, left) != []
    assert wrong(lucky, whole) == []  # so it is the killing that shows it


def test_what_was_done_unseen_is_recognised(ready_place: NewPlace, db: None) -> None:
    """Each process dies when it has done what it was asked, before it can say so."""
    unseen = until_unseen(FEW)
    savers, state, _ = saved(ready_place(), unseen, app="tests.prove.dying_wsgi")
    others, _, _ = saved(ready_place(), unseen, app="tests.prove.without.repeats")

    refused = sum(one.refused for one in others)
    record(
        "Processes killed before they answer",
        [
            ("Done unseen, and sent again", str(sum(one.unseen for one in savers))),
            ("Refused", str(sum(one.refused for one in savers))),
            ("Refused where no repeat is recognised", str(refused)),
        ],
    )
    assert sum(one.unseen for one in savers) > 0
    assert [one.refused for one in savers] == [0] * WRITERS
    assert [state[one.address] for one in savers] == [one.expected for one in savers]
    assert refused > 0
