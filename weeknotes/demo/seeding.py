"""Entering the seeds as people would: typed into the forms, through the same verbs."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ddat import clock
from people.models import Team, User
from projects.models import Product
from weeknotes.content.document import Document
from weeknotes.demo.cast import Cast
from weeknotes.desk import composing
from weeknotes.desk.moving import move
from weeknotes.digests.models import Digest
from weeknotes.digests.subjects import Subject, anchor_of
from weeknotes.publications import publishing
from weeknotes.publications.article import compose_article
from weeknotes.updates import writing
from weeknotes.updates.forms.editor import Editor
from weeknotes.updates.forms.no_update import NoUpdateForm

SEEDS = Path(__file__).parent / "seeds"


class SeedError(Exception):
    """A seed cannot be entered through the forms; the message is theirs."""


def enter_seed(name: str, cast: Cast) -> Digest:
    """Open, write, compose and publish one seed, at its own times.

    Raises SeedError when a form refuses what the seed types into it.
    """
    seed = tomllib.loads((SEEDS / f"{name}.toml").read_text(encoding="utf-8"))
    director = cast.people[seed["director"]]
    digest = Digest.objects.open_digest(
        covers_from=seed["covers_from"],
        covers_to=seed["covers_to"],
        due_on=seed["due_on"],
        deadline_at=_london(seed["deadline_at"]),
        by=director,
        at=_london(seed["opened_at"]),
    )
    for update in seed["updates"]:
        _hand_in(digest, update, cast)
    _compose(digest, seed, director)
    _publish(digest, by=director, at=_london(seed["published_at"]))
    return digest


def write_document(typed: dict[str, Any], subject: Subject) -> Document:
    """What the form makes of typed words. Raises SeedError with its messages."""
    editor = Editor.sent(_as_sent(typed), subject=subject)
    if not editor.is_valid():
        raise SeedError(f"{subject}: {editor.errors()}")
    document = editor.document()
    if "no_update" in typed:
        form = NoUpdateForm({**typed["no_update"], "version": 0})
        if not form.is_valid():
            raise SeedError(f"{subject}: {form.errors}")
        document = replace(document, no_update=form.no_update())
    return document


def _hand_in(digest: Digest, typed: dict[str, Any], cast: Cast) -> None:
    subject = next(s for s in cast.subjects.values() if anchor_of(s) == typed["subject"])
    writing.submit(
        digest=digest,
        subject=subject,
        document=write_document(typed, subject),
        version=0,
        by=cast.people[typed["by"]],
        at=_london(typed["at"]),
    )


def _compose(digest: Digest, seed: dict[str, Any], director: User) -> None:
    at, note = _london(seed["composing_at"]), seed["note"]
    directorate = Team.objects.directorate()
    composing.start_composing(digest=digest, by=director, at=at)
    writing.save_draft(
        digest=digest,
        subject=directorate,
        document=write_document(note, directorate),
        version=0,
        by=director,
        at=_london(note["at"]),
        is_note=True,
    )
    _put_in_order(digest, seed["order"], director, at)
    digest.set_details(
        seen={"title": "", "summary": ""},
        changed={"title": seed["title"], "summary": seed["summary"]},
        by=director,
        at=_london(note["at"]),
    )


def _put_in_order(digest: Digest, order: list[str], by: User, at: datetime) -> None:
    """Move each update up to where the seed has it."""
    for place, anchor in enumerate(order):
        updates = [entry.update for entry in digest.entries.included().with_update()]
        update = next(update for update in updates if update.anchor == anchor)
        move(digest=digest, update=update, side="before", other=updates[place], by=by, at=at)


def _publish(digest: Digest, *, by: User, at: datetime) -> None:
    article = compose_article(digest)
    publishing.publish(
        digest=digest, article_hash=article.hash, seen=article.manifest, by=by, at=at
    )


def _as_sent(typed: dict[str, Any]) -> dict[str, str]:
    """Typed words under the names of the form's fields."""
    products = {product.name: str(product.pk) for product in Product.objects.active()}
    names = ("heading", "byline", "rag_colour", "rag_words", "rag_reason")
    sent = {name: typed[name] for name in names if name in typed}
    order = []
    for place, section in enumerate(typed.get("sections", [])):
        key, rows = f"s{place}", section.get("rows", [])
        order.append(f"{key}:{section['kind']}")
        fields = {k: v for k, v in section.items() if k not in ("kind", "rows", "product")}
        if "product" in section:
            fields["product"] = products[section["product"]]
        sent |= {f"{key}-{name}": value for name, value in fields.items()}
        sent[f"{key}-row-count"] = str(len(rows))
        for number, row in enumerate(rows):
            sent |= {f"{key}-row-{number}-{name}": value for name, value in row.items()}
    return {**sent, "sections": ",".join(order)}


def _london(at: datetime) -> datetime:
    return at.replace(tzinfo=clock.LONDON)
