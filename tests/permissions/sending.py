"""What the rows of the table send, by the names they give it."""

from typing import Any

from tests.permissions.world import World
from weeknotes.corrections.finding import corrected_of
from weeknotes.desk.forms import DetailsForm, SeenForm
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.forms import PublishForm

DAYS = {
    "covers_from": "2026-06-01",
    "covers_to": "2026-06-05",
    "deadline_on": "2026-06-05",
    "deadline_time": "11:00",
    "due_on": "2026-06-08",
}


def sent(world: World, name: str, at: dict[str, Any]) -> dict[str, Any]:
    """The form data that `name` stands for, at the address with these slugs."""
    return SENDS[name](world, at)


def _words(world: World, at: dict[str, Any]) -> dict[str, Any]:
    """The whole form of an update, begun from what is saved now."""
    update = world.update(at["slug"], at.get("subject", "note"))
    return {
        "version": update.version if update else 0,
        "sections": "s0:text",
        "s0-text": "Other words.",
        "heading": "",
        "byline": "",
    }


def _edit(world: World, at: dict[str, Any]) -> dict[str, Any]:
    subject = at["anchor"].partition("-")[2]
    words = _words(world, {"slug": at["slug"], "subject": subject or "note"})
    return {**words, "do": "save", "edit_kind": "typo", "reason": "A comma."}


def _details(world: World, at: dict[str, Any]) -> dict[str, Any]:
    digest = world.digests[at["slug"]]
    seen = SeenForm.showing(digest)
    hidden = {seen.add_prefix(name): str(value) for name, value in seen.initial.items()}
    shown = DetailsForm.initial_from(digest)
    typed = {name: str(value) for name, value in shown.items()}
    return {**hidden, **typed, "deadline_time": "11:00", "title": "Another title"}


def _version(world: World, at: dict[str, Any]) -> int:
    """What the desk of that digest shows now."""
    return Digest.objects.get(pk=world.digests[at["slug"]].pk).version


def _question(world: World, at: dict[str, Any]) -> dict[str, Any]:
    update = world.update(at["slug"], at["anchor"].partition("-")[2] or at["anchor"])
    return {"question": "Who was there?", "version": update.version if update else 0}


def _publication(world: World, at: dict[str, Any]) -> dict[str, Any]:
    return dict(PublishForm.showing(compose_article(world.digests[at["slug"]])).initial)


def _correction(world: World, at: dict[str, Any]) -> dict[str, Any]:
    """What the preview of a correction sends, and what was corrected."""
    article = corrected_of(at["slug"]).article
    return {**PublishForm.showing(article).initial, "kind": "typo", "note": "A comma."}


SENDS = {
    "correction": _correction,
    "uncorrected": lambda world, at: {**_correction(world, at), "hash": "0"},
    "corrected": lambda world, at: {**_words(world, at), "version": 1, "do": "save"},
    "other_words": lambda world, at: {**_words(world, at), "version": 7, "do": "save"},
    "title": lambda world, at: {"title": "A title", "summary": "", "version": 2},
    "older_title": lambda world, at: {"title": "A title", "summary": "", "version": 1},
    "out": lambda world, at: {"out": "yes"},
    "nothing": lambda world, at: {},
    "save": lambda world, at: {**_words(world, at), "do": "save"},
    "preview": lambda world, at: {**_words(world, at), "do": "preview"},
    "submit": lambda world, at: {**_words(world, at), "do": "submit"},
    "add": lambda world, at: {**_words(world, at), "do": "add", "add_kind": "risks"},
    "old": lambda world, at: {**_words(world, at), "do": "save", "version": 99},
    "unread": lambda world, at: {**_words(world, at), "sections": "s0:counts", "s0-as_of": "x"},
    "reason": lambda world, at: {"lines": "Away.", "version": _words(world, at)["version"]},
    "version": lambda world, at: {"version": _words(world, at)["version"]},
    "likes": lambda world, at: {"start_page": "mine"},
    "email": lambda world, at: {"email": "reader@council.example"},
    "like": lambda world, at: {"kind": "like"},
    "days": lambda world, at: DAYS,
    "details": _details,
    "stale": lambda world, at: {**_details(world, at), "seen-title": "What it was"},
    "question": _question,
    "edit": _edit,
    "up": lambda world, at: {"before": "project-no-update", "seen": _version(world, at)},
    "include": lambda world, at: {"decision": "included", "seen": _version(world, at)},
    "leave": lambda world, at: {"decision": "left_out", "seen": _version(world, at)},
    "unlooked": lambda world, at: {"decision": "included", "seen": 0},
    "why": lambda world, at: {"reason": "It named somebody."},
    "seen": _publication,
    "unseen": lambda world, at: {**_publication(world, at), "hash": "0"},
}
