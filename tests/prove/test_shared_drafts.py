"""64 writers on 16 shared drafts: nothing that was saved is lost, and each loser has both texts."""

from collections import Counter
from functools import partial
from typing import Any

from tests.prove import shared_drafts
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import Browser, all_at_once
from tests.prove.places import Place
from tests.prove.shared_drafts import Told, lost, write
from tests.prove.sizes import so_many

DRAFTS = so_many(16)
WRITERS, TIMES = 4 * DRAFTS, so_many(30, least=4)
FEW, SOME = 4, 5  # of the control


def written(
    place: Place, *, drafts: int, times: int, app: str = "ddat.wsgi"
) -> tuple[list[Told], dict[str, Any]]:
    """Let four writers a draft write; what they were told, and what is there afterwards."""
    scene = place.call(shared_drafts.scene, writers=4 * drafts, drafts=drafts)
    with place.served(app=app) as address:
        told = all_at_once(
            (Browser(address, session), partial(write, name=name, address=draft, times=times))
            for name, session, draft in scene["writers"]
        )
    return told, place.call(shared_drafts.look)


def test_no_update_is_lost(ready_place: NewPlace, db: None) -> None:
    told, state = written(ready_place(), drafts=DRAFTS, times=TIMES)
    without = "tests.prove.without.versions"
    control, left = written(ready_place(), drafts=FEW, times=SOME, app=without)

    saved = sum(len(one.saved) for one in told)
    conflicts = sum(one.conflicts for one in told)
    merged = sum(one.merged for one in told)
    unguarded = lost(control, left)
    record(
        "Writers who share drafts",
        [
            (f"Saved by {WRITERS} writers in {DRAFTS} drafts", f"{saved:,}"),
            ("Told of newer words, and shown both", f"{conflicts:,}"),
            ("Saved by keeping both", str(merged)),
            ("Lost", str(len(lost(told, state)))),
            ("Lost without versions, of 80", str(len(unguarded))),
        ],
    )
    assert [one.failures for one in told if one.failures] == []
    assert [one.one_sided for one in told if one.one_sided] == []
    assert saved == WRITERS * TIMES
    assert conflicts > merged > 0
    assert lost(told, state) == []
    assert [draft["revisions"] for draft in state.values()] == [1] * DRAFTS
    saves = Counter(one.address for one in told for _ in one.saved)
    assert {address: draft["version"] for address, draft in state.items()} == saves
    assert len(unguarded) > 0
