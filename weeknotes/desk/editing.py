"""The page on which an editor edits what was handed in, and says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from crispy_forms.layout import Layout
from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.models import User
from people.rights import editors_only
from weeknotes.content.document import Document
from weeknotes.desk import composing
from weeknotes.desk.holding_over import hold_for_editing, holds_over
from weeknotes.digests.models import Digest
from weeknotes.updates.editing import Place, edit_page, presence_line
from weeknotes.updates.edits import edit
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.forms.fields import LineField
from weeknotes.updates.forms.rows import Typed, typed_values
from weeknotes.updates.forms.settling import Saved
from weeknotes.updates.models import EditKind, Update, UpdateState

KINDS = [
    (EditKind.TYPO.value, "A typo: spelling, grammar or layout"),
    (EditKind.SUBSTANCE.value, "Substance: what it says"),
]


class WhyForm(forms.Form):
    """What sort of change it is, and why: whoever wrote the update reads it."""

    edit_kind = forms.ChoiceField(
        label="What did you change?",
        choices=KINDS,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": "Choose whether you changed a typo or substance",
            "invalid_choice": "Choose whether you changed a typo or substance",
        },
    )
    reason = LineField(
        max_length=500,
        required=True,
        label="Why?",
        help_text="Whoever wrote this update reads it beside what you changed.",
        error_messages={"required": "Enter why you changed it"},
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout("edit_kind", "reason")


class EditsEditor(Editor):
    """The form of an update for an editor: the same, and why."""

    @classmethod
    def showing(cls, document: Document, **options: Any) -> Self:
        """The form as it opens on what was handed in."""
        editor = super().showing(document, **options)
        editor.extra = (WhyForm(),)
        return editor

    @classmethod
    def sent(cls, typed: Typed, *, is_checked: bool = True, **options: Any) -> Self:
        """The form as it was sent; unless `is_checked`, shown again without a verdict."""
        editor = super().sent(typed, is_checked=is_checked, **options)
        why = WhyForm(typed) if is_checked else WhyForm(initial=typed_values(WhyForm, typed, ""))
        editor.extra = (why,)
        return editor


@dataclass(frozen=True, kw_only=True)
class EditPlace(Place):
    """An update that was handed in, on the desk of a digest."""

    update: Update
    is_there: bool = True  # neither taken back nor no longer held over into this digest

    editor: ClassVar[type[Editor]] = EditsEditor
    actions: ClassVar[tuple[str, ...]] = ("save",)
    is_edit: ClassVar[bool] = True
    about: ClassVar[str] = "Your edit. The words as they were handed in are kept"
    save_words: ClassVar[str] = "Save your edit"

    @property
    def back(self) -> str:
        """The update as it will be printed; the desk once it is gone."""
        return self.preview

    @property
    def back_words(self) -> str:
        """What that page is called."""
        return "The desk" if self.is_gone else "The update"

    @property
    def is_gone(self) -> bool:
        """Whether it was taken back meanwhile, or is no longer held over into this digest."""
        return not self.is_there

    @property
    def anchor(self) -> str:
        """Apart from its writers' form: an editor does not see who drafts."""
        return f"edit-{self.update.anchor_in(self.digest)}"

    def saved(self) -> Update | None:
        """The update as it stands now."""
        return Update.objects.with_subject().select_related("digest").get(pk=self.update.pk)

    def newest(self, update: Update) -> Saved:
        """The words that were handed in: a draft is nobody's but its writers'."""
        newest: Saved = update.revisions.shown_to_editors().newest_first().with_version()[0]
        return newest

    def is_handed_in(self, update: Update) -> bool:
        """What was handed in does not stand in the way of an editor."""
        return False

    @transaction.atomic
    def save(self, editor: Editor, *, by: User, start: Callable[[], Document] | None) -> None:
        """Keep the words beside the writers' own, with the reason."""
        (why,) = editor.extra
        document = editor.document()
        hold_for_editing(self.digest, self.update, words=document.to_json())
        edit(
            digest=self.digest,
            update=self.update,
            document=document,
            version=editor.version,
            kind=EditKind(why.cleaned_data["edit_kind"]),
            reason=why.cleaned_data["reason"],
            by=by,
        )

    def after(self, action: str) -> tuple[str, str]:
        """Back to the update as it will be printed."""
        return self.preview, f"{self.title}: edited. Whoever wrote it sees what you changed."


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_update(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Edit what was handed in, in place."""
    place = _place(slug, anchor)
    if request.method != "POST":
        if place.is_gone or place.update.state != UpdateState.SUBMITTED:
            raise Http404
        if place.digest.is_published or holds_over(place.digest, place.update):
            return redirect(place.preview)  # it says where else, if anywhere
    return edit_page(request, place, start=Document)


@editors_only
@require_POST
def presence(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Which other editor has the same edit open."""
    return presence_line(request, _place(slug, anchor))


def _place(slug: str, anchor: str) -> EditPlace:
    """What was handed in once: gone meanwhile, it is refused with no word of an edit lost."""
    digest = get_object_or_404(Digest, slug=slug)
    update = composing.once_handed_in(digest, anchor)
    if update is None:
        raise Http404
    is_there = composing.handed_in(digest, anchor) is not None
    preview = reverse("weeknotes:desk_update", args=[slug, anchor])
    return EditPlace(
        digest=digest,
        subject=update.subject,
        title=update.house_heading,
        address=reverse("weeknotes:desk_edit", args=[slug, anchor]),
        preview=preview if is_there else reverse("weeknotes:desk_digest", args=[slug]),
        update=update,
        is_there=is_there,
    )
