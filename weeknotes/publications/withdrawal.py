"""The editor's pages for withdrawing a digest and for restoring it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from people.rights import editors_only, signed_in
from weeknotes.digests.models import Digest
from weeknotes.publications import withdrawing
from weeknotes.publications.forms import RestorationForm, WithdrawalForm


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why a published digest is withdrawn, then withdraw it."""
    digest = get_object_or_404(Digest.objects.came_out(), slug=slug)
    if request.method != "POST":
        if digest.is_withdrawn:
            return redirect("weeknotes:desk_digest", slug)
        return _page(request, digest, WithdrawalForm())
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, digest, form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        withdrawing.withdraw(digest=digest, reason=reason, by=signed_in(request))
    except withdrawing.WithdrawingRefused as refusal:
        form.add_error(None, f"{refusal} Your reason was not kept: theirs stands on the desk.")
        return _page(request, digest, form, status=409)
    messages.success(request, "Withdrawn. Only editors know this digest now.")
    return redirect("weeknotes:desk_digest", slug)


@editors_only
@require_POST
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a withdrawn digest back to everyone."""
    digest = get_object_or_404(Digest.objects.came_out(), slug=slug)
    form = RestorationForm(request.POST)
    if not form.is_valid():
        raise BadRequest("What the editor saw cannot be read.")
    try:
        withdrawing.restore(digest=digest, by=signed_in(request), seen=form.cleaned_data["seen"])
    except withdrawing.WithdrawingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Restored. Everyone in the directorate can read it again.")
    return redirect("weeknotes:desk_digest", slug)


def _page(
    request: HttpRequest, digest: Digest, form: WithdrawalForm, *, status: int = 200
) -> HttpResponse:
    context = {"digest": digest, "form": form}
    return render(request, "weeknotes/publications/withdrawal.html", context, status=status)
