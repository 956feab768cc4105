"""Who is asking, and what they may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from people.models import User

View = Callable[..., HttpResponse]


def signed_in(request: HttpRequest) -> User:
    """The person behind a request; LoginRequiredMiddleware has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def editors_only(view: View) -> View:
    """Answer everyone but an editor as if the page did not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not signed_in(request).is_editor:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def editors_and_admins_only(view: View) -> View:
    """Answer everyone but editors and admins as if the page did not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        if not (user.is_editor or user.is_admin):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
