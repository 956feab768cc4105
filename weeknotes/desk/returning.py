"""Where an editor returns an update to its writers with a question."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from people.rights import editors_only, signed_in
from weeknotes.content.document import Document
from weeknotes.desk import composing
from weeknotes.desk.order import Row
from weeknotes.digests.models import Digest
from weeknotes.updates.forms.question import QuestionForm
from weeknotes.updates.models import Update
from weeknotes.updates.rendering import html_of
from weeknotes.updates.returning import ReturnRefused


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Return one submitted update with a question."""
    digest = get_object_or_404(Digest, slug=slug)
    find = composing.once_handed_in if request.method == "POST" else composing.handed_in
    update = find(digest, anchor)
    if update is None:
        raise Http404
    if request.method != "POST":
        if not composing.is_returnable(digest, update):
            return redirect("weeknotes:desk_update", slug, anchor)
        return _page(request, digest, update, QuestionForm(initial={"version": update.version}))
    form = QuestionForm(request.POST)
    if "version" in form.errors:
        raise BadRequest("What the editor saw cannot be read.")
    if not form.is_valid():
        return _page(request, digest, update, form, status=422)
    said = form.cleaned_data
    try:
        composing.give_back(digest=digest, update=update, by=signed_in(request), **said)
    except ReturnRefused as refusal:
        again = _again(update, said["question"], str(refusal))
        return _page(request, digest, update, again, status=409)
    messages.success(request, f"{update.house_heading} is returned with your question.")
    return redirect(f"{reverse('weeknotes:desk_digest', args=[slug])}#o-{update.anchor_in(digest)}")


def _again(update: Update, question: str, refusal: str) -> QuestionForm:
    """The form with what was typed, for the update as it stands now."""
    form = QuestionForm({"question": question, "version": update.version})
    form.add_error(None, refusal)
    return form


def _page(
    request: HttpRequest, digest: Digest, update: Update, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    """The form above the words it is about; words taken back are their writers' alone."""
    document = Document() if update.is_draft else update.shown_to_editors.document
    context = {
        "digest": digest,
        "row": Row(digest=digest, update=update, document=document),
        "form": form,
        "can_return": composing.is_returnable(digest, update),
        "questions": update.questions.with_people(),
        "html": "" if update.is_draft else mark_safe(html_of(update, document, digest=digest)),
    }
    return render(request, "weeknotes/desk/question.html", context, status=status)
