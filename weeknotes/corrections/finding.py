"""The correction of a digest that somebody asks for."""

from django.http import Http404

from weeknotes.corrections.composing import Corrected
from weeknotes.corrections.models import Correction


def corrected_of(slug: str) -> Corrected:
    """The open correction of a digest, else the last that was closed; Http404 without any.

    A page that was open while another editor published or dropped it is told so by the verbs.
    """
    corrections = Correction.objects.filter(digest__slug=slug).select_related("digest")
    found = corrections.filter(closed_at__isnull=True).first() or corrections.last()
    if found is None:
        raise Http404
    return Corrected.of(found)
