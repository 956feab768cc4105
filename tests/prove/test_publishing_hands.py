"""Publishing happens once, however many press Publish, and wholly, whatever is killed."""

import random
import threading
import time
from functools import partial
from typing import Any

from tests.prove import publishing_hands
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import PATIENCE, Browser, Gone, Hand, all_at_once
from tests.prove.places import Place, Server
from tests.prove.publishing_hands import DRAFT, PUBLISHED, publish, publish_each, told_rightly
from tests.prove.sizes import so_many

EDITORS = 16
DIGESTS, FEW = so_many(50, least=3), 3
KILLED, SOME = so_many(200, least=8), so_many(48, least=8)
LONGEST = 5  # seconds that some publications may take
WORKERS, AT_ONCE = 2, 8  # publications under way when the processes are killed

State = dict[str, list[int]]


def pressed(
    place: Place, *, digests: int, app: str = "ddat.wsgi"
) -> tuple[list[bool], list[int], State]:
    """Let all editors press Publish at once; of each digest whether they were told rightly."""
    scene = place.call(publishing_hands.scene, editors=EDITORS, digests=digests)
    together = threading.Barrier(EDITORS, timeout=PATIENCE)
    previews = scene["previews"]
    with place.serving(app=app, fails=app != "ddat.wsgi") as server:
        answers = all_at_once(
            (
                Browser(server.address, session),
                partial(publish_each, previews=previews, together=together),
            )
            for _, session in scene["editors"]
        )
    names = [name for name, _ in scene["editors"]]
    right = [told_rightly(list(one), names) for one in zip(*answers, strict=True)]
    statuses = [answer.status for one in answers for answer in one]
    return right, statuses, place.call(publishing_hands.look)


def test_sixteen_publish_once(ready_place: NewPlace, db: None) -> None:
    right, statuses, state = pressed(ready_place(), digests=DIGESTS)
    control, _, _ = pressed(ready_place(), digests=FEW, app="tests.prove.without.one_winner")

    record(
        "Editors who publish at once",
        [
            (f"Digests that {EDITORS} editors published at once", str(DIGESTS)),
            ("Published once, the others told who and when", str(sum(right))),
            ("Server errors", str(sum(status >= 500 for status in statuses))),
            ("The same with no one asking who was first", f"{sum(control)} of {FEW}"),
        ],
    )
    assert right == [True] * DIGESTS
    assert list(state.values()) == [PUBLISHED] * DIGESTS
    assert control == [False] * FEW


def killed(place: Place, *, digests: int, app: str = "ddat.wsgi") -> tuple[State, State, list[int]]:
    """Kill every process while publications are under way; what is there, and what is at the end.

    At the end each is published once more, as an editor does who got no answer.
    """
    scene = place.call(publishing_hands.scene, editors=AT_ONCE, digests=digests)
    hands = partial(map, lambda one: one[1], scene["editors"])
    previews = scene["previews"]
    with place.serving(app=app, workers=WORKERS, fails=app != "ddat.wsgi") as server:
        for start in range(0, digests, AT_ONCE):
            part = previews[start : start + AT_ONCE]
            wait_until_served(server, next(iter(hands())))
            answered: list[bool] = []
            press = partial(try_to_publish, answered=answered)
            tasks = [
                (Browser(server.address, session), partial(press, preview=preview))
                for session, preview in zip(hands(), part, strict=False)
            ]
            kill = partial(kill_amid, server=server, answered=answered)
            all_at_once([*tasks, (Browser(server.address, ""), kill)])
        torn = place.call(publishing_hands.look)
        wait_until_served(server, next(iter(hands())))
        again = Browser(server.address, next(iter(hands())))
        statuses = [publish(again, address, seen).status for address, seen in previews]
        again.close()
    return torn, place.call(publishing_hands.look), statuses


def wait_until_served(server: Server, session: str) -> None:
    """Wait until every process has answered."""
    hand, times = Browser(server.address, session), 0
    until = time.monotonic() + 60
    while times < 4 * WORKERS or len(server.workers()) < WORKERS:
        assert time.monotonic() < until, "The server did not come back."
        try:
            hand.get("/desk/")
            times += 1
        except Gone:
            times = 0
            time.sleep(0.05)
        hand.close()


def try_to_publish(hand: Hand, preview: tuple[str, dict[str, str]], answered: list[bool]) -> None:
    """Press Publish; no answer is an answer too."""
    try:
        publish(hand, *preview)
        answered.append(True)
    except Gone:
        return


def kill_amid(_: Any, server: Server, answered: list[bool]) -> None:
    """Kill all processes at some moment after some publications, and before the last."""
    wanted, until = random.randrange(AT_ONCE // 2), time.monotonic() + LONGEST
    while len(answered) < wanted and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.03 if wanted else 0.3))
    server.kill(*server.workers())


def test_what_is_killed_is_published_wholly_or_not_at_all(ready_place: NewPlace, db: None) -> None:
    torn, whole, statuses = killed(ready_place(), digests=KILLED)
    without = "tests.prove.without.transaction"
    control, _, _ = killed(ready_place(), digests=SOME, app=without)

    drafts, published = (list(torn.values()).count(state) for state in (DRAFT, PUBLISHED))
    halves = [one for one in control.values() if one not in (DRAFT, PUBLISHED)]
    record(
        "Publications that are killed",
        [
            ("Under way when every process was killed", str(KILLED)),
            ("Wholly published", str(published)),
            ("Wholly draft", str(drafts)),
            ("In between", str(KILLED - published - drafts)),
            (
                "Published or recognised at the next try",
                str(sum(s in (302, 409) for s in statuses)),
            ),
            ("In between without the transaction", f"{len(halves)} of {SOME}"),
        ],
    )
    assert drafts + published == KILLED
    assert 0 < published < KILLED
    assert [s for s in statuses if s not in (302, 409)] == []
    assert statuses.count(409) == published
    assert list(whole.values()) == [PUBLISHED] * KILLED
    assert halves != []
