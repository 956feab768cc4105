"""Writing: what I owe, the form, the preview, no update, taking back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ddat import clock
from people.models import Team
from people.rights import signed_in
from projects.models import Project
from weeknotes.content.document import Document
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject
from weeknotes.updates import writing
from weeknotes.updates.addresses import address_of
from weeknotes.updates.declining import declining_page
from weeknotes.updates.editing import Place, edit_page, presence_line
from weeknotes.updates.edits import edits_of
from weeknotes.updates.models import Update, UpdateState
from weeknotes.updates.owing import owed_by, written_before
from weeknotes.updates.rendering import html_of
from weeknotes.updates.returning import question_open
from weeknotes.updates.starting import starting_document


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What I owe this week, and how far each has come."""
    person = signed_in(request)
    context = {"owed": owed_by(person), "before": written_before(person)}
    return render(request, "weeknotes/updates/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Write an update for one of my teams or projects."""
    place = place_of(request, slug, kind, subject)
    update = place.saved()
    if request.method != "POST" and (place.digest.is_published or (update and not update.is_open)):
        return _standing(request, place, update)
    return edit_page(request, place, start=partial(_start, request, place))


@require_POST
def presence(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Who else has this update open."""
    return presence_line(request, place_of(request, slug, kind, subject))


@require_safe
def preview(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """My update as it will be read, from what is saved."""
    place = place_of(request, slug, kind, subject)
    update = place.saved()
    if update is None:
        return redirect(place.address)
    return _standing(request, place, update)


@require_http_methods(["GET", "HEAD", "POST"])
def no_update(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Say that there is no update this week, and why."""
    place = place_of(request, slug, kind, subject)
    update = place.saved()
    is_done = place.digest.is_published or (update and not update.is_open)
    if request.method != "POST" and is_done:
        return _standing(request, place, update)
    return declining_page(request, place, start=partial(_start, request, place))


@require_POST
def submit(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Hand in what is saved, from its preview."""
    place = place_of(request, slug, kind, subject)
    update = place.saved()
    if update is None:
        return redirect(place.address)
    newest = place.newest(update)
    seen = request.POST.get("version", "")
    since = 0 if update.is_open else 1  # handing in is a version of its own
    if seen != str(newest.version - since):
        messages.error(request, "Other words were saved since. This is what is saved now.")
        return redirect(place.preview)
    try:
        writing.submit(
            digest=place.digest,
            subject=place.subject,
            document=newest.document,
            version=newest.version,
            by=signed_in(request),
            start=_start(request, place),
        )
    except writing.WritingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(place.address)
    messages.success(request, f"{place.title}: submitted.")
    return redirect("weeknotes:mine")


@require_POST
def take_back(request: HttpRequest, slug: str, kind: str, subject: str) -> HttpResponse:
    """Make a submitted update a draft again."""
    place = place_of(request, slug, kind, subject)
    update = place.saved()
    if update is None:
        return redirect(place.address)
    # The form then shows what was drafted beside the reason, which may be nothing.
    is_declined = update.state == UpdateState.NO_UPDATE
    kept = " The reason is kept under “No update this week”." if is_declined else ""
    try:
        writing.take_back(update=update, by=signed_in(request))
    except writing.WritingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{place.title}: taken back. You can change it now.{kept}")
    return redirect(place.address)


def _start(request: HttpRequest, place: Place) -> Document:
    """What this person's form begins with."""
    return starting_document(subject=place.subject, digest=place.digest, person=signed_in(request))


def place_of(request: HttpRequest, slug: str, kind: str, subject_slug: str) -> Place:
    """Where this person writes; to everyone who does not write for it, it does not exist."""
    person = signed_in(request)
    digest = get_object_or_404(Digest, slug=slug)
    subject: Subject
    if kind == "projects":
        projects = Project.objects.written_by(person).select_related("team")
        subject = get_object_or_404(projects, slug=subject_slug)
    else:
        subject = get_object_or_404(Team.objects.written_by(person), slug=subject_slug)
    place = Place(
        digest=digest,
        subject=subject,
        title=subject.house_heading,
        address=address_of(digest, subject),
        preview=address_of(digest, subject, "update_preview"),
    )
    # Of one that was closed since the page was opened, the words sent are refused and handed back.
    if subject.is_closed and request.method != "POST" and place.saved() is None:
        raise Http404
    return place


def _standing(request: HttpRequest, place: Place, update: Update | None) -> HttpResponse:
    """An update as it stands saved: its words, and what can be done with it."""
    html = html_of(update, update.latest.document) if update else ""
    context = {
        "place": place,
        "update": update,
        "html": mark_safe(html),
        "words": _words(update),
        "question": question_open(update) if update else None,
        "edits": edits_of(update) if update and not update.is_open else [],
        "published": (published := _published(update)),
        "taken_out": "" if published or not update else update.published_updates.taken_out_words(),
        "held_words": update.entries.held_words() if update else "",
    }
    return render(request, "weeknotes/updates/standing.html", context)


def _published(update: Update | None) -> Any:
    """Where it was published, if it was: what is held over is read in a later digest."""
    if update is None:
        return None
    return update.published_updates.current().with_digest().first()


def _words(update: Update | None) -> str:
    """Who last saved or submitted it, and when."""
    if update is None:
        return "Nothing was submitted"
    asked = question_open(update)
    words = update.latest if update.is_open else update.original or update.latest
    person, at = words.last_hand
    if asked and at == asked.asked_at:
        return f"Returned by {asked.asked_words}"
    state = "Draft saved" if update.is_open else update.get_state_display()
    return f"{state} by {person.name}, {clock.moment(at)}"
