"""The desk: open a digest, see who has told us what, put it in order."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from ddat import clock
from people.rights import editors_only, signed_in
from weeknotes.desk import composing
from weeknotes.desk.board import read_board
from weeknotes.desk.forms import OpeningForm
from weeknotes.desk.holding_over import digest_after
from weeknotes.desk.models import Decision
from weeknotes.desk.order import Row, order_of
from weeknotes.desk.telling import Told
from weeknotes.digests.models import Digest, DigestState, OpeningRefused
from weeknotes.updates.edits import edits_of
from weeknotes.updates.models import Update
from weeknotes.updates.rendering import html_of

PUBLISHED_ON_DESK = 10


@editors_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every digest in the making, and the latest published ones."""
    making = list(Digest.objects.unpublished())
    published = list(Digest.objects.published().newest_first()[: PUBLISHED_ON_DESK + 1])
    context = {
        "making": making,
        "collecting": next((digest for digest in making if digest.is_collecting), None),
        "published": published[:PUBLISHED_ON_DESK],
        "has_earlier": len(published) > PUBLISHED_ON_DESK,
        "withdrawn": Digest.objects.withdrawn().newest_first(),
    }
    return render(request, "weeknotes/desk/desk.html", context)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def open_digest(request: HttpRequest) -> HttpResponse:
    """Open a digest for collecting."""
    initial = OpeningForm.initial_after(Digest.objects.newest_first().first())
    form = OpeningForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            digest = Digest.objects.open_digest(**form.dates(), by=signed_in(request))
        except OpeningRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Open for updates until {digest.deadline_words}.")
            return redirect("weeknotes:desk_digest", digest.slug)
    context = {
        "form": form,
        "collecting": Digest.objects.filter(state=DigestState.COLLECTING).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "weeknotes/desk/open_digest.html", context, status=status)


@editors_only
@require_safe
def digest(request: HttpRequest, slug: str) -> HttpResponse:
    """One digest on the desk: the board, the order, and the way to publishing it."""
    return desk_page(request, get_object_or_404(Digest, slug=slug))


@editors_only
@require_safe
def update(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Read one update that was handed in, as it will be printed."""
    digest, update = handed_in_or_404(slug, anchor)
    latest, entry = update.shown_to_editors, digest.entries.filter(update=update).first()
    document, (writer, handed_in_at) = latest.document, (update.original or latest).last_hand
    decision = entry.decision if entry else ""
    after = digest_after(digest, update) if decision == Decision.HELD else None
    context = {
        "digest": digest,
        "row": Row(digest=digest, update=update, document=document),
        "writer": writer,
        "handed_in_words": clock.moment(handed_in_at),
        "edits": edits_of(update),
        "questions": update.questions.with_people(),
        "is_returnable": composing.is_returnable(digest, update),
        "decision": decision,
        "after": after,
        "anchor_after": update.anchor_in(after) if after else "",
        "html": mark_safe(html_of(update, document, digest=digest)),
    }
    return render(request, "weeknotes/desk/update.html", context)


def handed_in_or_404(slug: str, anchor: str) -> tuple[Digest, Update]:
    """A digest and what was handed in to it; a draft is to editors as if it did not exist."""
    digest = get_object_or_404(Digest, slug=slug)
    update = composing.handed_in(digest, anchor)
    if update is None:
        raise Http404
    return digest, update


def desk_page(
    request: HttpRequest, digest: Digest, *, told: Told | None = None, status: int = 200
) -> HttpResponse:
    """The desk of a digest as it is now; `told` says why something was not done."""
    order = order_of(digest)
    context = {
        "digest": digest,
        "has_deadline_passed": clock.now() > digest.deadline_at,
        "told": told,
        "publication": None,
        "coming": composing.coming_into(digest) if digest.is_collecting else [],
        "has_errors": told is not None,
    }
    if digest.is_published:
        publication = digest.publications.newest().with_records().get()
        in_it = set(publication.published_updates.values_list("update_id", flat=True))
        context["publication"] = publication
        context["order"] = order.as_published(in_it)
        context["correction"] = digest.corrections.open().first()
        context["withdrawals"] = digest.withdrawals.with_people()
    else:
        context["order"], context["board"] = order, read_board(digest, order)
    return render(request, "weeknotes/desk/digest.html", context, status=status)
