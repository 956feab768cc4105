"""What a browser may keep of a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: View) -> View:
    """Keep signed-in pages out of every cache, so that Back after signing out shows nothing.

    A view that sets its own Cache-Control is left alone; what a browser kept of such pages it
    forgets at signing out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = get_response(request)
        if was_signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware
