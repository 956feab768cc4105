"""An editor's edit, by its verb and by its page, and every row that it may change."""

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup

from people.models import Event
from tests.weeknotes.week import THURSDAY, editor, saying
from weeknotes.updates.edits import edit
from weeknotes.updates.models import EditKind, Revision, Update

LATER = THURSDAY + timedelta(hours=1)
TYPED = "We met the residents of 12 Mill Lane."
EDITED = "We met the residents of 14 Mill Lane."


def edited(update: Update, words: str = EDITED, **others: Any) -> Update:
    said: dict[str, Any] = {
        "digest": update.digest,
        "document": saying(words),
        "version": update.version,
        "kind": EditKind.SUBSTANCE,
        "reason": "It is number 14.",
        "by": editor(),
        "at": LATER,
    }
    return edit(update=update, **{**said, **others})


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Update, Revision, Event)]


def form(update: Update, words: str = EDITED, **others: Any) -> dict[str, Any]:
    """What the page of an edit sends."""
    sent = {
        "do": "save",
        "version": update.version,
        "sections": "s0:text",
        "s0-text": words,
        "heading": "",
        "byline": "",
        "edit_kind": "typo",
        "reason": "It is number 14.",
    }
    return {**sent, **others}


def address_of(update: Update, page: str = "edit/") -> str:
    return f"/desk/{update.digest.slug}/updates/{update.anchor}/{page}"


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")
