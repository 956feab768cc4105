"""The page on which an editor changes the words of one published update."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.models import User
from people.rights import editors_only
from weeknotes.content.document import Document
from weeknotes.corrections.composing import Line
from weeknotes.corrections.correcting import save_words
from weeknotes.corrections.finding import corrected_of
from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.updates.editing import Place, edit_page, presence_line
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.forms.settling import Saved


@dataclass(frozen=True, kw_only=True)
class CorrectionPlace(Place):
    """One update of a published digest, in the correction that is being prepared."""

    correction: Correction
    line: Line

    actions: ClassVar[tuple[str, ...]] = ("save",)
    is_edit: ClassVar[bool] = True
    about: ClassVar[str] = "A correction. Only editors see it until it is published"
    save_words: ClassVar[str] = "Save for the correction"
    way_back: ClassVar[str] = "The correction"

    @property
    def is_over(self) -> bool:
        """While it is prepared, its digest is published."""
        return self.correction.closed_at is not None

    @property
    def anchor(self) -> str:
        """Apart from its writers' form."""
        return f"correct-{self.line.published.anchor}"

    def saved(self) -> CorrectedUpdate | None:
        """The words saved for the correction, if there are any."""
        return self.correction.updates.filter(update=self.line.published.update).first()

    def newest(self, update: CorrectedUpdate) -> Saved:
        """The words saved for the correction."""
        return update

    def is_handed_in(self, update: Any) -> bool:
        """Nothing of a correction is handed in."""
        return False

    def question(self) -> None:
        """Nobody is asked."""

    def save(self, editor: Editor, *, by: User, start: Callable[[], Document] | None) -> None:
        """Keep the words for the correction."""
        save_words(
            correction=self.correction,
            update=self.line.published.update,
            document=editor.document(),
            version=editor.version,
            by=by,
        )

    def after(self, action: str) -> tuple[str, str]:
        """Back to the correction."""
        return self.preview, f"{self.title}: saved for the correction."


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Change what one update says in the correction."""
    place = _place(slug, anchor)
    if request.method != "POST" and place.is_over:
        return redirect("weeknotes:desk_digest", slug)
    return edit_page(request, place, start=lambda: place.line.before)


@editors_only
@require_POST
def presence(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Which other editor has the same words open."""
    return presence_line(request, _place(slug, anchor))


def _place(slug: str, anchor: str) -> CorrectionPlace:
    """The update there; when the correction was closed meanwhile, the page can still say so."""
    corrected = corrected_of(slug)
    line = corrected.line_at(anchor)
    if line is None:
        raise Http404
    update = line.published.update
    return CorrectionPlace(
        digest=corrected.correction.digest,
        subject=update.subject,
        title=line.heading,
        address=reverse("weeknotes:desk_correction_words", args=[slug, anchor]),
        preview=reverse("weeknotes:desk_correction", args=[slug]),
        is_note=update.is_note,
        correction=corrected.correction,
        line=line,
    )
