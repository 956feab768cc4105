"""A digest's page: the frozen pieces, joined at seams that vary with the reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import BigAutoField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ddat import clock
from ddat.icons import mark
from ddat.prepared import Asked, Prepared
from weeknotes.publications.changes import list_html, notes_html
from weeknotes.publications.models import Publication
from weeknotes.reactions.bars import Standing, Standings, reaction_bar, target_of

# The publication that a page is made of, with its digest.
with_digest = Prepared(
    lambda: Publication.objects.select_related("digest").filter(pk=Asked("pk", BigAutoField()))
)


def page_body(request: HttpRequest, publication: Publication, found: Standings) -> SafeString:
    """Opening, published line, updates and reaction bars, in the order they are read."""
    return mark_safe("".join(_parts(request, publication, found)))


def _parts(request: HttpRequest, publication: Publication, found: Standings) -> Iterator[str]:
    slug, pieces = publication.digest.slug, publication.body["pieces"]
    token = get_token(request)

    def bar(key: int | None, anchor: str, heading: str) -> SafeString:
        target = target_of(slug, anchor, heading)
        return reaction_bar(target, found.get(key, Standing()), csrf_token=token)

    first, second = publication.body["opening"]
    yield notes_html(publication.changes)
    yield from (first, _published_line(publication), second, '<div class="updates">')
    for piece in pieces:
        yield piece["html"]
        told = bar(piece["update"], piece["anchor"], piece["heading"])
        yield f'<div class="after">{told}</div>'
    yield _end(publication, bar(None, "", "the whole digest"))
    yield "</div>"


def _published_line(publication: Publication) -> SafeString:
    """When it came out, and when it was last corrected."""
    came_out = clock.local(publication.came_out_at).date()
    line = format_html(
        ', published <time datetime="{}">{}</time>',
        publication.came_out_at.isoformat(),
        _day(came_out, publication),
    )
    for change in publication.changes[-1:]:
        day = change.day
        line += format_html(
            ', corrected <time datetime="{}">{}</time>', day.isoformat(), _day(day, publication)
        )
    return line


def _day(day: date, publication: Publication) -> str:
    """With its year where the days covered do not say it."""
    is_said = day.year == publication.digest.covers_to.year
    return clock.short_day(day) if is_said else clock.day(day)


def _end(publication: Publication, bar: SafeString) -> SafeString:
    return format_html(
        '<section class="end" id="end" aria-labelledby="end-h">'
        '{}<h2 id="end-h">That is all</h2>'
        '<p class="meta">Composed and published by {} on {}.</p>{}'
        '<div class="after">{}</div></section>',
        mark("mark big"),
        publication.publisher_name,
        publication.published_moment,
        list_html(publication.changes),
        bar,
    )
