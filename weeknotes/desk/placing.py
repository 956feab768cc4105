"""The desk's buttons: start composing, move an update, include it, leave it out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ddat import clock
from people.models import Event
from people.rights import editors_only, signed_in
from weeknotes.desk import composing, moving
from weeknotes.desk.forms import DecisionForm, MoveForm
from weeknotes.desk.models import Decision
from weeknotes.desk.order import order_of
from weeknotes.desk.refusing import ChangedMeanwhile, DeskRefused, changes_since
from weeknotes.desk.telling import Told, heading_in, in_words, meanwhile
from weeknotes.desk.views import desk_page
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

STARTED = "Updates are in their usual order."


@editors_only
@require_POST
def start_composing(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every update handed in so far its place; who comes second is told who was first."""
    digest = get_object_or_404(Digest, slug=slug)
    by = signed_in(request)
    try:
        is_first = composing.start_composing(digest=digest, by=by)
    except DeskRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("weeknotes:desk_digest", slug)
    first = Event.objects.last_of(verb="started composing", thing=digest)
    if is_first or first is None or first.by == by:
        messages.success(request, f"Composing has started. {STARTED}")
    else:
        words = f"{first.by.name} started composing {clock.when(first.at)}. {STARTED}"
        messages.success(request, words)
    return redirect("weeknotes:desk_digest", slug)


@editors_only
@require_POST
def move(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Move an update before or after another one."""
    digest, update = _stood_or_404(slug, anchor)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise BadRequest("An update moves before or after another, from an order that was seen.")
    (side, beside), seen = form.beside(), form.cleaned_data["seen"]
    other = composing.handed_in(digest, beside)

    def act() -> None:
        if other is None:
            raise DeskRefused("The update beside it is no longer in the digest.")
        moving.move(
            digest=digest,
            update=update,
            side=side,
            other=other,
            by=signed_in(request),
            seen=seen,
        )

    return _answer(request, digest, update, act, seen=seen, done="moved to position")


@editors_only
@require_POST
def decide(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Include an update, leave it out, or hold it over for the next digest."""
    digest, update = _stood_or_404(slug, anchor)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("An update is included, left out or held over, from a desk that was seen.")
    decision, seen = Decision(form.cleaned_data["decision"]), form.cleaned_data["seen"]

    def act() -> None:
        composing.decide(
            digest=digest, update=update, decision=decision, by=signed_in(request), seen=seen
        )

    done = "is included at position"
    return _answer(request, digest, update, act, seen=seen, done=done, to=decision)


def _stood_or_404(slug: str, anchor: str) -> tuple[Digest, Update]:
    """A digest and what was on its desk once: gone meanwhile, its editor is told so."""
    digest = get_object_or_404(Digest, slug=slug)
    update = composing.once_handed_in(digest, anchor)
    if update is None:
        raise Http404
    return digest, update


def _answer(
    request: HttpRequest,
    digest: Digest,
    update: Update,
    act: Callable[[], None],
    *,
    seen: int,
    done: str,
    to: Decision | None = None,
) -> HttpResponse:
    """Act, and lead back to the update's row; 409 with the desk as it is if others were first."""
    by = signed_in(request)
    try:
        act()
    except ChangedMeanwhile as refusal:
        told = Told(
            title="Not moved: the order changed" if to is None else "Not done: already decided",
            changes=in_words(refusal.changes, order_of(digest), to=by),
            anchor=update.anchor_in(digest),
            decision=to or "",
        )
        as_it_is = Digest.objects.get(pk=digest.pk)  # what this move counted up was taken back
        return desk_page(request, as_it_is, told=told, status=409)
    except DeskRefused as refusal:
        messages.error(request, str(refusal))
    else:
        order = order_of(digest)
        place, heading = order.place_of(update), heading_in(order, update)
        not_in = "held over for the next digest" if to == Decision.HELD else "left out"
        now = f"{heading} {done} {place} of {order.places}" if place else f"{heading} is {not_in}"
        afterword = meanwhile(changes_since(digest, seen), order, to=by)
        messages.success(request, f"{now}. {afterword}" if afterword else now)
    return redirect(
        f"{reverse('weeknotes:desk_digest', args=[digest.slug])}#o-{update.anchor_in(digest)}"
    )
