"""50 readers change 100 reactions each, each change sent twice: rows, counts and page agree."""

import threading
import time
from functools import partial
from typing import Any

from tests.prove import reacting_hands
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import PATIENCE, Browser, all_at_once
from tests.prove.places import Place
from tests.prove.reacting_hands import changes_of, expected, react, read
from tests.prove.sizes import so_many

READERS, TIMES = so_many(50, least=5), so_many(100, least=10)
FEW, SOME = 10, 10


def reacted(
    place: Place, *, readers: int, times: int, app: str = "ddat.wsgi"
) -> tuple[list[int], dict[str, Any], list[Any], dict[str, Any]]:
    """Let them react; what was no success, what is there, what pages show, what there must be."""
    scene = place.call(reacting_hands.scene, readers=readers)
    bars, sessions = scene["bars"], scene["sessions"]
    with place.serving(app=app, fails=app != "ddat.wsgi") as server:
        tasks = []
        for reader, session in enumerate(sessions):
            made = changes_of(reader, bars, times=times)
            task = partial(react, changes=made, together=threading.Barrier(2, timeout=PATIENCE))
            tasks += [(Browser(server.address, session), task) for _ in range(2)]
        wrong = [status for each in all_at_once(tasks) for status in each]
        hands = [Browser(server.address, session) for session in sessions[:5]]
        pages = all_at_once((hand, partial(read, page=scene["page"])) for hand in hands)
    state = place.call(reacting_hands.look)
    return wrong, state, pages, expected(readers, bars, times=times)


def test_rows_counts_and_page_agree(ready_place: NewPlace, db: None) -> None:
    start = time.monotonic()
    wrong, state, pages, meant = reacted(ready_place(), readers=READERS, times=TIMES)
    seconds = time.monotonic() - start
    without = "tests.prove.without.waiting"
    faults, left, _, control = reacted(ready_place(), readers=FEW, times=SOME, app=without)

    unlike = [
        reader
        for reader, page in enumerate(pages)
        if page
        != (meant["counts"], [row[1:] for row in meant["rows"] if row[0] == f"Reader{reader}"])
    ]
    record(
        "Readers who react",
        [
            (
                f"Changes by {READERS} readers, each sent twice at once",
                f"{READERS * TIMES:,} in {seconds:.0f} s",
            ),
            ("Answers that were no success", str(len(wrong))),
            (
                "Rows and counts, and pages, that differ from the last changes",
                f"{len(differing(state, meant))}, {len(unlike)} of {len(pages)}",
            ),
            (
                "Without waiting and transaction: answers that failed, rows and counts that differ",
                f"{len(faults)}, {len(differing(left, control))}",
            ),
        ],
    )
    assert wrong == []
    assert state == meant
    assert unlike == []
    assert faults or differing(left, control)


def differing(state: dict[str, Any], meant: dict[str, Any]) -> list[Any]:
    """The rows and counts that are not what they must be, or that must be and are not there."""
    found, wanted = ([*one["rows"], *one["counts"]] for one in (state, meant))
    return [row for row in [*found, *wanted] if not (row in found and row in wanted)]
