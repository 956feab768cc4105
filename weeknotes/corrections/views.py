"""Preparing a correction, previewing and publishing it; and every publication, for editors."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ddat.errors import conflict
from people.rights import editors_only, signed_in
from weeknotes.content.differences import compare, difference_html
from weeknotes.content.document import Document
from weeknotes.corrections import correcting
from weeknotes.corrections.article import corrected_article, published_pieces
from weeknotes.corrections.forms import CorrectionForm, seen_in
from weeknotes.publications.forms import PublishForm
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.publications.publishing import ChangedSince, PublishingRefused
from weeknotes.updates.forms.editor import Editor


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, slug: str) -> HttpResponse:
    """What is corrected in a published digest, and what is said of it."""
    publication = _published_or_404(slug)
    digest = publication.digest
    said = correcting.said_of(digest, correcting.correction_of(digest))
    if request.method != "POST":
        return _correction_page(request, publication, CorrectionForm(initial=said), said)
    form, seen = CorrectionForm(request.POST), seen_in(request.POST)
    if not form.is_valid():
        return _correction_page(request, publication, form, seen, status=422)
    try:
        correcting.say(digest=digest, seen=seen, said=form.cleaned_data, by=signed_in(request))
    except correcting.CorrectingRefused as refusal:
        form.add_error(None, str(refusal))
        return _correction_page(request, publication, form, said, stands=said, status=409)
    return redirect("weeknotes:correction_preview", slug)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """The words of one published update, on the form that its writers use."""
    row = _row_or_404(slug, anchor)
    stands = _stands(row)
    if request.method != "POST":
        document = Document.from_json(stands) if stands else _published(row)
        editor = Editor.showing(document, subject=row.update.subject, version=0)
        return _words_page(request, row, editor, seen=stands)
    seen, action = seen_in(request.POST), request.POST.get("do", "save")
    if action != "save":
        editor = Editor.rearranged(request.POST, action, subject=row.update.subject)
        return _words_page(request, row, editor, seen=seen)
    editor = Editor.sent(request.POST, subject=row.update.subject)
    if not editor.is_valid():
        return _words_page(request, row, editor, seen=seen, status=422)
    if not editor.document().has_words:
        editor.refuse("Write at least one line, or take this update out.")
        return _words_page(request, row, editor, seen=seen, status=422)
    try:
        _change(request, row, seen=seen, words=editor.document())
    except correcting.ChangedMeanwhile as refusal:
        theirs = _stands(row)
        told = f"{refusal} Nothing of either was lost."
        return _words_page(request, row, editor, seen=theirs, told=told, status=409)
    except correcting.CorrectingRefused as refusal:
        editor.refuse(str(refusal))
        return _words_page(request, row, editor, seen=seen, status=422)
    messages.success(request, f"{row.heading}: kept for the correction.")
    return redirect("weeknotes:correction", slug)


@editors_only
@require_POST
def take_out(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Take an update out of the next publication, or put it back as it was published."""
    row = _row_or_404(slug, anchor)
    is_out = request.POST.get("out") == "yes"
    try:
        _change(request, row, seen=_stands(row), words=None if is_out else _published(row))
    except correcting.CorrectingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        done = "taken out of the correction" if is_out else "as it was published"
        messages.success(request, f"{row.heading}: {done}.")
    return redirect("weeknotes:correction", slug)


@editors_only
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The article exactly as the correction will be published."""
    publication = _published_or_404(slug)
    prepared = correcting.correction_of(publication.digest)
    if prepared is None:
        return redirect("weeknotes:correction", slug)
    article = corrected_article(publication, prepared)
    pieces = "".join(piece.html for piece in article.pieces)
    context = {
        "digest": publication.digest,
        "correction": prepared,
        "article": mark_safe(f'{"".join(article.opening)}<div class="updates">{pieces}</div>'),
        "form": PublishForm.showing(article),
    }
    return render(request, "weeknotes/corrections/preview.html", context)


@editors_only
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the correction as it was previewed."""
    digest = _published_or_404(slug).digest
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise BadRequest("What the editor saw cannot be read.")
    sent = {"article_hash": form.cleaned_data["hash"], "seen": form.cleaned_data["seen"]}
    try:
        correcting.publish_correction(digest=digest, **sent, by=signed_in(request))
    except ChangedSince as refusal:
        context = {"digest": digest, "refusal": refusal, "changes": refusal.changes}
        return conflict(request, "weeknotes/corrections/not_published.html", context)
    except PublishingRefused as refusal:
        context = {"digest": digest, "refusal": refusal}
        return conflict(request, "weeknotes/corrections/not_published.html", context)
    messages.success(request, "The correction is published. Everyone reads it now.")
    return redirect(digest)


@editors_only
@require_POST
def abandon(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget the correction that is being prepared."""
    digest = _published_or_404(slug).digest
    correcting.abandon(digest=digest, by=signed_in(request))
    messages.success(request, "The correction is abandoned. The digest stays as it is.")
    return redirect("weeknotes:desk_digest", slug)


def _published_or_404(slug: str) -> Publication:
    publications = Publication.objects.newest().select_related("digest")
    return get_object_or_404(publications, digest__slug=slug)


def _row_or_404(slug: str, anchor: str) -> PublishedUpdate:
    publication = _published_or_404(slug)
    found = (row for row in published_pieces(publication) if row.anchor == anchor)
    row = next(found, None)
    if row is None or row.is_no_update:
        raise Http404
    row.publication = publication
    return row


def _published(row: PublishedUpdate) -> Document:
    return Document.from_json(correcting.words_published(row.publication, row.anchor))


def _stands(row: PublishedUpdate) -> dict[str, Any] | None:
    """What the correction says of an update now; None where it is taken out."""
    prepared = correcting.correction_of(row.publication.digest)
    published = correcting.words_published(row.publication, row.anchor)
    return prepared.words.get(row.anchor, published) if prepared else published


def _change(
    request: HttpRequest, row: PublishedUpdate, *, seen: Any, words: Document | None
) -> None:
    correcting.change_words(
        publication=row.publication,
        anchor=row.anchor,
        seen=seen,
        words=words,
        by=signed_in(request),
    )


def _correction_page(
    request: HttpRequest,
    publication: Publication,
    form: CorrectionForm,
    seen: Any,
    *,
    stands: Any = None,
    status: int = 200,
) -> HttpResponse:
    prepared = correcting.correction_of(publication.digest)
    changed = prepared.words if prepared else {}
    rows = [
        (row, "" if row.anchor not in changed else "changed" if changed[row.anchor] else "out")
        for row in published_pieces(publication)
    ]
    context = {
        "digest": publication.digest,
        "rows": rows,
        "form": form,
        "seen": json.dumps(seen),
        "stands": stands,
        "correction": prepared,
    }
    return render(request, "weeknotes/corrections/correction.html", context, status=status)


def _words_page(
    request: HttpRequest,
    row: PublishedUpdate,
    editor: Editor,
    *,
    seen: Any,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    slug = row.publication.digest.slug
    theirs = ""
    if told:
        saved = Document.from_json(seen) if seen else Document()
        theirs = difference_html(compare(saved, editor.document()))
    context = {
        "digest": row.publication.digest,
        "row": row,
        "editor": editor,
        "seen": json.dumps(seen),
        "told": told,
        "theirs": theirs,
        "address": reverse("weeknotes:correction_words", args=[slug, row.anchor]),
        "has_errors": status != 200,
    }
    return render(request, "weeknotes/corrections/words.html", context, status=status)
