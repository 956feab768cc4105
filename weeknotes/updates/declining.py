"""Saying that there is no update: the page, what it keeps, and what was saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from people.rights import signed_in
from weeknotes.content.document import Document, NoUpdate
from weeknotes.content.uniting import unite_lines
from weeknotes.updates import writing
from weeknotes.updates.editing import Place, also_here, note_presence
from weeknotes.updates.forms.no_update import NoUpdateForm
from weeknotes.updates.models import Update
from weeknotes.updates.presence import Presence
from weeknotes.updates.rendering import html_of
from weeknotes.updates.returning import question_open

TAKING_BACK = ("take_back", "both")


def declining_page(
    request: HttpRequest, place: Place, *, start: Callable[[], Document]
) -> HttpResponse:
    """Answer the page's form; `start` gives what an update starts from."""
    update = place.saved()
    if request.method != "POST":
        return _page(request, place, NoUpdateForm(initial=_said_before(update)))
    note_presence(request, place)
    form = NoUpdateForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    if update and request.POST.get("do") in TAKING_BACK:
        return _taken_back(request, place, update, form)
    try:
        _submit(request, place, update, form, start)
    except writing.SavedSince as refusal:
        return _conflict(request, place, told=str(refusal))
    except writing.WritingRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, form, status=422)
    Presence.objects.leave(digest=place.digest, anchor=place.anchor, person=signed_in(request))
    messages.success(request, f"{place.title}: no update this week.")
    return redirect("weeknotes:mine")


def _said_before(update: Update | None) -> dict[str, Any]:
    """What the page begins with: the version, and the reason given before it was taken back."""
    if update is None:
        return {"version": 0}
    before = _reason_of(update)
    return {"version": update.version, **(NoUpdateForm.initial_from(before) if before else {})}


def _reason_of(update: Update) -> NoUpdate | None:
    """The reason that was handed in, also once it is taken back."""
    said = [revision.document.no_update for revision in update.revisions.order_by("-number")[:2]]
    return next(filter(None, said), None)


def _submit(
    request: HttpRequest,
    place: Place,
    update: Update | None,
    form: NoUpdateForm,
    start: Callable[[], Document],
) -> None:
    """What was drafted is kept beside the reason, for when it is taken back."""
    document = update.latest.document if update else start()
    writing.submit(
        digest=place.digest,
        subject=place.subject,
        document=replace(document, no_update=form.no_update()),
        version=form.cleaned_data["version"],
        by=signed_in(request),
    )


def _conflict(request: HttpRequest, place: Place, *, told: str) -> HttpResponse:
    """The reason as typed, beside what was saved meanwhile; sent again it goes from there."""
    update = place.saved()
    assert update is not None  # it is what was in the way, and nothing deletes it
    document = update.latest.document
    context = {
        "told": told,
        "update": update,
        "said": document.no_update,
        "saved_html": mark_safe(html_of(update, document)),
        "has_errors": True,
    }
    again = _with(request, version=update.version)
    return _page(request, place, again, status=409, **context)


def _taken_back(
    request: HttpRequest, place: Place, update: Update, form: NoUpdateForm
) -> HttpResponse:
    """Take back what was handed in meanwhile, and go on with my reason, or with both."""
    version, said = form.cleaned_data["version"], _reason_of(update)
    try:
        if update.version == version:
            writing.take_back(update=update, by=signed_in(request))
    except writing.WritingRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, form, status=422)
    lines = form.cleaned_data["lines"]
    if said and request.POST["do"] == "both":
        lines = unite_lines(lines, said.lines)
    return _page(request, place, _with(request, version=version + 1, lines=lines))


def _with(request: HttpRequest, **changed: Any) -> NoUpdateForm:
    """The form as it was sent, some of it changed."""
    return NoUpdateForm({**request.POST.dict(), **changed})


def _page(
    request: HttpRequest, place: Place, form: NoUpdateForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    update = place.saved()
    question = question_open(update) if update else None
    context = {
        "place": place,
        "form": form,
        "also_here": also_here(request, place),
        "question": question,
        **more,
    }
    return render(request, "weeknotes/updates/no_update.html", context, status=status)
