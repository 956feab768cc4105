"""What a person typed, to be handed back when it could not be kept."""

from __future__ import annotations

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError

# The start of the names of fields that the page carries: what it showed, an import's table.
CARRIED = ("seen", "rows")
NEVER_SHOWN = "password"  # in whatever field's name it stands
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, OSError)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)


def words_of(request: HttpRequest) -> list[str]:
    """Every field of a sent form that holds more than one word, in its order.

    But no password, no token, and not what the page carries.
    """
    typed = {name: str(text) for name, text in _sent(request).items() if _is_typed(name)}
    return [text for text in typed.values() if len(text.split()) > 1]


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that a form sent, to be sent again as it is: names and values, in their order.

    Nothing of a form with a password or a file in it: those are never written into a page.
    """
    sent = _sent(request)
    if not sent or request.FILES or any(NEVER_SHOWN in name.lower() for name in sent):
        return []
    return [(name, text) for name, texts in sent.lists() if name != TOKEN for text in texts]


def _sent(request: HttpRequest) -> QueryDict:
    """The form that was sent; an empty one where none was, or none that can be read."""
    try:
        return request.POST if request.method == "POST" else QueryDict()
    except UNREADABLE:
        return QueryDict()


def _is_typed(name: str) -> bool:
    return NEVER_SHOWN not in name.lower() and not name.startswith((*CARRIED, TOKEN))
