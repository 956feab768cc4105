"""Previewing a digest, and publishing what was previewed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from ddat.errors import conflict
from people.rights import editors_only, signed_in
from weeknotes.desk.composing import new_not_in_yet
from weeknotes.digests.models import Digest
from weeknotes.publications import publishing
from weeknotes.publications.article import compose_article
from weeknotes.publications.forms import PublishForm
from weeknotes.publications.waiting import Waiting


@editors_only
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The article exactly as it will be published; once it is, there is nothing to preview."""
    digest = get_object_or_404(Digest, slug=slug)
    if digest.is_published:
        return redirect("weeknotes:desk_digest", digest.slug)
    article = compose_article(digest)
    context = {
        "digest": digest,
        "article": mark_safe(article_html(article.body())),
        "count": len(article.pieces),
        "form": PublishForm.showing(article),
        "new": new_not_in_yet(digest),
        "waiting": Waiting.of(digest),
    }
    return render(request, "weeknotes/publications/preview.html", context)


@editors_only
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the digest as it was previewed."""
    digest = get_object_or_404(Digest, slug=slug)
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise BadRequest("What the editor saw cannot be read.")
    try:
        publishing.publish(
            digest=digest,
            article_hash=form.cleaned_data["hash"],
            seen=form.cleaned_data["seen"],
            by=signed_in(request),
        )
    except publishing.AlreadyPublished as refusal:
        context = {"digest": digest, "refusal": refusal}
        return conflict(request, "weeknotes/publications/already_published.html", context)
    except publishing.ChangedSince as refusal:
        context = {"digest": digest, "refusal": refusal}
        return conflict(request, "weeknotes/publications/changed_since.html", context)
    except publishing.PublishingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("weeknotes:desk_digest", slug)
    messages.success(request, "Published. Everyone in the directorate can read it now.")
    return redirect(digest)


def article_html(body: Mapping[str, Any]) -> str:
    """The pieces in the frame they stand in once they are published."""
    updates = (piece["html"] for piece in body["pieces"])
    return "".join([*body["opening"], '<div class="updates">', *updates, "</div>"])
