"""Mine this week: what one person owes, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ddat import clock
from people.models import Team, User
from projects.models import Project
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject, expected_in, written_by
from weeknotes.updates.addresses import address_of
from weeknotes.updates.models import Revision, Update, UpdateState

LATELY = 10


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One update expected from somebody: for which digest and subject, and where it stands."""

    digest: Digest
    subject: Subject
    update: Update | None
    saved_at: datetime | None = None
    is_expected: bool = True

    @property
    def status(self) -> str:
        """Its state as the board names it: todo, late, progress, tick or none."""
        if self.update is None or self.update.is_draft:
            if clock.now() > self.digest.deadline_at:
                return "late"
            return "progress" if self.update else "todo"
        return "none" if self.update.state == UpdateState.NO_UPDATE else "tick"

    @property
    def words(self) -> str:
        """Its state in words."""
        if self.status == "late":
            return "Late, drafting" if self.update else "Late"
        return self.update.get_state_display() if self.update else "Not started"

    @property
    def saved_words(self) -> str:
        """When it was last saved, as "Draft saved 9:12am", or nothing."""
        if self.saved_at is None or self.is_done:
            return ""
        return f"Draft saved {clock.lately(self.saved_at)}"

    @property
    def address(self) -> str:
        """Where it is written."""
        return address_of(self.digest, self.subject)

    @property
    def is_done(self) -> bool:
        """Whether it was handed in."""
        return self.update is not None and not self.update.is_draft


def board_of(digest: Digest) -> list[Owed]:
    """Every update expected in a digest, and any other begun for it, in house order."""
    return _standing(digest, expected_in(digest))


def owed_by(person: User) -> list[Owed]:
    """What a person owes to the digests that are not published yet, the next one due first."""
    mine = written_by(person)
    if not mine:
        return []
    wanted = set(mine)
    return [
        owed
        for digest in Digest.objects.open_for_writing()
        for owed in _standing(digest, [s for s in expected_in(digest) if s in wanted])
        if owed.subject in wanted
    ]


def written_before(person: User) -> list[Update]:
    """What was lately handed in for published digests by the teams and projects they write for."""
    mine = written_by(person)
    handed_in = Update.objects.reported().filter(
        Q(team__in=[s for s in mine if isinstance(s, Team)])
        | Q(project__in=[s for s in mine if isinstance(s, Project)]),
        digest__in=Digest.objects.published(),
    )
    newest_first = handed_in.select_related("digest").with_subject()
    return list(newest_first.order_by("-digest__due_on", "id")[:LATELY])


def _standing(digest: Digest, expected: list[Subject]) -> list[Owed]:
    updates = {u.subject: u for u in digest.updates.filter(is_note=False).with_subject()}
    saved = dict(
        Revision.objects.latest_of(digest.updates.all()).values_list("update_id", "made_at")
    )
    wanted = set(expected)
    subjects = [*expected, *(subject for subject in updates if subject not in wanted)]
    return [
        Owed(
            digest=digest,
            subject=subject,
            update=updates.get(subject),
            saved_at=saved.get(updates[subject].pk) if subject in updates else None,
            is_expected=subject in wanted,
        )
        for subject in subjects
    ]
