"""Digests published in no time: the rows that publishing writes, told by its own telling.

The verbs of a whole week take a tenth of a second; pages are asked with sixty weeks behind them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client

from ddat.clock import LONDON
from people.models import Team
from projects.models import Project
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.week import editor
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.kinds import Section, TextSection
from weeknotes.digests.models import Digest, DigestState
from weeknotes.publications.article import Piece, compose_article
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import put_in
from weeknotes.updates.models import Revision, Update

FIRST_MONDAY = date(2026, 5, 11)

Said = Document | RagColour | str | None


def document(said: Said, *sections: Section, **fields: Any) -> Document:
    """A document: rated so, or "no update" for a reason, or not rated."""
    if isinstance(said, Document):
        return said
    text = TextSection(text="We met.")
    if isinstance(said, RagColour):
        return Document(rag=Rag(colour=said, **fields), sections=(text, *sections))
    if said:
        return Document(no_update=NoUpdate(lines=said))
    return Document(sections=(text, *sections), **fields)


def signed(*names: Byline) -> Document:
    """A document under these names."""
    return Document(byline=names, sections=(TextSection(text="We met."),))


def publish_week(week: int, said: Mapping[Project | Team, Said]) -> Publication:
    """What these subjects said in a digest out on a Monday: 18 May 2026, or weeks later."""
    monday = FIRST_MONDAY + timedelta(weeks=week)
    due_on = monday + timedelta(days=7)
    at = datetime(due_on.year, due_on.month, due_on.day, 9, tzinfo=LONDON)
    digest = Digest.objects.create(
        slug=due_on.isoformat(),
        covers_from=monday,
        covers_to=monday + timedelta(days=4),
        due_on=due_on,
        deadline_at=at - timedelta(days=3),
        state=DigestState.PUBLISHED,
    )
    return _publication(digest, list(said.items()), number=1, at=at)


def correct(publication: Publication, said: Mapping[Project | Team, Said]) -> Publication:
    """The next publication of the same digest, a week later: it alone is current then."""
    return _publication(
        publication.digest,
        list(said.items()),
        number=publication.number + 1,
        at=publication.published_at + timedelta(days=7),
    )


def publish_weeks(count: int, said: Mapping[Project | Team, Said], *, start: int = 0) -> None:
    """The same said in so many digests."""
    for week in range(start, start + count):
        publish_week(week, said)


def page(client: Client, thing: Team | Project, query: str = "") -> BeautifulSoup:
    """The page of a team or project."""
    response = client.get(f"{thing.get_absolute_url()}{query}")
    assert response.status_code == 200
    return read(response)


def table(found: BeautifulSoup) -> list[list[str]]:
    """The figures on a page, row by row."""
    return [[spoken(cell) for cell in row.select("th, td")] for row in found.select("tbody tr")]


def _publication(
    digest: Digest, said: Sequence[tuple[Project | Team, Said]], *, number: int, at: datetime
) -> Publication:
    article = compose_article(digest)
    publication = Publication.objects.create(
        digest=digest,
        number=number,
        content={**article.record(), "published_by": "Di Rector"},
        body=article.body(),
        published_at=at,
        published_by=editor(),
        change_kind="typo" if number > 1 else "",
        change_note="A word." if number > 1 else "",
    )
    for position, (subject, words) in enumerate(said, start=1):
        put_in(publication, _piece(digest, subject, document(words), number, at), position)
    return publication


def _piece(
    digest: Digest, subject: Project | Team, said: Document, number: int, at: datetime
) -> Piece:
    field = "project" if isinstance(subject, Project) else "team"
    state = "no_update" if said.no_update else "submitted"
    update, _ = Update.objects.get_or_create(
        digest=digest, **{field: subject}, defaults={"state": state}
    )
    revision = Revision.objects.create(
        update=update,
        number=number,
        content=said.to_json(),
        cause="written",
        made_by=editor(),
        made_at=at,
        sealed_by=editor(),
        sealed_at=at,
    )
    return Piece(digest=digest, update=update, revision=revision, document=said, html="")


def listed(response: HttpResponse) -> list[str]:
    """The projects that a page lists, by name."""
    assert response.status_code == 200
    return [spoken(tag) for tag in read(response).select(".standings h3")]


def standings(response: HttpResponse) -> dict[str, str]:
    """How a page says that each of its projects stands."""
    rows = read(response).select(".standings > li")
    return {spoken(row.h3): spoken(_standing(row)) for row in rows}


def _standing(row: Tag) -> Tag:
    return row.find_all("div", recursive=False)[1]
