"""Unpublished words are read by nobody who may not read them.

Each text in the world has a canary of its own, in every field that takes words: the note drafted
for the digest "composing" says QuetzalComposingNote. Then everybody walks everywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.http import HttpResponse
from django.urls import resolve

from people.models import User
from tests.permissions.log import Log
from tests.permissions.sending import sent
from tests.permissions.table import address_for
from tests.permissions.world import World, standing_world, undone
from tests.test_permissions import ROWS
from weeknotes.content.document import Byline, Document, Rag, RagColour
from weeknotes.content.items import Phrase
from weeknotes.content.kinds import (
    KINDS,
    CountsSection,
    DateRow,
    DatesSection,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RisksSection,
    Section,
    TextSection,
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamsSection,
)
from weeknotes.content.kinds.counts import CountRow
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.risks import RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.content.lines import groups_from_lines

pytestmark = pytest.mark.django_db

CANARY = re.compile(r"quetzal\w+", re.IGNORECASE)
LOWER_ROLES = [
    "reader",
    *(
        pytest.param(role, marks=pytest.mark.everywhere)
        for role in ("colleague", "former_owner", "admin", "superuser")
    ),
]
PUBLISHED = {f"published {what}" for what in ("title", "summary", "note", "included", "reason")}
# Published words that were withdrawn: their writers keep their own, editors the record.
WITHDRAWN = {f"withdrawn {what}" for what in ("title", "summary", "note", "told-once")}
FOR_EDITORS = {
    *WITHDRAWN,
    *("withdrawn why", "withdrawn left-out"),
    "published left-out",
    *(f"composing {w}" for w in ("title", "summary", "note", "included", "left-out", "reason")),
    *(f"composing {what}" for what in ("submitted", "returned", "question", "held-over")),
    *(f"correction {what}" for what in ("words", "title", "summary")),
    *(f"collecting {w}" for w in ("title", "summary", "note", "submitted", "reason")),
}
# What was drafted before somebody said "no update" is kept for its writer alone.
FOR_CONTRIBUTORS = {
    *(f"published {w}" for w in ("left-out", "drafted")),
    *(f"composing {w}" for w in ("included", "left-out", "reason", "submitted", "drafted")),
    *(f"composing {what}" for what in ("returned", "question", "held-over")),
    *(f"collecting {w}" for w in ("submitted", "reason", "drafted", "taken-back")),
    *(f"withdrawn {what}" for what in ("told-once", "left-out")),
    *(f"{digest} reporting" for digest in ("composing", "collecting")),
}
HIDDEN_BESIDE = {f"{digest} no-update" for digest in ("published", "composing", "collecting")}
# The tables of what is written, asked, composed, corrected and withdrawn; no page of a reader asks
# them for words.
IN_PREPARATION = [
    *("weeknotes.Revision", "weeknotes.Question", "weeknotes.Digest", "weeknotes.Withdrawal"),
    *("weeknotes.Correction", "weeknotes.CorrectedUpdate"),
]
EVERYTHING = PUBLISHED | FOR_EDITORS | FOR_CONTRIBUTORS | HIDDEN_BESIDE


def canary(place: str) -> str:
    """The one word that is said at a place: "composing left-out" is QuetzalComposingLeftOut."""
    return "Quetzal" + "".join(part.title() for part in re.split("[ -]", place))


def singing(word: str) -> Document:
    """A document that says one word wherever it says anything."""
    shared = {"heading": word, "before": word, "after": word, "product_name": word}
    lines = groups_from_lines(f"# {word}\n{word}: ongoing\n  {word}")
    day = date(2026, 5, 11)
    sections: dict[str, Section] = {
        "text": TextSection(
            **shared, text=f"{word} **{word}**\n\n- [{word}](https://{word}.example)"
        ),
        "outcomes": OutcomesSection(**shared, groups=lines),
        "plans": PlansSection(**shared, groups=lines),
        "metrics": MetricsSection(
            **shared,
            rows=(
                MetricRow(name=word, unit=word, words=word),
                MetricRow(
                    name=word, unit=word, words=word, from_value=Decimal(1), to_value=Decimal(2)
                ),
            ),
        ),
        "counts": CountsSection(
            **shared, name=word, as_of=day, rows=(CountRow(label=word, number=1),)
        ),
        "workstreams": WorkstreamsSection(
            **shared, rows=(WorkstreamRow(name=word, state=WorkstreamState.PAUSED),)
        ),
        "risks": RisksSection(**shared, rows=(RiskRow(text=word, owner=word),), nil_return=word),
        "dates": DatesSection(
            **shared, rows=(DateRow(what=word, when=word, where=word, for_whom=word),)
        ),
        "thanks": ThanksSection(
            **shared, rows=(ThanksRow(who=word, for_what=word, people=(Thanked(name=word),)),)
        ),
    }
    return Document(
        heading=word,
        byline=(Byline(name=word, job_title=word),),
        rag=Rag(colour=RagColour.RED, words=word, reason=word),
        sections=tuple(sections[kind] for kind in KINDS),
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker, words_of=canary, document=singing) as world:
        yield world


def test_every_field_that_takes_words_has_a_canary() -> None:
    def texts(thing: Any, where: str = "") -> Iterator[tuple[str, str]]:
        if is_dataclass(thing) and not isinstance(thing, Phrase):  # a phrase is part of a text
            for field in fields(thing):
                yield from texts(getattr(thing, field.name), f"{type(thing).__name__}.{field.name}")
        elif isinstance(thing, tuple):
            assert thing or where in ("Item.children", "Group.items"), f"{where} is empty"
            for part in thing:
                yield from texts(part, where)
        elif isinstance(thing, str) and not isinstance(thing, StrEnum):
            yield where, thing

    silent = {where for where, text in texts(singing("Quetzal")) if "Quetzal" not in text}
    assert silent == {"MetricRow.good"}


def test_every_canary_is_somewhere(world: World) -> None:
    # Otherwise that it is nowhere else would prove nothing.
    kept = [list(apps.get_model(label).objects.values_list()) for label in IN_PREPARATION]
    assert heard(str(kept)) == {canary(place) for place in EVERYTHING}


def test_nobody_signed_in_reads_nothing(world: World) -> None:
    assert walked(world, "anonymous") == set()


@pytest.mark.parametrize("role", LOWER_ROLES)
def test_others_read_what_is_published_alone(world: World, role: str) -> None:
    assert walked(world, role) == {canary(place) for place in PUBLISHED}


@pytest.mark.everywhere
def test_a_contributor_reads_their_own(world: World) -> None:
    beside = {canary(place) for place in HIDDEN_BESIDE}
    assert walked(world, "contributor") - beside == {
        canary(place) for place in PUBLISHED | FOR_CONTRIBUTORS
    }


@pytest.mark.everywhere
def test_an_editor_reads_what_was_handed_in_and_no_draft(world: World) -> None:
    assert walked(world, "director") == {canary(place) for place in PUBLISHED | FOR_EDITORS}


@pytest.mark.parametrize("role", ["admin", "superuser"])
def test_what_somebody_leaves_open_is_named_and_not_read(world: World, role: str) -> None:
    address = f"/admin/people/user/{world.people['contributor'].pk}/leaving/"
    page = world.client(role).get(address).content.decode()
    assert page.count("<b>Update (drafting):</b>") == 5
    assert heard(page) == set()


@pytest.mark.everywhere
def test_an_open_door_would_be_heard(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "is_editor", True)
    assert walked(world, "reader") == {canary(place) for place in PUBLISHED | FOR_EDITORS}


def test_only_published_words_leave_an_updates_own_rows(world: World) -> None:
    told = {
        model._meta.label: heard(str(list(model.objects.values_list())))
        for model in apps.get_models()
        if model._meta.label not in IN_PREPARATION
    }
    published = {canary(place) for place in PUBLISHED | WITHDRAWN}
    assert {label: words - published for label, words in told.items() if words - published} == {}
    assert told["weeknotes.Publication"] == published
    assert told["weeknotes.Item"] == {
        *(canary(f"published {what}") for what in ("note", "included")),
        *(canary(f"withdrawn {what}") for what in ("note", "told-once")),
    }


def test_no_search_finds_what_one_may_not_read(world: World) -> None:
    found = {
        place: len(
            world.client("reader").get("/digests/", {"words": canary(place)}).context["page"]
        )
        for place in EVERYTHING
    }
    assert {place for place in found if found[place]} == {"published title", "published summary"}


def test_no_search_of_the_admin_finds_what_is_written(world: World) -> None:
    for model, model_admin in admin.site._registry.items():
        if model_admin.search_fields:
            address = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
            page = world.client("admin").get(address, {"q": "quetzal"})
            assert page.context["cl"].result_count == 0, address


def walked(world: World, role: str) -> set[str]:
    """The canaries that somebody hears on every page, in every answer, and in the log."""
    log = Log()
    with log.listening():
        return heard_on_pages(world, role) | heard(str(log.lines))


def heard_on_pages(world: World, role: str) -> set[str]:
    words, seen = set(), {}
    for address, response in answers_to_the_table(world, role):
        words |= heard_in(response)
        if not response.redirect_chain:
            seen[address] = links_of(response)
    for response in followed_links(world, role, seen):
        words |= heard_in(response)
    return words


def answers_to_the_table(world: World, role: str) -> Iterator[tuple[str, HttpResponse]]:
    """The answers to all that the table of permissions asks, and the pages they lead to; with the
    address of what was asked for.
    """
    asked = {(row.address, row.sends if "POST" in row.methods else "") for row in ROWS}
    for place, sends in sorted(asked):
        with undone():
            client, address = world.client(role), address_for(place)
            if sends:
                data = sent(world, sends, resolve(address).kwargs)
                yield "", client.post(address, data, follow=True)
            else:
                yield address, client.get(address, follow=True)


def followed_links(world: World, role: str, seen: dict[str, set[str]]) -> Iterator[HttpResponse]:
    """Every page that links lead to from the home page and the admin, but for those that were
    asked for already, of which we know the links.
    """
    client, waiting, done = world.client(role), {"/", "/admin/"}, set()
    while waiting:
        address = waiting.pop()
        done.add(address)
        if address not in seen:
            response = client.get(address)
            yield response
            seen[address] = links_of(response)
        waiting |= seen[address] - done


def links_of(response: HttpResponse) -> set[str]:
    """The pages of ours that a page leads to."""
    found = re.findall(r"""<a\s[^>]*?\bhref="([^"#]*)""", response.getvalue().decode())
    own = {re.sub(r"\?.*", "", unescape(link)) for link in found}
    # One row of each model stands in the table.
    one_row = re.compile(r"/admin/\w+/\w+/\d+/")
    return {link for link in own if re.match("/(?!/|static/)", link) and not one_row.match(link)}


def heard_in(response: HttpResponse) -> set[str]:
    """The canaries in all of an answer."""
    return heard(f"{response.headers} {response.cookies} {response.getvalue().decode()}")


def heard(text: str) -> set[str]:
    """The canaries in a text."""
    return set(CANARY.findall(text))
