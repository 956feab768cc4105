"""Whether a browser's copy of a digest's page is still the page, told before it is assembled."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db.models import SlugField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from ddat import clock
from ddat.prepared import Asked, Prepared
from ddat.release import release
from people.rights import signed_in
from weeknotes.publications.models import Publication
from weeknotes.reactions.bars import Counted

MESSAGES = "_messages"  # where django.contrib.messages keeps them in a session

# The newest publication of a published digest: its id and moment, which are never those of another
# one, also where a backup was restored meanwhile, and the digest's state and version.
Published: TypeAlias = tuple[int, datetime, str, int]
published = Prepared(
    lambda: (
        Publication.objects.current()
        .filter(digest__slug=Asked("slug", SlugField()))
        .values_list("pk", "published_at", "digest__state", "digest__version")
    )
)


def etag_of(request: HttpRequest, publication: Published, counts: list[Counted]) -> str | None:
    """A tag over everything that shapes the page; None while messages wait to be shown on it.

    It is weak: each answer hides its CSRF secret in another token, and either is taken. The secret
    itself is in it, so that a reaction from a page answered by 304 is accepted. The tag is keyed,
    so that nothing can be read off it.
    """
    if request.session.get(MESSAGES):
        return None
    if "CSRF_COOKIE" not in request.META:
        get_token(request)  # a new secret: no browser has a page with it
    person = signed_in(request)
    made_of = (
        (release(), settings.DEMO),
        clock.today().year,  # another year's moments say which
        (request.session.session_key, request.META["CSRF_COOKIE"]),
        (person.pk, person.name, person.email, person.session_number),
        (person.is_editor, person.is_admin),
        publication,
        sorted(map(repr, counts)),
    )
    return f'W/"{salted_hmac(__name__, repr(made_of), algorithm="sha256").hexdigest()}"'
