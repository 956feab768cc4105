"""Composing: what goes into a digest, and in which order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from ddat import clock
from people.models import Event, User
from weeknotes.desk import holding_over
from weeknotes.desk.models import Decision, Entry
from weeknotes.desk.refusing import DID, ChangedMeanwhile, DeskRefused, changes_of
from weeknotes.digests.models import DetailsRefused, Digest, DigestState
from weeknotes.digests.subjects import Subject, in_house_order
from weeknotes.updates.models import HELD, Revision, Update, UpdateQuerySet
from weeknotes.updates.questions import Question
from weeknotes.updates.returning import ReturnRefused, return_to_writers

SLUG = 10  # characters of a digest's slug: a day


@transaction.atomic
def start_composing(*, digest: Digest, by: User, at: datetime | None = None) -> bool:
    """Give each update handed in so far an included entry, in house order.

    One that is returned keeps its place too, for when it is submitted again. What earlier digests
    hold over comes after its subject's own.

    Starting twice is one start; False says that it had begun. Raises DeskRefused when the digest
    is published.
    """
    at = at or clock.now()
    if not digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING):
        if digest.is_published:
            raise DeskRefused(digest.closed_words)
        return False
    for position, update in enumerate(_to_start_with(digest), start=1):
        _enter(digest, update, position, Decision.INCLUDED, by=by, at=at)
    Event.objects.record(by=by, verb="started composing", thing=digest, name=str(digest), at=at)
    return True


@transaction.atomic
def decide(
    *,
    digest: Digest,
    update: Update,
    decision: Decision,
    by: User,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Include an update at the end of the digest, leave it out, or hold it over for the next one.

    What is held over comes into the digest after this one, at once if that is being composed; a
    later decision here takes it out of there again, until that is published.
    The same decision twice is one. `seen` is the digest's version on the editor's desk: raises
    ChangedMeanwhile when another decision was made since. Raises DeskRefused when the update was
    not handed in, or the digest is not being composed.
    """
    at = at or clock.now()
    hold(digest)
    here = standing_in(digest).filter(pk=update.pk)
    if here.returned().exists():
        raise DeskRefused("This update is returned. Decide once it is submitted again.")
    if not here.exists():
        raise DeskRefused(holding_over.not_here(update))
    if not here.reported().exists():
        raise DeskRefused("This update has not been submitted, so it cannot be included.")
    entry = digest.entries.filter(update=update).first()
    if entry and entry.decision == decision:
        return
    if entry and seen is not None and entry.decided_in > seen:
        raise ChangedMeanwhile(changes_of(entry, seen))
    was_held = entry is not None and entry.decision == Decision.HELD
    later = holding_over.hold_later(digest) if was_held or decision == Decision.HELD else []
    if entry and was_held:
        holding_over.take_out(entry, later)
    if entry is None:
        _enter(digest, update, _last_position(digest) + 1, decision, by=by, at=at)
    else:
        entry.decision, entry.decided_by, entry.decided_at = decision, by, at
        entry.decided_in = digest.version
        entry.position = _last_position(digest) + 1
        entry.save()
    if decision == Decision.HELD:
        following = next((one for one in later if one.is_composing), None)
        if following:
            following.touch()
            place = _last_position(following) + 1
            _enter(following, update, place, Decision.INCLUDED, by=by, at=at)
    verb = DID[decision]
    Event.objects.record(by=by, verb=verb, thing=update, name=str(update), at=at)


@transaction.atomic
def give_back(
    *,
    digest: Digest,
    update: Update,
    question: str,
    version: int,
    by: User,
    at: datetime | None = None,
) -> Question:
    """Return an update to its writers with a question, from the desk of the digest it is for.

    Raises ReturnRefused like `return_to_writers`, and for what is held over: its words stay.
    """
    digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    if _is_held(digest, update):
        raise ReturnRefused(
            "This update is held over, so it cannot be returned. Include it in the digest that it "
            "was written for, and return it from there."
        )
    return return_to_writers(update=update, question=question, version=version, by=by, at=at)


def is_returnable(digest: Digest, update: Update) -> bool:
    """Whether an editor may return it from the desk of this digest as things stand."""
    is_open = update.is_open or digest.is_published
    return not is_open and not _is_held(digest, update)


def _is_held(digest: Digest, update: Update) -> bool:
    return update.is_held_over_in(digest) or holding_over.holds_over(digest, update)


def new_not_in_yet(digest: Digest) -> list[Update]:
    """What was handed in after composing started and no editor has placed."""
    if digest.is_collecting:
        return []
    placed = digest.entries.values("update_id")
    return list(digest.updates.reported().with_subject().exclude(pk__in=placed).order_by("id"))


def coming_into(digest: Digest) -> list[Entry]:
    """What earlier digests hold over, which comes in when composing starts."""
    waiting = Entry.objects.waiting().filter(digest__lt=digest)
    return list(waiting.with_update().select_related("digest"))


def handed_in(digest: Digest, anchor: str) -> Update | None:
    """What was handed in at this anchor, returned or not; None for a draft and for the note.

    What is held over from an earlier digest stands at an anchor of its own.
    """
    if anchor.startswith(HELD):
        slug, own = _held_from(anchor)
        return _at(standing_in(digest).exclude(digest=digest).filter(digest__slug=slug), own)
    return _at(digest.updates.seen_by_editors(), anchor)


def once_handed_in(digest: Digest, anchor: str) -> Update | None:
    """The same, and also what was taken back again since: of that only that it was.

    Also what is no longer held over into it, for whoever has it open.
    """
    slug, own = _held_from(anchor) if anchor.startswith(HELD) else (digest.slug, anchor)
    shown = Revision.objects.shown_to_editors().filter(update__digest__slug=slug)
    there = Update.objects.filter(pk__in=shown.values("update"), is_note=False)
    return _at(there.filter(digest__lte=digest), own)


def standing_in(digest: Digest) -> UpdateQuerySet:
    """What was written for a digest, and what is held over into it."""
    return Update.objects.filter(Q(digest=digest) | Q(pk__in=digest.entries.values("update")))


def _to_start_with(digest: Digest) -> list[Update]:
    """What was handed in, in house order, each subject's own first and then what is held over."""
    own = digest.updates.seen_by_editors().with_subject()
    by_subject: dict[Subject, list[Update]] = {}
    for update in (*own, *(entry.update for entry in coming_into(digest))):
        by_subject.setdefault(update.subject, []).append(update)
    return [update for subject in in_house_order(by_subject) for update in by_subject[subject]]


def _held_from(anchor: str) -> tuple[str, str]:
    """The slug of the digest that it was written for, and its anchor there."""
    slug_and_own = anchor.removeprefix(HELD)
    return slug_and_own[:SLUG], slug_and_own[SLUG + 1 :]


def _at(updates: UpdateQuerySet, anchor: str) -> Update | None:
    kind, _, slug = anchor.partition("-")
    found = updates.with_subject().select_related("digest")
    if kind == "project":
        return found.filter(project__slug=slug).first()
    return found.filter(team__slug=slug, is_note=False).first() if kind == "team" else None


def hold(digest: Digest) -> None:
    """Take the digest's row, so that two editors' changes follow one another."""
    try:
        digest.touch()
    except DetailsRefused as error:
        raise DeskRefused(str(error)) from error
    if not digest.is_composing:
        raise DeskRefused("Start composing first: then updates can be placed.")


def _enter(
    digest: Digest, update: Update, position: int, decision: Decision, *, by: User, at: datetime
) -> None:
    digest.entries.create(
        update=update,
        position=position,
        decision=decision,
        decided_by=by,
        decided_at=at,
        decided_in=digest.version,
    )


def _last_position(digest: Digest) -> int:
    return digest.entries.aggregate(last=Max("position"))["last"] or 0
