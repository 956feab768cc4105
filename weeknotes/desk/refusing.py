"""What the desk cannot do, and what other editors did since somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from people.models import User
from weeknotes.desk.models import Decision, Entry
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

DID = {Decision.INCLUDED: "included", Decision.LEFT_OUT: "left out", Decision.HELD: "held over"}


class DeskRefused(Exception):
    """The desk cannot do that; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What an editor did on the desk: who, what, to which update, when."""

    by: User
    did: str
    update: Update
    at: datetime


class ChangedMeanwhile(DeskRefused):
    """Another change came first, which this one would undo; `changes` says which."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__("The digest changed while you had the desk open.")
        self.changes = changes


def changes_since(digest: Digest, version: int) -> list[Change]:
    """What was decided and moved after the digest stood at this version, oldest first.

    Of one update the last decision and the last move.
    """
    entries = digest.entries.changed_since(version)
    changes = [change for entry in entries for change in changes_of(entry, version)]
    return sorted(changes, key=lambda change: change.at)


def changes_of(entry: Entry, version: int) -> list[Change]:
    """The same of one entry."""
    changes = []
    if entry.decided_in > version:
        did = DID[Decision(entry.decision)]
        changes.append(
            Change(by=entry.decided_by, did=did, update=entry.update, at=entry.decided_at)
        )
    if entry.moved_by and entry.moved_at and entry.moved_in > version:
        changes.append(
            Change(by=entry.moved_by, did="moved", update=entry.update, at=entry.moved_at)
        )
    return changes
