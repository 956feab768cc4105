"""Editing what was handed in: an editor's words beside the writers' own, which stay sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.safestring import SafeString

from ddat import clock
from people.models import Event, User
from weeknotes.content.differences import compare, difference_html
from weeknotes.content.document import Document
from weeknotes.content.effort import Effort
from weeknotes.digests.models import Digest, DigestState
from weeknotes.updates.models import EditKind, Revision, RevisionCause, Update, UpdateState
from weeknotes.updates.writing import NOT_ONE_LINE, SavedSince, WritingRefused

TOO_LATE = "This digest is published. It can no longer be edited, only corrected."
NOT_HANDED_IN = (
    "This update is no longer as it was submitted, so it cannot be edited. "
    "Your words were not saved: copy what you need."
)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change by an editor: the words before it, and after."""

    before: Revision
    after: Revision
    effort: Effort = field(default_factory=Effort, compare=False)

    @property
    def words(self) -> str:
        """Who changed it, when and why."""
        return self.after.edit_words

    @property
    def html(self) -> SafeString:
        """What changed, line by line."""
        before, after = self.before.document.told, self.after.document.told
        return difference_html(compare(before, after, effort=self.effort))


def edits_of(update: Update) -> list[Edit]:
    """Every change since the update was handed in, the newest first, with one effort for all."""
    effort = Effort()
    return [Edit(before=one, after=other, effort=effort) for one, other in reversed(update.edits())]


@transaction.atomic
def edit(
    *,
    digest: Digest,
    update: Update,
    document: Document,
    version: int,
    kind: EditKind,
    reason: str,
    by: User,
    at: datetime | None = None,
) -> Update:
    """Put an editor's words in the place of an update's, begun from `version` on a digest's desk.

    Each edit is a sealed revision of its own. The same words again are a success and change
    nothing, also once the writers have it again. Raises SavedSince when the words changed in
    between, WritingRefused when the digest is published, the update was not handed in, or not one
    line is left.
    """
    at = at or clock.now()
    content = document.to_json()
    is_open = digest.hold(DigestState.COLLECTING, DigestState.COMPOSING)
    update.refresh_from_db()
    if update.shown_to_editors.content == content and _is_kept(update, by=by):
        return update
    if not is_open or update.published_updates.exists():
        raise WritingRefused(TOO_LATE)
    if not document.has_words:
        raise WritingRefused(NOT_ONE_LINE)
    if not _claim(update, version):
        raise _refusal(update, by=by)
    update.revise(
        content,
        cause=RevisionCause.EDITED,
        by=by,
        at=at,
        is_sealed=True,
        edit_kind=kind,
        reason=reason,
    )
    Event.objects.record(by=by, verb="edited", thing=update, name=str(update), at=at)
    return update


def _is_kept(update: Update, *, by: User) -> bool:
    """Whether the words that editors read stand, or are this editor's, taken back or returned."""
    shown = update.shown_to_editors
    return update.state == UpdateState.SUBMITTED or (shown.is_edit and shown.made_by == by)


def _claim(update: Update, version: int) -> bool:
    """Move it one version on, if it still is what the editor began from."""
    same = Update.objects.filter(pk=update.pk, version=version, state=UpdateState.SUBMITTED)
    claimed = same.update(version=F("version") + 1)
    update.refresh_from_db()
    return bool(claimed)


def _refusal(update: Update, *, by: User) -> WritingRefused:
    if update.state != UpdateState.SUBMITTED:
        return WritingRefused(NOT_HANDED_IN)
    latest = update.latest
    person, at = latest.last_hand
    done = "edited it" if latest.is_edit else "handed in other words"
    who = "You" if person == by else person.name
    return SavedSince(f"{who} {done} on {clock.moment(at)}, after you opened this page.")
