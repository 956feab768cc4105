"""The pages for what went wrong: each says what happened and what to do."""

import sys
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static

from ddat.logs import REQUEST_ID
from ddat.outage import is_outage, outage_page
from ddat.typed import words_of

# Django's reasons about a token; the others say that the form is of another site.
OWN_PAGE = "CSRF "

View = Callable[[HttpRequest], HttpResponse]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something we cannot read.

    503 where Django takes a session that could not be saved for one that was ended elsewhere.
    """
    if is_outage(exception):
        return outage_page(request, _stylesheets())
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person can see this, and may not do it; the refusal's own words say why."""
    told = {"reason": str(exception), "words": words_of(request)}
    return render(request, "403.html", told, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is not this session's; most often the page was open too long.

    The words are handed back, but for those that another site's page made the browser send.
    """
    is_ours = reason.startswith(OWN_PAGE)
    told = {"is_stale": True, "words": words_of(request) if is_ours else []}
    return render(request, "403.html", told, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or none that this person may see: the answer is the same.

    Whoever wrote there until a moment ago gets back what they sent, and nothing else.
    """
    return render(request, "404.html", {"words": words_of(request)}, status=404)


def not_allowed(get_response: View) -> View:
    """405: a button's address, opened by itself, such as after signing in again. A middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render(request, "405.html").content
        return response

    return middleware


def conflict(
    request: HttpRequest,
    template: str = "409.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """409: somebody else was first; nothing was changed by this request."""
    return render(request, template, context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Asks no database, no session and no context processor.

    503 where it is the database's: Django calls this while it handles what was raised, in a view
    or in a middleware.
    """
    if is_outage(sys.exc_info()[1]):
        return outage_page(request, _stylesheets())
    told = {"stylesheets": _stylesheets(), "request_id": request.META.get(REQUEST_ID, "")}
    page = loader.render_to_string("500.html", told)
    return HttpResponse(page, status=500)


def _stylesheets() -> list[str]:
    """The stylesheets' addresses; none where the collected files are missing."""
    try:
        return [
            static("vendor/govuk-frontend/govuk-frontend.min.css"),
            static("css/portal.css"),
        ]
    except ValueError:
        return []
