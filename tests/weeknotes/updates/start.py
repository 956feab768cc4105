"""A template, what was told from week to week, and what the next update starts from."""

from typing import Any

from people.models import Team, User
from projects.models import Project
from tests.weeknotes.week import THURSDAY, editor, open_digest
from weeknotes.content.document import Document
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.starting import starting_document
from weeknotes.updates.templates import UpdateTemplate


def template(name: str, *kinds: str, starts: str = "") -> UpdateTemplate:
    made = UpdateTemplate.objects.create(name=name, starts=starts)
    for position, kind in enumerate(kinds):
        made.sections.create(position=position, kind=kind, heading=f"{name}, {kind}")
    return made


def started(digest: Digest, subject: Team | Project, person: User) -> Document:
    return starting_document(subject=subject, digest=digest, person=person)


def told(
    digest: Digest, subject: Project, *sections: Any, by: User | None = None, **fields: Any
) -> None:
    """What somebody handed in for a subject."""
    writing.submit(
        digest=digest,
        subject=subject,
        document=Document(sections=sections, **fields),
        version=0,
        by=by or editor(),
        at=THURSDAY,
    )


def following(digest: Digest) -> Digest:
    """The digest of the week after."""
    composing.start_composing(digest=digest, by=editor())
    return open_digest(weeks=Digest.objects.count())
