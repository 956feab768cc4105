"""A digest's page: the frozen pieces, joined at seams that vary with the reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ddat import clock
from ddat.icons import mark
from weeknotes.publications.models import ChangeKind, Publication
from weeknotes.reactions.bars import Standing, Standings, reaction_bar, target_of


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
    yield from (first, _published_line(publication), second)
    yield _notes(publication)
    yield '<div class="updates">'
    for piece in pieces:
        yield piece["html"]
        yield format_html(
            '<div class="after">{}</div>', bar(piece["update"], piece["anchor"], piece["heading"])
        )
    yield _end(publication, bar(None, "", "the whole digest"))
    yield "</div>"


def _published_line(publication: Publication) -> SafeString:
    """When it was first published and last corrected: ", published 18 May, corrected 20 May"."""
    line = format_html(", published {}", _day(publication, publication.first))
    if publication.changes:
        line += format_html(", corrected {}", _day(publication, publication.changes[-1]))
    return line


def _day(publication: Publication, when: Publication) -> SafeString:
    day = clock.local(when.published_at).date()
    words = (
        clock.short_day(day) if day.year == publication.digest.covers_to.year else clock.day(day)
    )
    return format_html('<time datetime="{}">{}</time>', when.published_at.isoformat(), words)


def _said(publication: Publication, kind: ChangeKind) -> list[tuple[str, str]]:
    """The corrections of a kind: the day of each, and what was corrected."""
    return [
        (clock.day(clock.local(change.published_at).date()), change.change_note)
        for change in publication.changes
        if change.change_kind == kind
    ]


def _notes(publication: Publication) -> SafeString:
    """What was corrected in substance, each with its day, at the top of the page."""
    notes = _said(publication, ChangeKind.SUBSTANTIVE)
    return format_html_join(
        "", '<p class="ask corrected" dir="auto"><b>Corrected on {}:</b> {}</p>', notes
    )


def _typos(publication: Publication) -> SafeString:
    """The small changes since it first came out, at the foot."""
    rows = format_html_join("", '<li dir="auto">{}: {}</li>', _said(publication, ChangeKind.TYPO))
    return format_html("<h3>Changes</h3><ul>{}</ul>", rows) if rows else rows


def _end(publication: Publication, bar: SafeString) -> SafeString:
    return format_html(
        '<section class="end" id="end" aria-labelledby="end-h">'
        '{}<h2 id="end-h">That is all</h2>'
        '<p class="meta">Composed and published by {} on {}.</p>{}'
        '<div class="after">{}</div></section>',
        mark("mark big"),
        publication.content["published_by"],
        clock.moment(publication.first.published_at),
        _typos(publication),
        bar,
    )
