"""What other editors did meanwhile, in words for the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddat import clock
from people.models import User
from weeknotes.desk.models import Decision
from weeknotes.desk.order import Order
from weeknotes.desk.refusing import Change
from weeknotes.updates.models import Update

MOST_TOLD = 5
AGAIN = {
    Decision.INCLUDED: "Include it all the same",
    Decision.LEFT_OUT: "Leave it out all the same",
    Decision.HELD: "Hold it over all the same",
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """Why something was not done: what happened meanwhile, and how to do it all the same."""

    title: str
    changes: list[str]
    anchor: str
    decision: str = ""

    @property
    def again(self) -> str:
        """The button that makes the decision knowingly."""
        return AGAIN[Decision(self.decision)] if self.decision else ""


def heading_in(order: Order, update: Update) -> str:
    """The heading an update stands under on the desk."""
    document = order.says.get(update.pk)
    return (document and document.heading) or update.house_heading


def in_words(changes: Iterable[Change], order: Order, *, to: User) -> list[str]:
    """Each change in a sentence for whoever reads it: "Bea Long moved Web at 9:12am."."""
    return [
        f"{'You' if change.by == to else change.by.name} {change.did} "
        f"{heading_in(order, change.update)} {clock.when(change.at)}."
        for change in changes
    ]


def meanwhile(changes: Iterable[Change], order: Order, *, to: User) -> str:
    """What others changed since somebody looked, as an afterword; empty when nobody did."""
    others = [change for change in changes if change.by != to]
    if not others:
        return ""
    words = in_words(others[-MOST_TOLD:], order, to=to)
    more = len(others) - len(words)
    words += [f"And {more} more."] if more else []
    return " ".join(["Meanwhile:", *words])
