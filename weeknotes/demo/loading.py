"""The whole demonstration: the two seeds, and a digest that is being collected now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ddat import clock
from weeknotes.demo.cast import Cast, make_cast
from weeknotes.demo.seeding import enter_seed, write_document
from weeknotes.demo.templates import make_templates
from weeknotes.digests.models import Digest
from weeknotes.reactions.reacting import react
from weeknotes.updates import writing
from weeknotes.updates.models import Update

# Invented people react to what they read; nothing is said in an author's name.
REACTIONS = [
    ("Morgan Ellis", "", "like"),
    ("Priya Nair", "", "love"),
    ("Jo Bennett", "", "like"),
    ("Dev Patel", "note", "like"),
    ("Lee Grant", "note", "love"),
    ("Mina Shah", "project-onedrive-user-adoption", "like"),
    ("Lee Grant", "team-workplace-experience", "haha"),
    ("Jo Bennett", "team-workplace-experience", "like"),
]
# What two invented people have handed in already for the digest that is being collected.
HANDED_IN: list[dict[str, Any]] = [
    {
        "subject": "Low code and web",
        "by": "Lee Grant",
        "heading": "Low code and web",
        "byline": "Lee Grant, Head of web and low code",
        "sections": [
            {
                "kind": "outcomes",
                "heading": "Product: Drupal",
                "product": "Drupal",
                "lines": "- New search page: in progress\n- Forms checked for keyboard use: done",
            },
            {
                "kind": "plans",
                "heading": "Looking ahead",
                "lines": "- Try the new search page with five residents\n- Redirects: planned",
            },
            {
                "kind": "dates",
                "heading": "For your diary",
                "rows": [
                    {
                        "what": "Show and tell: the new search page",
                        "when": "Thursday of next week, 2pm",
                        "where": "Teams",
                        "for_whom": "everyone",
                    }
                ],
            },
            {
                "kind": "thanks",
                "heading": "Thank you",
                "lines": "- Mina Shah and Dev Patel: for trying every form with a screen reader",
            },
        ],
    },
    {
        "subject": "Data Governance Purview Pilot",
        "by": "Mina Shah",
        "heading": "Data Governance Purview Pilot",
        "byline": "Mina Shah, Delivery manager",
        "no_update": {
            "lines": "Nothing new this week: we are waiting for quotes.",
            "returns": "next month",
        },
    },
]


@transaction.atomic
def load_demonstration() -> None:
    """Make everything, or, if anything fails, nothing."""
    cast = make_cast()
    make_templates(cast)
    enter_seed("directors_note", cast)
    published = enter_seed("full_digest", cast)
    _react(published, cast)
    _collect(cast)


def _react(digest: Digest, cast: Cast) -> None:
    publication = digest.publications.get()
    anchored = {row.anchor: row.update for row in publication.published_updates.all()}
    at = publication.published_at
    for minutes, (person, anchor, kind) in enumerate(REACTIONS, start=10):
        target: Digest | Update = anchored[anchor] if anchor else digest
        react(target=target, kind=kind, by=cast.people[person], at=at + timedelta(minutes=minutes))


def _collect(cast: Cast) -> None:
    """Open the digest of this week, or of next week once this week's deadline has passed."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    if clock.now() >= _deadline(monday):
        monday += timedelta(days=7)
    digest = Digest.objects.open_digest(
        covers_from=monday,
        covers_to=monday + timedelta(days=4),
        due_on=monday + timedelta(days=7),
        deadline_at=_deadline(monday),
        by=cast.people["Morgan Ellis"],
    )
    for typed in HANDED_IN:
        subject = cast.subjects[typed["subject"]]
        writing.submit(
            digest=digest,
            subject=subject,
            document=write_document(typed, subject),
            version=0,
            by=cast.people[typed["by"]],
        )


def _deadline(monday: date) -> datetime:
    """Friday at 11am on a London clock."""
    friday = monday + timedelta(days=4)
    return datetime(friday.year, friday.month, friday.day, 11, tzinfo=clock.LONDON)
