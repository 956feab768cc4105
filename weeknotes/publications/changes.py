"""What was corrected since a digest came out, as its readers are told."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ddat import clock
from weeknotes.publications.models import Change

NOTHING = mark_safe("")


def notes_html(changes: Sequence[Change]) -> SafeString:
    """A dated note for each substantive correction, the newest first, for the top of the page."""
    notes = [change for change in reversed(changes) if change.is_substantive]
    if not notes:
        return NOTHING
    said = format_html_join(
        "",
        '<p><b>Corrected on {}.</b> <span dir="auto">{}</span></p>',
        ((_day(change), change.note) for change in notes),
    )
    return format_html('<aside class="ask corrected" aria-label="Corrections">{}</aside>', said)


def list_html(changes: Sequence[Change]) -> SafeString:
    """Every correction in a list, typos as well, for the end of the page."""
    if not changes:
        return NOTHING
    said = format_html_join(
        "",
        '<li>{}: <span dir="auto">{}</span></li>',
        ((_day(change), change.note) for change in changes),
    )
    return format_html(
        '<div class="corrections"><h3>Corrected since it came out</h3>'
        '<ul class="plain-list">{}</ul></div>',
        said,
    )


def _day(change: Change) -> SafeString:
    return format_html(
        '<time datetime="{}">{}</time>', change.day.isoformat(), clock.day(change.day)
    )
