"""The portal's addresses, and three more that its pages are measured against.

They stand behind the same middleware, session and person. The product knows nothing of them.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from ddat import urls
from people.rights import signed_in
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.reactions.bars import counted, standings
from weeknotes.reading.page import page_of

CONSTANT = b"x" * 40 * 1024


def constant(request: HttpRequest) -> HttpResponse:
    """40 KB that are always the same."""
    return HttpResponse(CONSTANT)


def nothing(request: HttpRequest) -> HttpResponse:
    """What a form is sent to that changes nothing."""
    return HttpResponse(f"{request.POST.get('kind', '')} and nothing else")


def afresh(request: HttpRequest, slug: str) -> HttpResponse:
    """A digest's page made of its updates' newest words, as if nothing had been frozen."""
    digest = get_object_or_404(Digest, slug=slug)
    first = digest.publications.defer("body", "content").get(number=1)
    article = compose_article(digest)
    publication = Publication(
        pk=first.pk,
        digest=digest,
        content={**article.record(), "published_by": signed_in(request).name},
        body=article.body(),
        published_at=first.published_at,
    )
    found = standings(counted(publication=first.pk, person=signed_in(request)))
    return HttpResponse(page_of(publication).read_by(request, found))


urlpatterns = [
    path("bench/constant/", constant),
    path("bench/nothing/", nothing),
    path("bench/afresh/<slug:slug>/", afresh),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler500, handler429 = urls.handler500, urls.handler429
