"""A week in few words: a digest, somebody who writes for it, what they say, its publication."""

from datetime import date, datetime, timedelta
from typing import Any

from ddat.clock import LONDON
from people.models import Team, User
from projects.models import Project
from tests.factories import (
    ProjectFactory,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    TeamPostFactory,
    UserFactory,
    directorate,
)
from weeknotes.content.document import Document
from weeknotes.content.kinds.text import TextSection
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import publish
from weeknotes.updates import writing
from weeknotes.updates.models import Update

MONDAY = date(2026, 5, 11)
THURSDAY = datetime(2026, 5, 14, 9, 12, tzinfo=LONDON)
DEADLINE = datetime(2026, 5, 15, 11, tzinfo=LONDON)
PUBLISHED_AT = datetime(2026, 5, 18, 9, tzinfo=LONDON)


def editor() -> User:
    """The director, made when first asked for."""
    email = "director@council.example"
    found = User.objects.filter(email=email).first()
    if found is None:
        found = UserFactory(email=email, forename="Di", surname="Rector", job_title="Director")
        RoleGrantFactory(person=found, role="editor")
    return found


def owner_of(project: Project) -> User:
    """Somebody who owns a project, and so writes for it."""
    return ProjectPostFactory(project=project).person


def project_of(person: User, **fields: Any) -> Project:
    """A project that a person owns."""
    return ProjectPostFactory(person=person, project=ProjectFactory(**fields)).project


def team_of(person: User, **fields: Any) -> Team:
    """A team that a person leads."""
    return TeamPostFactory(person=person, team=TeamFactory(**fields)).team


def open_digest(*, weeks: int = 0, by: User | None = None) -> Digest:
    """A digest that is collecting, of 11 to 15 May 2026 or so many weeks later."""
    later = timedelta(weeks=weeks)
    return Digest.objects.open_digest(
        covers_from=MONDAY + later,
        covers_to=MONDAY + timedelta(days=4) + later,
        due_on=MONDAY + timedelta(days=7) + later,
        deadline_at=DEADLINE + later,
        by=by or editor(),
        at=THURSDAY + later,
    )


def saying(words: str = "We met the residents.", **fields: Any) -> Document:
    """A document of one paragraph."""
    return Document(sections=(TextSection(text=words),), **fields)


def hand_in(
    digest: Digest, subject: Team | Project, words: str = "We met.", **fields: Any
) -> Update:
    """An update submitted for a subject."""
    return writing.submit(
        digest=digest,
        subject=subject,
        document=saying(words, **fields),
        version=0,
        by=editor(),
        at=THURSDAY,
    )


def write_note(digest: Digest, words: str = "A good week.") -> Update:
    """The director's note."""
    return writing.save_draft(
        digest=digest,
        subject=directorate(),
        document=saying(words),
        version=0,
        by=editor(),
        at=THURSDAY,
        is_note=True,
    )


def put_out(digest: Digest, *, title: str = "", summary: str = "") -> Publication:
    """A digest composed of everything handed in, and published."""
    by = editor()
    composing.start_composing(digest=digest, by=by, at=DEADLINE)
    if title or summary:
        digest.set_details(
            seen={}, changed={"title": title, "summary": summary}, by=by, at=DEADLINE
        )
    article = compose_article(digest)
    return publish(
        digest=digest, article_hash=article.hash, seen=article.manifest, by=by, at=PUBLISHED_AT
    )
