"""Reacting to a published digest, or to one update in it."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.rights import signed_in
from weeknotes.digests.models import Digest
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.reactions import reacting
from weeknotes.reactions.bars import Standing, reaction_bar, standings, target_of
from weeknotes.reactions.models import ReactionKind
from weeknotes.updates.models import Update


@require_POST
def set_reaction(request: HttpRequest, slug: str, anchor: str = "") -> HttpResponse:
    """Like, Love or Haha a digest or one of its updates."""
    target, heading = _target(slug, anchor)
    kind = request.POST.get("kind", "")
    if kind not in ReactionKind.values:
        raise BadRequest("A reaction is Like, Love or Haha.")
    reacting.react(target=target, kind=kind, by=signed_in(request))
    return _answer(request, target, heading, slug=slug, anchor=anchor)


@require_POST
def remove_reaction(request: HttpRequest, slug: str, anchor: str = "") -> HttpResponse:
    """Take one's own reaction away."""
    target, heading = _target(slug, anchor)
    reacting.remove_reaction(target=target, by=signed_in(request))
    return _answer(request, target, heading, slug=slug, anchor=anchor)


def _target(slug: str, anchor: str) -> tuple[Digest | Update, str]:
    publication = get_object_or_404(
        Publication.objects.current().select_related("digest").only("digest"), digest__slug=slug
    )
    if not anchor:
        return publication.digest, "the whole digest"
    published = get_object_or_404(
        PublishedUpdate.objects.select_related("update"), publication=publication, anchor=anchor
    )
    return published.update, published.heading


def _answer(
    request: HttpRequest, target: Digest | Update, heading: str, *, slug: str, anchor: str
) -> HttpResponse:
    """The new bar for a script, the page at the same place for everyone else."""
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(f"{reverse('weeknotes:digest', args=[slug])}#{anchor or 'end'}")
    digest = target if isinstance(target, Digest) else target.digest
    key = None if isinstance(target, Digest) else target.pk
    found = standings(digest=digest, updates=[key] if key else [], person=signed_in(request))
    bar = reaction_bar(
        target_of(slug, anchor, heading),
        found.get(key, Standing()),
        csrf_token=get_token(request),
    )
    return HttpResponse(bar)
