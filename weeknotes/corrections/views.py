"""Correcting a published digest: what changes, the preview, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ddat import clock
from ddat.errors import conflict
from people.rights import editors_only, signed_in
from weeknotes.corrections import correcting, publishing
from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.correcting import CorrectionRefused
from weeknotes.corrections.finding import corrected_of, elsewhere, line_taken_out
from weeknotes.corrections.forms import PublishCorrectionForm, TitleForm
from weeknotes.corrections.models import Correction
from weeknotes.digests.models import Digest
from weeknotes.publications.changes import notes_html
from weeknotes.publications.models import ChangeKind
from weeknotes.publications.publishing import ChangedSince
from weeknotes.publications.views import article_html


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, slug: str) -> HttpResponse:
    """What the correction of a digest changes; POST begins one."""
    digest = get_object_or_404(Digest, slug=slug)
    if request.method == "POST":
        try:
            correcting.start(digest=digest, by=signed_in(request))
        except CorrectionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("weeknotes:desk_digest", slug)
        return redirect("weeknotes:desk_correction", slug)
    corrected = corrected_of(slug)
    if corrected.correction.closed_at:
        return redirect("weeknotes:desk_digest", slug)
    context = {"digest": digest, "corrected": corrected}
    return render(request, "weeknotes/corrections/correction.html", context)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def title(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the title and the summary."""
    correction = corrected_of(slug).correction
    if request.method != "POST":
        if other := elsewhere(correction):
            return redirect(other)
        form = TitleForm(initial=TitleForm.initial_from(correction))
        return _title_page(request, slug, form)
    form = TitleForm(request.POST)
    if "version" in form.errors:
        raise BadRequest("What the editor saw cannot be read.")
    if not form.is_valid():
        return _title_page(request, slug, form, status=422)
    try:
        correcting.set_details(correction=correction, by=signed_in(request), **form.cleaned_data)
    except CorrectionRefused as refusal:
        again = TitleForm({**form.cleaned_data, "version": correction.version})
        again.add_error(None, str(refusal))
        return _title_page(request, slug, again, status=409)
    messages.success(request, "Saved for the correction.")
    return redirect("weeknotes:desk_correction", slug)


@editors_only
@require_POST
def removal(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Take an update out of the digest, or put it back; the button says which."""
    corrected = corrected_of(slug)
    here = corrected.line_at(anchor)
    line = here or line_taken_out(corrected.correction, anchor)
    if line is None:
        raise Http404
    wanted = {"yes": True, "no": False}.get(request.POST.get("out", ""))
    if wanted is None:
        raise BadRequest("Take out, or put back.")
    try:
        if here:
            correcting.take_out(
                correction=corrected.correction,
                update=line.published.update,
                published=line.record["document"],
                is_out=wanted,
                by=signed_in(request),
            )
        elif not wanted:
            raise CorrectionRefused(f"{line.heading} was taken out of the digest already.")
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("weeknotes:desk_digest", slug)
    done = "will be taken out." if wanted else "stays in the digest."
    messages.success(request, f"{line.heading} {done}")
    return redirect("weeknotes:desk_correction", slug)


@editors_only
@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the correction up, as the editor saw it."""
    correction, seen = corrected_of(slug).correction, request.POST.get("seen", "")
    try:
        correcting.drop(correction=correction, by=signed_in(request), seen=seen)
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("weeknotes:desk_correction", slug)
    messages.success(request, "The correction is dropped. Nothing of it was published.")
    return redirect("weeknotes:desk_digest", slug)


@editors_only
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The corrected article exactly as it will be published."""
    corrected = corrected_of(slug)
    if other := elsewhere(corrected.correction):
        return redirect(other)
    return _preview_page(request, corrected, PublishCorrectionForm.showing(corrected.article))


@editors_only
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the correction as it was previewed."""
    corrected = corrected_of(slug)
    form = PublishCorrectionForm(request.POST)
    if not form.is_valid():
        return _preview_page(request, corrected, form, status=422)
    said, at = form.cleaned_data, clock.now()
    try:
        publication = publishing.publish(
            correction=corrected.correction,
            article_hash=said["hash"],
            seen=said["seen"],
            kind=ChangeKind(said["kind"]),
            note=said["note"],
            by=signed_in(request),
            at=at,
        )
    except ChangedSince as refusal:
        why = " ".join([str(refusal), *refusal.changes, "Look at it again below."])
        return _again(request, slug, said, why)
    except CorrectionRefused as refusal:
        if Correction.objects.open().filter(pk=corrected.correction.pk).exists():
            return _again(request, slug, said, str(refusal))
        context = {"digest": corrected.correction.digest, "refusal": refusal, "note": said["note"]}
        return conflict(request, "weeknotes/corrections/refused.html", context)
    if publication.published_at == at:  # a second click says nothing a second time
        messages.success(request, "The correction is published. Everyone reads it now.")
    return redirect(corrected.correction.digest)


def _title_page(
    request: HttpRequest, slug: str, form: TitleForm, *, status: int = 200
) -> HttpResponse:
    corrected = corrected_of(slug)
    context = {
        "digest": corrected.correction.digest,
        "form": form,
        "now": corrected.correction if status == 409 else None,
        "is_unsaved": status != 200,
    }
    return render(request, "weeknotes/corrections/title.html", context, status=status)


def _again(request: HttpRequest, slug: str, said: dict[str, Any], why: str) -> HttpResponse:
    """The preview as it is now, with what was typed about it."""
    corrected = corrected_of(slug)
    fresh = PublishCorrectionForm.showing(corrected.article).initial
    form = PublishCorrectionForm({**said, **fresh})
    form.add_error(None, why)
    return _preview_page(request, corrected, form, status=409)


def _preview_page(
    request: HttpRequest, corrected: Corrected, form: PublishCorrectionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "digest": corrected.correction.digest,
        "corrected": corrected,
        "article": mark_safe(article_html(corrected.article.body())),
        "notes": notes_html(corrected.publication.changes),
        "form": form,
    }
    return render(request, "weeknotes/corrections/preview.html", context, status=status)
