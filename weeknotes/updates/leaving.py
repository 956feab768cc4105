"""What somebody leaves open in updates: those they write for digests not published yet."""

from __future__ import annotations

from collections.abc import Iterator

from people.leaving import LeftOpen, admin_address_of
from people.models import User
from weeknotes.updates.owing import owed_by


def updates_left_open(person: User) -> Iterator[LeftOpen]:
    """Each update that was begun; whoever takes the team or project on writes it from there."""
    for owed in owed_by(person):
        if owed.update is not None:
            state = owed.update.get_state_display().lower()
            yield LeftOpen(
                what=f"Update ({state})",
                name=str(owed.update),
                address=admin_address_of(owed.subject),
                goes="Goes with the team or project that it is about.",
            )
