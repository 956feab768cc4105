"""A place, which the other proofs stand on, is served by real processes on the engine asked for."""

import time
from urllib.request import urlopen

from tests.prove.figures import record
from tests.prove.places import Place


def test_place_is_served_by_real_processes(demo_place: Place, db: None) -> None:
    start = time.monotonic()
    with (
        demo_place.served() as address,
        urlopen(f"{address}/account/sign-in/", timeout=60) as answer,  # noqa: S310 (our own)
    ):
        assert answer.status == 200
    seconds = time.monotonic() - start

    record(
        "Starting", [("Two server processes, from nothing to the first page", f"{seconds:.1f} s")]
    )
