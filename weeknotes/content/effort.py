"""How much is looked at before an answer is given that is coarser, and never late."""

MOST_EFFORT = 2_000_000  # steps of about a tenth of a microsecond


class Effort:
    """How much may still be looked at."""

    def __init__(self, steps: int = MOST_EFFORT) -> None:
        self.steps = steps

    def spend(self, steps: int) -> bool:
        """Whether so many steps were left, which are now gone."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True
