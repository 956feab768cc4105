"""Looking back: every revision of an update, what each changed, and the way back to one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from ddat import clock
from people.rights import signed_in
from weeknotes.content.differences import compare, difference_html
from weeknotes.updates import restoring
from weeknotes.updates.editing import Place
from weeknotes.updates.models import Revision, RevisionCause, Update
from weeknotes.updates.rendering import html_of
from weeknotes.updates.views import place_of
from weeknotes.updates.writing import SavedSince, WritingRefused

DONE = {
    RevisionCause.EDITED: "Edited by",
    RevisionCause.CORRECTED: "Corrected by",
    RevisionCause.SET_ASIDE: "Draft set aside by",
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One revision in the history of an update."""

    revision: Revision
    place: Place

    @property
    def number(self) -> int:
        """Its number, counted from the first words."""
        return self.revision.number

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.revision.sealed_at is None

    @property
    def name(self) -> str:
        """What it is called in a list: "Revision 3", or "The draft"."""
        return "The draft" if self.is_draft else f"Revision {self.number}"

    @property
    def words(self) -> str:
        """What was done, by whom and when: "Submitted by Ann Fox, Friday 15 May at 11am"."""
        person, at = self.revision.last_hand
        done = DONE.get(RevisionCause(self.revision.cause), "Submitted by")
        return f"{'By' if self.is_draft else done} {person.name}, {clock.moment(at)}"

    @property
    def why(self) -> str:
        """Why an editor changed it: "Typo: the date was wrong"; nothing of any other."""
        if not self.revision.is_edit:
            return ""
        return f"{self.revision.get_edit_kind_display()}: {self.revision.reason}"

    @property
    def address(self) -> str:
        """Where one looks back at it."""
        return f"{self.place.history}{self.number}/"

    @property
    def restoration(self) -> str:
        """Where its words become the draft again."""
        return f"{self.address}restoration/"

    def against(self, other: Kept) -> SafeString:
        """What changed between the two, from the older to the newer."""
        old, new = sorted((self, other), key=lambda kept: kept.number)
        return difference_html(compare(old.revision.document.told, new.revision.document.told))


def kept_of(place: Place, update: Update) -> list[Kept]:
    """Every revision of an update, the newest first."""
    return [Kept(revision=one, place=place) for one in update.revisions.newest_first()]


@require_safe
def history(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Every revision of my update: who, when, why."""
    place = place_of(request, slug, kind, subject)
    context = {"place": place, "kept": kept_of(place, _update(place))}
    return render(request, "weeknotes/updates/history.html", context)


@require_safe
def revision(request: HttpRequest, slug: str, kind: str, subject: str, number: int) -> HttpResponse:
    """One revision: what it changed since the one before, or another one, and how it read."""
    place = place_of(request, slug, kind, subject)
    return _revision_page(request, place, number)


@require_POST
def restore(request: HttpRequest, slug: str, kind: str, subject: str, number: int) -> HttpResponse:
    """Make a draft of an earlier revision's words."""
    place = place_of(request, slug, kind, subject)
    update, sent = _update(place), request.POST.get("version", "")
    if number not in {kept.number for kept in kept_of(place, update) if not kept.is_draft}:
        raise Http404
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
    try:
        restoring.restore(update=update, number=number, version=version, by=signed_in(request))
    except SavedSince as refusal:
        return _revision_page(request, place, number, conflict=str(refusal))
    except WritingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{place.history}{number}/")
    messages.success(request, f"{place.title}: {_restored(update, number)}")
    return redirect(place.address)


def _restored(update: Update, number: int) -> str:
    """What is the draft again: of "no update", what was drafted beside it, which may be nothing."""
    if not update.revisions.get(number=number).document.no_update:
        return f"revision {number} is your draft again."
    return (
        f"your draft is what was written beside revision {number}, if anything was. "
        "Its reason for no update stands in the history."
    )


def _revision_page(
    request: HttpRequest, place: Place, number: int, *, conflict: str = ""
) -> HttpResponse:
    update = _update(place)
    all_kept = {kept.number: kept for kept in kept_of(place, update)}
    one = all_kept.get(number)
    if one is None:
        raise Http404
    asked = {str(kept.number): kept for kept in all_kept.values() if kept is not one}
    other = asked.get(request.GET.get("with", "")) or all_kept.get(number - 1)
    context = {
        "place": place,
        "update": update,
        "one": one,
        "other": other,
        "others": list(asked.values()),
        "difference": one.against(other) if other else "",
        "html": mark_safe(html_of(update, one.revision.document)),
        "can_restore": restoring.can_restore(update) and not one.is_draft,
        "conflict": conflict,
    }
    status = 409 if conflict else 200
    return render(request, "weeknotes/updates/revision.html", context, status=status)


def _update(place: Place) -> Update:
    """The update whose history it is; there is none before somebody saved a word."""
    update: Update | None = place.saved()
    if update is None:
        raise Http404
    return update
