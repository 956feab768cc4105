"""Names and words that break layouts: very long, marked up, and right to left."""

from datetime import timedelta
from typing import Any

LONG = "Llanfair" * 25
MARKUP = "<b>Bold</b> & Sons"
ARABIC = "خدمات الواجهة الأمامية للسكان"
ODD = f"{MARKUP} {ARABIC} {LONG}"

SECTIONS: list[dict[str, Any]] = [
    {"kind": "text", "heading": f"📌 {ODD}", "text": f"{ODD}\n\n- {LONG}\n  - {ARABIC}"},
    {
        "kind": "outcomes",
        "heading": ODD,
        "lines": f"# {ODD}\n- {ODD}: ongoing\n  - {LONG}: done\n- {ARABIC}\n  - {LONG}",
    },
    {
        "kind": "metrics",
        "heading": LONG,
        "before": ODD,
        "rows": [
            {
                "name": ODD[:200],
                "unit": LONG[:40],
                "from_value": "123,456,789",
                "to_value": "2,136.55",
            },
            {
                "name": LONG,
                "unit": "£",
                "from_value": "123,456,789,012,345.123456",
                "to_value": "-123,456,789,012,345.123456",
            },
            {"words": LONG},
        ],
    },
    {"kind": "counts", "name": ODD[:200], "rows": [{"label": LONG[:100], "number": "14000000000"}]},
    {"kind": "workstreams", "rows": [{"name": LONG, "state": "in_progress"}]},
    {"kind": "risks", "nil_return": ODD, "rows": [{"text": f"{MARKUP}: {LONG}", "owner": LONG}]},
    {
        "kind": "dates",
        "rows": [
            {"what": ODD[:300], "when": LONG, "where": ODD[:200], "for_whom": ARABIC},
            {"what": LONG, "from_on": "2026-09-30", "to_on": "2026-12-23", "where": LONG},
        ],
    },
    {"kind": "thanks", "lines": f"- {ODD}: {ODD}\n  {LONG}\n- {LONG}\n- {ARABIC}: {LONG}"},
]
UPDATE: dict[str, Any] = {
    "heading": ODD,
    "byline": f"{MARKUP} {LONG[:100]}, {ARABIC}",
    "rag_colour": "amber",
    "rag_words": LONG,
    "rag_reason": ODD,
    "sections": SECTIONS,
}
NOTE: dict[str, Any] = {"heading": "", "byline": ARABIC, "sections": SECTIONS[:1]}
NO_UPDATE: dict[str, Any] = {
    "heading": "",
    "byline": "",
    "no_update": {"lines": ODD, "heading": LONG, "returns": LONG[:200]},
}


def make_odd() -> dict[str, str]:
    """Rename the demonstration's people and projects, and publish a digest of such words.

    Gives the addresses of the published digest and of the one that is collecting after it.
    """
    from people.models import Team, User
    from projects.models import Project, Workstream

    User.objects.update(forename=MARKUP, surname=LONG[:100], job_title=f"{ARABIC} {LONG[:100]}")
    Project.objects.filter(name="Frontline Services").update(name=ODD[:200])
    Team.objects.filter(name="Workplace experience").update(name=ODD[:200])
    Workstream.objects.filter(name="Deployment").update(name=LONG[:100])
    director = User.objects.get(email="director@ddat.example")
    writer = User.objects.get(email="contributor@ddat.example")
    published = publish_odd(director, writer)
    collecting = open_after(published, director)
    submit_odd(collecting, writer)
    return {"odd": published.slug, "odd_collecting": collecting.slug}


def publish_odd(director: Any, writer: Any) -> Any:
    """Publish the digest that is collecting, with odd updates and an odd note."""
    from people.models import Team
    from weeknotes.demo.seeding import write_document
    from weeknotes.desk import composing
    from weeknotes.digests.models import Digest
    from weeknotes.publications import publishing
    from weeknotes.publications.article import compose_article
    from weeknotes.updates import writing

    digest = Digest.objects.unpublished().get()
    submit_odd(digest, writer)
    composing.start_composing(digest=digest, by=director)
    directorate = Team.objects.directorate()
    note = write_document(NOTE, directorate)
    writing.save_draft(
        digest=digest, subject=directorate, document=note, version=0, by=director, is_note=True
    )
    digest.refresh_from_db()
    named = {"title": ODD[:200], "summary": ODD}
    digest.set_details(seen={"title": "", "summary": ""}, changed=named, by=director)
    digest.refresh_from_db()
    article = compose_article(digest)
    publishing.publish(digest=digest, article_hash=article.hash, seen={}, by=director)
    return digest


def submit_odd(digest: Any, writer: Any) -> None:
    """Hand in an update with a section of every kind, and one without anything new."""
    from projects.models import Project
    from weeknotes.demo.seeding import write_document
    from weeknotes.updates import writing

    subjects = {project.slug: project for project in Project.objects.all()}
    for slug, typed in (("frontline-services", UPDATE), ("regulatory-services", NO_UPDATE)):
        subject = subjects[slug]
        document = write_document(typed, subject)
        writing.submit(digest=digest, subject=subject, document=document, version=0, by=writer)


def open_after(last: Any, director: Any) -> Any:
    """Open the digest of the week after."""
    from weeknotes.digests.models import Digest

    week = timedelta(days=7)
    names = ("covers_from", "covers_to", "due_on", "deadline_at")
    days = {name: getattr(last, name) + week for name in names}
    return Digest.objects.open_digest(**days, by=director)
