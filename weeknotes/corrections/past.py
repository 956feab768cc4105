"""Every publication of a digest, for editors: what each changed, and how it read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from people.rights import editors_only
from weeknotes.content.differences import compare, difference_html
from weeknotes.content.document import Document
from weeknotes.content.effort import Effort
from weeknotes.corrections.composing import Changed, detail_changes
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication
from weeknotes.publications.views import article_html


@editors_only
@require_safe
def publications(request: HttpRequest, slug: str) -> HttpResponse:
    """Every publication of a digest, the newest first."""
    digest = get_object_or_404(Digest, slug=slug)
    found = list(digest.publications.with_records().order_by("-number"))
    if not found:
        raise Http404
    context = {"digest": digest, "publications": found}
    return render(request, "weeknotes/corrections/publications.html", context)


@editors_only
@require_safe
def publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One publication: what it changed since the one before, and how it read."""
    until_then = Publication.objects.filter(digest__slug=slug, number__lte=number)
    found = list(until_then.select_related("digest", "published_by").order_by("-number")[:2])
    if not found or found[0].number != number:
        raise Http404
    one, before = found[0], found[1] if len(found) > 1 else None
    context = {
        "digest": one.digest,
        "publication": one,
        "changes": list(_changes(before, one)) if before else [],
        "article": mark_safe(article_html(one.body)),
    }
    return render(request, "weeknotes/corrections/publication.html", context)


def _changes(before: Publication, after: Publication) -> Iterator[Changed]:
    """What one publication changed: a heading and the difference, or what was done, for each."""
    yield from detail_changes(before.content, after.content)
    effort = Effort()
    now = {told["anchor"]: told for told in after.content["updates"]}
    for told in before.content["updates"]:
        heading = told["document"].get("heading") or told["subject"]
        kept: Any = now.get(told["anchor"])
        if kept is None:
            yield Changed(heading, mark_safe("<p>Taken out of the digest.</p>"))
        elif kept["document"] != told["document"]:
            old, new = (Document.from_json(one["document"]) for one in (told, kept))
            yield Changed(heading, difference_html(compare(old, new, effort=effort), level=4))
