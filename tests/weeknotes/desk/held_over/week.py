"""Two digests on the desk, and what one of them holds over for the other."""

from people.models import Team
from tests.factories import TeamFactory
from tests.weeknotes.week import (
    DEADLINE,
    PUBLISHED_AT,
    editor,
    hand_in,
    open_digest,
    write_note,
)
from weeknotes.desk import composing
from weeknotes.desk.models import Decision
from weeknotes.digests.models import Digest
from weeknotes.publications.article import compose_article
from weeknotes.publications.models import Publication
from weeknotes.publications.publishing import publish
from weeknotes.updates.models import Update

HELD, INCLUDED, LEFT_OUT = Decision.HELD, Decision.INCLUDED, Decision.LEFT_OUT
ANCHOR = "held-2026-05-18-team-web"
FIRST, SECOND = "/desk/2026-05-18/", "/desk/2026-05-25/"


def composed(team: Team) -> Digest:
    """A digest of 11 to 15 May that is being composed: the note, this team's update and Data's."""
    digest = open_digest()
    write_note(digest)
    hand_in(digest, team, "We met the residents.")
    hand_in(digest, TeamFactory(name="Data", house_order=2), "Counted.")
    start(digest)
    return digest


def start(digest: Digest) -> None:
    """Start composing."""
    composing.start_composing(digest=digest, by=editor(), at=DEADLINE)


def decide(digest: Digest, update: Update, decision: Decision) -> None:
    """The editor's decision, at the deadline."""
    composing.decide(digest=digest, update=update, decision=decision, by=editor(), at=DEADLINE)


def put_out(digest: Digest) -> Publication:
    """Publish a digest as it stands: what is previewed is what is published, byte for byte."""
    digest.refresh_from_db()
    article = compose_article(digest)
    publication = publish(
        digest=digest,
        article_hash=article.hash,
        seen=article.manifest,
        by=editor(),
        at=PUBLISHED_AT,
    )
    body = Publication.objects.get(pk=publication.pk).body
    assert "".join([*body["opening"], *(piece["html"] for piece in body["pieces"])]) == article.html
    return publication


def next_digest(weeks: int = 1) -> Digest:
    """The digest that collects, so many weeks later."""
    return open_digest(weeks=weeks)


def order(digest: Digest) -> list[str]:
    """What would be published now, by its anchors."""
    return [piece.anchor for piece in compose_article(digest).pieces]


def placed(update: Update) -> list[tuple[str, str]]:
    """Where an update has entries, and what was decided there."""
    return list(update.entries.order_by("digest").values_list("digest__slug", "decision"))
