"""Changing a digest's title, summary and days, also by two editors at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from people.rights import editors_only, signed_in
from weeknotes.desk.forms import DetailsForm, SeenForm
from weeknotes.desk.settling import KeepForm, Settlement, as_typed, asked_of, in_words, with_theirs
from weeknotes.digests.details import DETAILS
from weeknotes.digests.models import DetailsClash, DetailsRefused, Digest


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a digest's title, summary or days."""
    digest = get_object_or_404(Digest, slug=slug)
    if request.method == "POST":
        return _sent(request, digest)
    if digest.is_published:
        messages.info(request, digest.closed_words)
        return redirect("weeknotes:desk_digest", digest.slug)
    form = DetailsForm(initial=DetailsForm.initial_from(digest))
    return _page(request, digest, form, seen=SeenForm.showing(digest))


def _sent(request: HttpRequest, digest: Digest) -> HttpResponse:
    seen, keep = SeenForm(request.POST), KeepForm(asked_of(request.POST), typed=request.POST)
    if not seen.is_valid():
        raise BadRequest("What the editor saw cannot be read.")
    theirs = keep.theirs if keep.is_valid() else []
    form = DetailsForm(with_theirs(request.POST, theirs, seen.cleaned_data))
    if not (keep.is_valid() and form.is_valid()):
        return _again(request, digest, seen)
    try:
        digest.set_details(seen=seen.cleaned_data, changed=form.details(), by=signed_in(request))
    except DetailsClash as clash:
        return _clash(request, digest, clash, form)
    except DetailsRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, digest, form, seen=seen, status=409)
    messages.success(request, "Saved.")
    return redirect("weeknotes:desk_digest", digest.slug)


def _again(request: HttpRequest, digest: Digest, seen: SeenForm) -> HttpResponse:
    """What was sent, with what is wrong with it; what clashed is still to be settled."""
    form, asked = DetailsForm(request.POST), asked_of(request.POST)
    settlement = asked and Settlement(
        digest,
        asked,
        mine=as_typed(form),
        theirs=in_words(seen.cleaned_data),
        reader=signed_in(request),
        typed=request.POST,
    )
    return _page(request, digest, form, seen=seen, settlement=settlement or None, status=422)


def _clash(
    request: HttpRequest, digest: Digest, clash: DetailsClash, sent: DetailsForm
) -> HttpResponse:
    """Both texts of what clashes; the rest as each of the two editors changed it."""
    now = {name: getattr(digest, name) for name in DETAILS}
    mine = {**now, **clash.mine, **{name: sent.details()[name] for name in clash.names}}
    settlement = Settlement(
        digest, clash.names, mine=in_words(mine), theirs=in_words(now), reader=signed_in(request)
    )
    form = DetailsForm(initial=DetailsForm.initial_of(mine))
    seen = SeenForm.showing(digest)
    return _page(request, digest, form, seen=seen, settlement=settlement, status=409)


def _page(
    request: HttpRequest,
    digest: Digest,
    form: DetailsForm,
    *,
    seen: SeenForm,
    settlement: Settlement | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "digest": digest,
        "form": form,
        "seen": seen,
        "settlement": settlement,
        "is_unsaved": status != 200,
        "has_errors": status != 200,
    }
    return render(request, "weeknotes/desk/details.html", context, status=status)
