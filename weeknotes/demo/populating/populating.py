"""All of it, week by week: the same sizes and the same seed make the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.apps import apps
from django.db import transaction

from ddat import clock
from weeknotes.demo.populating.house import build
from weeknotes.demo.populating.reacting import react_to
from weeknotes.demo.populating.weeks import publish_week
from weeknotes.digests.models import Digest

LAST_DUE_ON = date(2026, 5, 18)
OURS = ("people", "projects", "weeknotes")
WEEK = timedelta(days=7)


class NotEmpty(Exception):
    """There is something in the database; the message names the first table of it."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much of each there will be; updates and reactions in all, over all the digests."""

    digests: int = 520
    subjects: int = 300
    people: int = 3_000
    updates: int = 150_000
    reactions: int = 1_000_000
    seed: int = 2026

    def share(self, whole: int, week: int) -> int:
        """What one week has of the whole, so that all weeks together have all of it."""
        return whole * (week + 1) // self.digests - whole * week // self.digests


def refuse_unless_empty() -> None:
    """Raise NotEmpty when any table of ours has a row."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._base_manager.exists():  # noqa: SLF001 (documented)
                raise NotEmpty(f"There are {model._meta.verbose_name_plural} already.")  # noqa: SLF001


@transaction.atomic
def populate(sizes: Sizes, *, told: Callable[[int], None] = lambda _: None) -> None:
    """Fill an empty database; `told` hears of each week that is in. If anything fails, nothing is.

    The last digest of all is being collected. Raises NotEmpty.
    """
    refuse_unless_empty()
    began_on = LAST_DUE_ON - sizes.digests * WEEK
    house = build(people=sizes.people, subjects=sizes.subjects, began_on=began_on)
    for week in range(sizes.digests):
        rng = Random(f"{sizes.seed}, week {week}")  # noqa: S311 (the same each time)
        publication = publish_week(
            house,
            rng,
            due_on=began_on + (week + 1) * WEEK,
            count=min(sizes.share(sizes.updates, week), len(house.subjects)),
        )
        react_to(publication, house.people, rng, count=sizes.share(sizes.reactions, week))
        told(week + 1)
    friday = LAST_DUE_ON + timedelta(days=4)
    Digest.objects.open_digest(
        covers_from=LAST_DUE_ON,
        covers_to=friday,
        due_on=LAST_DUE_ON + WEEK,
        deadline_at=datetime(friday.year, friday.month, friday.day, 11, tzinfo=clock.LONDON),
        by=house.director,
        at=datetime(LAST_DUE_ON.year, LAST_DUE_ON.month, LAST_DUE_ON.day, 9, tzinfo=clock.LONDON),
    )
