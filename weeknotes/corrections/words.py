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
from weeknotes.corrections.correcting import save_words, version_out_of
from weeknotes.corrections.finding import corrected_of, elsewhere, line_taken_out
from weeknotes.corrections.models import CorrectedUpdate, Correction
from weeknotes.updates.editing import Place, edit_page, presence_line
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.forms.settling import Saved
from weeknotes.updates.writing import WritingRefused

TAKEN_OUT = (
    "This update was taken out of the digest. Your words were not saved: copy what you need."
)


@dataclass(frozen=True, kw_only=True)
class CorrectionPlace(Place):
    """One update of a published digest, in the correction that is being prepared."""

    correction: Correction
    line: Line
    is_taken_out: bool = False  # by a correction that was published meanwhile

    actions: ClassVar[tuple[str, ...]] = ("save",)
    is_edit: ClassVar[bool] = True
    about: ClassVar[str] = "A correction. Only editors see it until it is published"
    save_words: ClassVar[str] = "Save for the correction"

    @property
    def back(self) -> str:
        """The correction; once that is closed, where it says so."""
        return self.elsewhere or self.preview

    @property
    def back_words(self) -> str:
        """What that page is called."""
        return "The desk" if self.is_gone else "The correction"

    @property
    def is_gone(self) -> bool:
        """Whether the correction was closed meanwhile, or one took this out."""
        return self.back != self.preview

    @property
    def is_over(self) -> bool:
        """While it is prepared, its digest is published."""
        return self.is_taken_out or self.correction.closed_at is not None

    @property
    def anchor(self) -> str:
        """Apart from its writers' form."""
        return f"correct-{self.line.published.anchor}"

    @property
    def elsewhere(self) -> str:
        """Where to go while nothing can be changed here; nothing while it can."""
        if self.is_taken_out:
            return reverse("weeknotes:desk_digest", args=[self.digest.slug])
        return elsewhere(self.correction)

    def saved(self) -> CorrectedUpdate:
        """The words saved for the correction; while there are none, those that came out."""
        update, publication = self.line.published.update, self.line.published.publication
        return self.correction.updates.filter(update=update).first() or CorrectedUpdate(
            correction=self.correction,
            update=update,
            content=self.line.before.to_json(),
            version=version_out_of(update),
            made_by=publication.published_by,
            made_at=publication.published_at,
        )

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
        if self.is_taken_out:
            raise WritingRefused(TAKEN_OUT)
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
    if request.method != "POST" and (other := place.elsewhere):
        return redirect(other)
    return edit_page(request, place, start=lambda: place.line.before)


@editors_only
@require_POST
def presence(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Which other editor has the same words open."""
    return presence_line(request, _place(slug, anchor))


def _place(slug: str, anchor: str) -> CorrectionPlace:
    """The update there; when the correction was closed meanwhile, the page can still say so."""
    corrected = corrected_of(slug)
    here = corrected.line_at(anchor)
    line = here or line_taken_out(corrected.correction, anchor)
    if line is None or not line.has_own_words:
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
        is_taken_out=here is None,
    )
