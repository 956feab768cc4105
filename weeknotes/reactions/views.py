"""Reacting to a published digest, or to one update in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.db.models import BigAutoField, SlugField
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ddat.prepared import Asked, Prepared
from people.rights import signed_in
from weeknotes.digests.models import Digest
from weeknotes.publications.gone import gone
from weeknotes.publications.models import Publication, PublishedUpdate
from weeknotes.reactions import reacting
from weeknotes.reactions.bars import reaction_bar, standing_of, target_of
from weeknotes.reactions.models import ReactionKind
from weeknotes.updates.models import Update

# What readers may see of a digest, and one update in it.
_publication = Prepared(
    lambda: (
        Publication.objects.current()
        .select_related("digest")
        .only("digest")
        .filter(digest__slug=Asked("slug", SlugField()))
    )
)
_published = Prepared(
    lambda: PublishedUpdate.objects.select_related("update").filter(
        publication=Asked("publication", BigAutoField()), anchor=Asked("anchor", SlugField())
    )
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """What somebody reacts to, and where it stands."""

    publication: Publication
    target: Digest | Update
    anchor: str
    heading: str


@require_POST
def set_reaction(request: HttpRequest, slug: str, anchor: str = "") -> HttpResponse:
    """Like, Love or Haha a digest or one of its updates."""
    place = _place(slug, anchor)
    if place is None:
        return gone(request, slug)
    kind = request.POST.get("kind", "")
    if kind not in ReactionKind.values:
        raise BadRequest("A reaction is Like, Love or Haha.")
    person, digest = signed_in(request), place.publication.digest
    try:
        reacting.react(target=place.target, kind=kind, by=person, read_in=digest)
    except reacting.NotReadable:
        return gone(request, slug)
    return _answer(request, slug, place)


@require_POST
def remove_reaction(request: HttpRequest, slug: str, anchor: str = "") -> HttpResponse:
    """Take one's own reaction away."""
    place = _place(slug, anchor)
    if place is None:
        return gone(request, slug)
    person, digest = signed_in(request), place.publication.digest
    try:
        reacting.remove_reaction(target=place.target, by=person, read_in=digest)
    except reacting.NotReadable:
        return gone(request, slug)
    return _answer(request, slug, place)


def _place(slug: str, anchor: str) -> Place | None:
    """What stands there; None where no digest is read, Http404 where it has no such update."""
    found = _publication(slug=slug)
    if not found:
        return None
    (publication,) = found
    target: Digest | Update = publication.digest
    heading = "the whole digest"
    if anchor:
        there = _published(publication=publication.pk, anchor=anchor)
        if not there:
            raise Http404
        (published,) = there
        target, heading = published.update, published.heading
    return Place(publication=publication, target=target, anchor=anchor, heading=heading)


def _answer(request: HttpRequest, slug: str, place: Place) -> HttpResponse:
    """The new bar for a script, the page at the same place for everyone else."""
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(f"{reverse('weeknotes:digest', args=[slug])}#{place.anchor or 'end'}")
    bar = reaction_bar(
        target_of(slug, place.anchor, place.heading),
        standing_of(place.target, person=signed_in(request)),
        csrf_token=get_token(request),
    )
    return HttpResponse(bar)
