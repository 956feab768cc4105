"""The correction of a digest that somebody asks for."""

from django.http import Http404
from django.urls import reverse

from weeknotes.corrections.composing import Corrected, Line
from weeknotes.corrections.models import Correction
from weeknotes.publications.models import Publication


def corrected_of(slug: str) -> Corrected:
    """The open correction of a digest, else the last that was closed; Http404 without any.

    A page that was open while another editor published or dropped it is told so by the verbs.
    """
    corrections = Correction.objects.filter(digest__slug=slug).select_related("digest")
    found = corrections.filter(closed_at__isnull=True).first() or corrections.last()
    if found is None:
        raise Http404
    return Corrected.of(found)


def elsewhere(correction: Correction) -> str:
    """Where to go instead while nothing can be changed in a correction; nothing while it can.

    Once it is closed, to the desk; while its digest is withdrawn, to the page that only shows it.
    """
    slug = correction.digest.slug
    if correction.closed_at:
        return reverse("weeknotes:desk_digest", args=[slug])
    if correction.digest.is_withdrawn:
        return reverse("weeknotes:desk_correction", args=[slug])
    return ""


def line_taken_out(correction: Correction, anchor: str) -> Line | None:
    """The update that stood there before a correction took it out, as it came out last, or None.

    Of whoever had its words open then, no word is lost.
    """
    earlier = Publication.objects.filter(digest=correction.digest, published_updates__anchor=anchor)
    last = earlier.order_by("-number").first()
    return Corrected.of(correction, publication=last).line_at(anchor) if last else None
