"""The note: the director's own words, which every editor may write."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.models import Team
from people.rights import editors_only, signed_in
from weeknotes.content.document import Byline, Document
from weeknotes.content.kinds.text import TextSection
from weeknotes.digests.models import Digest
from weeknotes.updates.editing import Place, edit_page, presence_line
from weeknotes.updates.models import NOTE_HEADING


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the note of a digest; sent once that is published, it is refused and handed back."""
    place = _place(slug)
    if request.method != "POST" and place.is_over:
        messages.info(request, place.digest.closed_words)
        return redirect("weeknotes:desk_digest", slug)
    person = signed_in(request)
    byline = Byline(name=person.name, job_title=person.job_title, person_id=person.pk)
    start = Document(heading=NOTE_HEADING, byline=(byline,), sections=(TextSection(),))
    return edit_page(request, place, start=lambda: start)


@editors_only
@require_POST
def presence(request: HttpRequest, slug: str) -> HttpResponse:
    """Which other editor has the note open."""
    return presence_line(request, _place(slug))


@dataclass(frozen=True, kw_only=True)
class NotePlace(Place):
    """The note, on the desk of its digest."""

    @property
    def back(self) -> str:
        """The desk of its digest."""
        return reverse("weeknotes:desk_digest", args=[self.digest.slug])

    @property
    def back_words(self) -> str:
        """What that page is called."""
        return "The desk"


def _place(slug: str) -> Place:
    return NotePlace(
        digest=get_object_or_404(Digest, slug=slug),
        subject=get_object_or_404(Team, parent__isnull=True),
        title=NOTE_HEADING,
        address=reverse("weeknotes:desk_note", args=[slug]),
        preview=reverse("weeknotes:desk_preview", args=[slug]),
        is_note=True,
    )
