"""Mine this week: what one person owes, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from ddat import clock
from people.models import Team, User
from projects.models import Project
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject, expected_in, expected_of, written_by
from weeknotes.digests.writers import writers_of
from weeknotes.updates.addresses import address_of
from weeknotes.updates.models import Revision, Update, UpdateQuerySet, UpdateState

LATELY = 10
HELD_WORDS = "held over for the next digest"
STATES = {
    "todo": "Not started",
    "late": "Late",
    "progress": UpdateState.DRAFT.label,
    "returned": UpdateState.RETURNED.label,
    "none": UpdateState.NO_UPDATE.label,
    "tick": UpdateState.SUBMITTED.label,
}


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One update expected from somebody: for which digest and subject, and where it stands."""

    digest: Digest
    subject: Subject
    update: Update | None
    saved_at: datetime | None = None
    edit_words: str = ""
    is_expected: bool = True
    standing_in: str = ""
    held_before: Update | None = None  # of an earlier digest, and comes into this one

    @property
    def status(self) -> str:
        """Its state as the board names it: todo, late, progress, returned, tick or none."""
        if self.update and self.update.is_returned:
            return "returned"
        if self.update is None or self.update.is_draft:
            if clock.now() > self.digest.deadline_at:
                return "late"
            return "progress" if self.update else "todo"
        return "none" if self.update.state == UpdateState.NO_UPDATE else "tick"

    @property
    def words(self) -> str:
        """Its state in words."""
        said = STATES[self.status]
        return f"{said}, drafting" if self.status == "late" and self.update else said

    @property
    def saved_words(self) -> str:
        """When it was last saved, as "Draft saved 9:12am", or nothing."""
        if self.saved_at is None or self.status == "returned" or self.is_done:
            return ""
        return f"Draft saved {clock.lately(self.saved_at)}"

    @property
    def held_words(self) -> str:
        """That an editor holds it over for the next digest, or nothing."""
        return HELD_WORDS if getattr(self.update, "is_held", False) else ""

    @property
    def address(self) -> str:
        """Where it is written."""
        return address_of(self.digest, self.subject)

    @property
    def no_update_address(self) -> str:
        """Where it is said that there is none."""
        return address_of(self.digest, self.subject, "no_update")

    @property
    def is_done(self) -> bool:
        """Whether it was handed in."""
        return self.update is not None and not self.update.is_open


def board_of(digest: Digest) -> list[Owed]:
    """Every update expected in a digest, and any other begun for it, in house order."""
    updates = Update.objects.filter(digest=digest, is_note=False)
    return _standing({digest: expected_in(digest)}, updates)


def owed_by(person: User) -> list[Owed]:
    """What a person owes to the digests that are not published yet, the next one due first.

    It is asked of who leads or owns; a deputy sees it too, and for whom they stand in.
    """
    mine = written_by(person)
    if not mine:
        return []
    expected = expected_of(mine, Digest.objects.open_for_writing())
    updates = Update.objects.filter(_about(mine), digest__in=list(expected), is_note=False)
    owed, writers = _standing(expected, updates), writers_of(mine)
    held = held_into(mine, expected)
    return [
        replace(
            one,
            standing_in=writers[one.subject].told_to(person),
            held_before=held.get((one.digest, one.subject)),
        )
        for one in owed
    ]


def held_into(
    subjects: Sequence[Subject], digests: Iterable[Digest]
) -> dict[tuple[Digest, Subject], Update]:
    """What editors held over of these, by the digest of these that it comes into."""
    in_order = sorted(digests, key=lambda digest: digest.pk)
    found = {}
    for update in Update.objects.filter(_about(subjects)).held_till_published():
        last = max(update.entries.all(), key=lambda entry: entry.digest_id)
        if last.decision == "left_out":
            continue
        still_waits = last.decision == "held"
        later = [one for one in in_order if one.pk > last.digest_id]
        here = [one for one in in_order if one.pk == last.digest_id]
        for digest in (later if still_waits else here)[:1]:
            found[digest, update.subject] = update
    return found


def written_before(person: User) -> list[tuple[Update, str]]:
    """What was lately handed in for published digests by the teams and projects they write for.

    What was returned and not submitted again is among it: it is in no digest. Beside each, what
    an editor changed last, and why; nothing where none did.
    """
    mine = written_by(person)
    handed_in = Update.objects.seen_by_editors().filter(
        _about(mine), digest__in=Digest.objects.published()
    )
    newest_first = handed_in.select_related("digest").with_subject().telling_held()
    lately = list(newest_first.order_by("-digest__due_on", "id")[:LATELY])
    edited = _edit_words(_latest_of(Update.objects.filter(pk__in=[one.pk for one in lately])))
    return [(one, edited.get(one.pk, "")) for one in lately]


def _latest_of(updates: UpdateQuerySet) -> list[Revision]:
    """The newest revision of each of these, without its words."""
    return list(Revision.objects.latest_of(updates).defer("content").select_related("made_by"))


def _edit_words(latest: Iterable[Revision]) -> dict[int, str]:
    """By update, what an editor changed, when and why, where nobody has changed it since."""
    return {one.update_id: one.edit_words for one in latest if one.is_edit}


def _about(subjects: Sequence[Subject]) -> Q:
    """Updates about any of these subjects."""
    teams = [subject.pk for subject in subjects if isinstance(subject, Team)]
    projects = [subject.pk for subject in subjects if isinstance(subject, Project)]
    return Q(team__in=teams) | Q(project__in=projects)


def _standing(expected: Mapping[Digest, list[Subject]], updates: UpdateQuerySet) -> list[Owed]:
    """Where each expected update stands, and any other of these, in two queries."""
    begun: dict[int, dict[Subject, Update]] = {}
    for one in updates.with_subject().telling_held():
        begun.setdefault(one.digest_id, {})[one.subject] = one
    latest = _latest_of(updates)
    saved, edited = {one.update_id: one.made_at for one in latest}, _edit_words(latest)
    owed = []
    for digest, subjects in expected.items():
        here, wanted = begun.get(digest.pk, {}), set(subjects)
        for subject in [*subjects, *(other for other in here if other not in wanted)]:
            update = here.get(subject)
            owed.append(
                Owed(
                    digest=digest,
                    subject=subject,
                    update=update,
                    saved_at=saved.get(update.pk) if update else None,
                    edit_words=edited.get(update.pk, "") if update else "",
                    is_expected=subject in wanted,
                )
            )
    return owed
