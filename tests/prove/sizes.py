"""How large the proofs are: PROVE_SIZE=0.1 makes them a tenth, to try them out."""

import os

SIZE = float(os.environ.get("PROVE_SIZE", "1"))


def so_many(full: int, *, least: int = 1) -> int:
    """A number of a proof, at the size asked for."""
    return max(least, round(full * SIZE))
