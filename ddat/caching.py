"""What a browser may keep of a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: View) -> View:
    """Keep signed-in pages out of every cache, so that Back after signing out shows nothing.

    A view that sets its own Cache-Control is left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_signed_in = request.user.is_authenticated
        response = get_response(request)
        if is_signed_in and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
