"""One page to write on, for updates and for the note: what is sent is read, saved and shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ddat import clock
from people.models import User
from people.rights import signed_in
from weeknotes.content.document import Document
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject, anchor_of
from weeknotes.updates import writing
from weeknotes.updates.addresses import address_of
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.forms.settling import Saved, Settlement, Theirs
from weeknotes.updates.models import NOTE_ANCHOR, Update
from weeknotes.updates.owing import held_into
from weeknotes.updates.presence import ASKS_AGAIN, WITHOUT_SCRIPTS, Presence
from weeknotes.updates.questions import Question
from weeknotes.updates.returning import question_open

THEN = {
    "save": "Save these words",
    "preview": "Save and preview",
    "no_update": "Save, then say no update",
    "submit": "Submit these words",
}
SAVING = tuple(THEN)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody writes: the digest, for whom, and the addresses around the page."""

    digest: Digest
    subject: Subject
    title: str
    address: str
    preview: str
    is_note: bool = False

    editor: ClassVar[type[Editor]] = Editor
    actions: ClassVar[Collection[str]] = SAVING
    is_edit: ClassVar[bool] = False
    about: ClassVar[str] = ""
    save_words: ClassVar[str] = "Save draft"

    @property
    def back(self) -> str:
        """The page that it was opened from; nothing where the menu leads there."""
        return ""

    @property
    def back_words(self) -> str:
        """What that page is called."""
        return ""

    @property
    def is_gone(self) -> bool:
        """Whether what was being edited went away meanwhile."""
        return False

    @property
    def is_over(self) -> bool:
        """Whether nothing is written here any more."""
        return self.digest.is_published

    @property
    def no_update(self) -> str:
        """Where it is said that there is no update."""
        return address_of(self.digest, self.subject, "no_update")

    @property
    def submission(self) -> str:
        """Where what is saved is handed in."""
        return address_of(self.digest, self.subject, "submission")

    @property
    def presence(self) -> str:
        """Where its page asks who else has it open."""
        return f"{self.address}presence/"

    @property
    def anchor(self) -> str:
        """Its permanent place on the digest's page."""
        return NOTE_ANCHOR if self.is_note else anchor_of(self.subject)

    @property
    def history(self) -> str:
        """Where its writers look back at every revision."""
        return address_of(self.digest, self.subject, "update_history")

    @property
    def removal(self) -> str:
        """Where what was handed in is taken back."""
        return address_of(self.digest, self.subject, "submission_removal")

    def saved(self) -> Any:
        """The update as it is saved, or None while nobody has saved one; it has a version."""
        return writing.find_update(digest=self.digest, subject=self.subject, is_note=self.is_note)

    def newest(self, update: Any) -> Saved:
        """The words that the form opens on, and their version, read as one."""
        newest: Saved = update.revisions.newest_first().with_version()[0]
        return newest

    def is_handed_in(self, update: Any) -> bool:
        """Whether what is saved stands in the way, for having been handed in."""
        return not update.is_open

    def held_before(self) -> Update | None:
        """What was written for an earlier digest and comes into this one, if anything does."""
        if self.is_note or self.is_edit or self.is_over:
            return None
        return held_into([self.subject], [self.digest]).get((self.digest, self.subject))

    def question(self) -> Question | None:
        """What an editor asks, till it is answered."""
        update = self.saved()
        return question_open(update) if update else None

    def save(self, editor: Editor, *, by: User, start: Callable[[], Document] | None) -> None:
        """Save a draft; submit it where `start` says what the form began with."""
        words: dict[str, Any] = {
            "digest": self.digest,
            "subject": self.subject,
            "document": editor.document(),
            "version": editor.version,
            "by": by,
        }
        if start and not self.is_note:
            writing.submit(**words, start=start())
        else:
            writing.save_draft(**words, is_note=self.is_note)

    def after(self, action: str) -> tuple[str, str]:
        """Where a button leads once it has saved, and what is said there."""
        if action == "preview":
            return self.preview, ""
        if action == "no_update" and not self.is_note:
            return self.no_update, ""
        if action == "submit" and not self.is_note:
            return reverse("weeknotes:mine"), f"{self.title}: submitted."
        return self.address, f"{self.title}: saved."


def edit_page(request: HttpRequest, place: Place, *, start: Callable[[], Document]) -> HttpResponse:
    """Answer the form's page, and each of its buttons; `start` gives what an update starts from."""
    if request.method == "POST":
        return _sent(request, place, start)
    update = place.saved()
    newest = place.newest(update) if update else None
    document, version = (newest.document, newest.version) if newest else (start(), 0)
    editor = place.editor.showing(document, subject=place.subject, version=version)
    return _page(request, place, editor)


def presence_line(request: HttpRequest, place: Place) -> HttpResponse:
    """Note that this person has the page open; answer who else has, in words."""
    note_presence(request, place, lasts=ASKS_AGAIN)
    return HttpResponse(also_here(request, place), content_type="text/plain; charset=utf-8")


def note_presence(
    request: HttpRequest, place: Place, *, lasts: timedelta = WITHOUT_SCRIPTS
) -> None:
    """Write down that this person has it open, unless nothing is written there any more."""
    if not place.is_over:
        Presence.objects.note_down(
            digest=place.digest, anchor=place.anchor, person=signed_in(request), lasts=lasts
        )


def also_here(request: HttpRequest, place: Place) -> str:
    """Who else has it open: "Sam Patel is also editing, since 10:42am."; nothing if nobody."""
    others = Presence.objects.others(
        digest=place.digest, anchor=place.anchor, person=signed_in(request)
    )
    return " ".join(map(str, others))


def _sent(request: HttpRequest, place: Place, start: Callable[[], Document]) -> HttpResponse:
    note_presence(request, place)
    action = request.POST.get("do", "save")
    if "theirs" in request.POST:
        return _settled(request, place, action, start)
    if action not in place.actions:
        rearranged = place.editor.rearranged(request.POST, action, subject=place.subject)
        return _page(request, place, rearranged, is_unsaved=True)
    return _saved(
        request, place, place.editor.sent(request.POST, subject=place.subject), action, start
    )


def _saved(
    request: HttpRequest,
    place: Place,
    editor: Editor,
    action: str,
    start: Callable[[], Document],
) -> HttpResponse:
    """Save what the form says, or tell why not, with all of it on the page."""
    if not editor.is_valid():
        return _page(request, place, editor, status=422)
    is_untouched = editor.document().adds_nothing_to(start())
    if action == "no_update" and is_untouched:
        return redirect(place.no_update)
    try:
        place.save(editor, by=signed_in(request), start=start if action == "submit" else None)
    except writing.SavedSince as refusal:
        return _conflict(request, place, editor, told=str(refusal))
    except writing.WritingRefused as refusal:
        editor.refuse(str(refusal))
        return _page(request, place, editor, status=422)
    return _next(request, place, action)


def _settled(
    request: HttpRequest, place: Place, action: str, start: Callable[[], Document]
) -> HttpResponse:
    """Make one text of the two that somebody chose from, and save it or give it to be edited."""
    mine = place.editor.sent(request.POST, subject=place.subject)
    theirs = Theirs.unsealed(request.POST["theirs"])
    if not mine.is_valid():
        return _page(request, place, mine, status=422)
    if theirs is None:
        return _conflict(request, place, mine, told="What you chose from could not be read again.")
    settlement = Settlement(place.subject, mine.document(), theirs, chosen=request.POST)
    if not settlement.is_valid():
        return _conflict_page(request, place, mine, settlement, version=mine.version)
    merged = settlement.editor(version=mine.version)
    merged.extra = mine.extra
    if action == "take_back" and not place.is_edit:
        return _taken_back(request, place, merged)
    if action not in place.actions:
        return _page(request, place, merged, is_unsaved=True)
    again = {**merged.carried, "version": str(merged.version)}
    return _saved(request, place, place.editor.sent(again, subject=place.subject), action, start)


def _taken_back(request: HttpRequest, place: Place, merged: Editor) -> HttpResponse:
    """Take back what was handed in meanwhile, and go on with the text made of both."""
    update = place.saved()
    try:
        if update and update.version == merged.version:
            writing.take_back(update=update, by=signed_in(request))
    except writing.WritingRefused as refusal:
        merged.refuse(str(refusal))
        return _page(request, place, merged, status=422)
    merged.version += 1
    return _page(request, place, merged, is_unsaved=True)


def _conflict(request: HttpRequest, place: Place, mine: Editor, *, told: str) -> HttpResponse:
    """Both texts side by side, to be made one: what was typed, and what is saved now."""
    update = place.saved()
    if update is None:  # a page that nobody has; nothing deletes what was in the way
        return _page(request, place, mine, status=422)
    newest = place.newest(update)
    theirs = Theirs.of(
        newest,
        told=told,
        reader=signed_in(request),
        is_handed_in=place.is_handed_in(update),
    )
    settlement = Settlement(place.subject, mine.document(), theirs)
    return _conflict_page(request, place, mine, settlement, version=newest.version)


def _conflict_page(
    request: HttpRequest, place: Place, mine: Editor, settlement: Settlement, *, version: int
) -> HttpResponse:
    action = request.POST.get("then") or request.POST.get("do", "")
    then = (
        action if action in place.actions and not (place.is_note and action == "submit") else "save"
    )
    context = {
        "place": place,
        "settlement": settlement,
        "carried": {**mine.carried, "version": version, "theirs": settlement.theirs.sealed()},
        "then": then,
        "then_words": THEN[then],
        "has_errors": True,
    }
    return render(request, "weeknotes/updates/conflict.html", context, status=409)


def _next(request: HttpRequest, place: Place, action: str) -> HttpResponse:
    if place.is_edit or (action == "submit" and not place.is_note):
        Presence.objects.leave(digest=place.digest, anchor=place.anchor, person=signed_in(request))
    address, done = place.after(action)
    if done:
        messages.success(request, done)
    return redirect(address)


def _page(
    request: HttpRequest,
    place: Place,
    editor: Editor,
    *,
    status: int = 200,
    is_unsaved: bool = False,
) -> HttpResponse:
    update = place.saved()
    context = {
        "place": place,
        "editor": editor,
        "also_here": also_here(request, place),
        "saved_words": clock.lately(update.latest.made_at) if update and not place.is_edit else "",
        "is_unsaved": is_unsaved or status != 200,
        "question": place.question(),
        "held_before": place.held_before(),
        "has_errors": status == 422,
    }
    return render(request, "weeknotes/updates/edit.html", context, status=status)
