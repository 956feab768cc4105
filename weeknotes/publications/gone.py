"""What is answered where a digest was read that is withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from weeknotes.publications.models import Withdrawal


def gone(request: HttpRequest, slug: str) -> HttpResponse:
    """410 with the day a digest was withdrawn, and no word of it; 404 for what never came out."""
    withdrawal = get_object_or_404(Withdrawal.objects.standing(), digest__slug=slug)
    context = {"withdrawn_on": withdrawal.withdrawn_words, "slug": slug}
    return render(request, "weeknotes/publications/withdrawn.html", context, status=410)
