"""Writing one update by its verbs, and looking at every row that this may change."""

from typing import Any

from people.models import Event, User
from projects.models import Project
from weeknotes.content.document import Document
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Revision, Update


class Pen:
    """One project's update, written by one person unless told."""

    def __init__(self, digest: Digest, project: Project, writer: User) -> None:
        self.words: dict[str, Any] = {"digest": digest, "subject": project, "by": writer}

    def save(self, document: Document, *, version: int, **others: Any) -> Update:
        words = {**self.words, **others}
        return writing.save_draft(document=document, version=version, **words)

    def submit(self, document: Document, *, version: int, **others: Any) -> Update:
        words = {**self.words, **others}
        return writing.submit(document=document, version=version, **words)


def everything() -> list[list[tuple]]:
    """Every row that writing may change."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Update, Revision, Event)]


def events() -> list[tuple]:
    """What was written down of updates: by whom, what, when."""
    return [
        (e.by, e.verb, e.name, e.at) for e in Event.objects.filter(kind="update").order_by("pk")
    ]
