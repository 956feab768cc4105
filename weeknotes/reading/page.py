"""A digest's page: what is the same for all its readers, joined at seams that vary with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from secrets import token_hex

from django.contrib.messages import get_messages
from django.db.models import BigAutoField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ddat import clock
from ddat.frame import bar_html
from ddat.icons import mark
from ddat.prepared import Asked, Prepared
from people.rights import signed_in
from weeknotes.publications.changes import list_html, notes_html
from weeknotes.publications.models import Publication
from weeknotes.reactions.bars import Standing, Standings, Target, reaction_bar, target_of
from weeknotes.reading.freshness import Published

KEPT = 8  # pages in each process: the newest digest, and older ones that are read as well
SEAM = mark_safe(token_hex(16))  # stands for a seam while a page is made; nobody can have typed it
NOBODY = Standing()

# The publication that a page is made of, with its digest.
_with_digest = Prepared(
    lambda: Publication.objects.select_related("digest").filter(pk=Asked("pk", BigAutoField()))
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A publication's page without its readers.

    Between its words come the bar with the reader's name, what waits to be said to them, an
    editor's way to the desk, and the reaction bars, each with its update (None for the whole
    digest).
    """

    slug: str
    words: list[str]
    bars: list[tuple[int | None, Target]]

    def read_by(self, request: HttpRequest, found: Standings) -> str:
        """The page as this reader sees it."""
        token = get_token(request)
        first, second, third, *others = self.words
        parts = [first, bar_html(request, token), second, _messages(request), third]
        parts.append(_to_desk(self.slug) if signed_in(request).is_editor else "")
        for words, (key, target) in zip(others, self.bars, strict=False):
            parts += words, reaction_bar(target, found.get(key, NOBODY), csrf_token=token)
        return "".join([*parts, others[-1]])


@lru_cache(KEPT)
def kept_page(published: Published, year: int) -> Page:
    """The page of what `published` found, kept for its next readers.

    What was published never changes, and each request asks first whether it may still be read.
    Moments say which year they are of, unless it is `year`, this one.
    """
    (publication,) = _with_digest(pk=published[0])
    return page_of(publication)


def page_of(publication: Publication) -> Page:
    """Opening, published line, updates and reaction bars, in the order they are read."""
    slug, pieces = publication.digest.slug, publication.body["pieces"]
    context = {
        "publication": publication,
        "bar": SEAM,
        "waiting": SEAM,
        "desk": SEAM,
        "body": mark_safe("".join(_parts(publication))),
    }
    page = render_to_string("weeknotes/reading/digest.html", context)
    told = [(one["update"], target_of(slug, one["anchor"], one["heading"])) for one in pieces]
    whole = target_of(slug, "", "the whole digest")
    return Page(slug=slug, words=page.split(SEAM), bars=[*told, (None, whole)])


def _parts(publication: Publication) -> Iterator[str]:
    first, second = publication.body["opening"]
    yield notes_html(publication.changes)
    yield from (first, _published_line(publication), second, '<div class="updates">')
    for piece in publication.body["pieces"]:
        yield f'{piece["html"]}<div class="after">{SEAM}</div>'
    yield _end(publication)
    yield "</div>"


def _to_desk(slug: str) -> SafeString:
    """Where an editor corrects or withdraws what they read."""
    return format_html(
        '<div class="wrap to-desk"><a href="{}">Correct or withdraw it on the desk</a></div>',
        reverse("weeknotes:desk_digest", args=[slug]),
    )


def _messages(request: HttpRequest) -> str:
    """What waits to be said to this reader."""
    waiting = get_messages(request)
    return render_to_string("components/messages.html", {"messages": waiting}) if waiting else ""


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


def _end(publication: Publication) -> SafeString:
    return format_html(
        '<section class="end" id="end" aria-labelledby="end-h">'
        '{}<h2 id="end-h">That is all</h2>'
        '<p class="meta">Composed and published by {} on {}.</p>{}'
        '<div class="after">{}</div></section>',
        mark("mark big"),
        publication.publisher_name,
        publication.published_moment,
        list_html(publication.changes),
        SEAM,
    )
