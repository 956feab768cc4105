"""The shapes that stand beside words: every status and action has one, drawn by ourselves."""

from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "green": '<circle cx="8" cy="8" r="6"/>',
    "amber": '<path d="M8 1.5 15.2 14H.8z"/>',
    "red": '<path d="M8 .6 15.4 8 8 15.4.6 8z"/>',
    "unrated": '<circle class="o" cx="8" cy="8" r="5.5" stroke-dasharray="2.6 1.9"/>',
    "paused": '<path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"/>',
    "complete": (
        '<path d="M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2zm3.9 5.2-4.7 5-3-2.9'
        ' 1.1-1.1 1.9 1.8 3.6-3.9z"/>'
    ),
    "todo": '<circle class="o" cx="8" cy="8" r="6"/>',
    "progress": '<circle class="o" cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z"/>',
    "none": '<path class="o" d="M3 8h10"/>',
    "late": '<circle class="o" cx="8" cy="8" r="6.2"/><path class="o" d="M8 4.4V8l2.5 1.6"/>',
    "returned": '<path class="o" d="M6 3.2 2.6 6.6 6 10M2.8 6.6H10a3.4 3.4 0 0 1 0 6.8H7.4"/>',
    "tick": '<path class="o" d="m2.5 8.5 3.7 3.7L13.5 4.4"/>',
    "up": '<path class="o" d="M8 13.5v-11M3.5 7 8 2.5 12.5 7"/>',
    "down": '<path class="o" d="M8 2.5v11M3.5 9 8 13.5 12.5 9"/>',
    "grip": (
        '<circle cx="5.5" cy="3" r="1.4"/><circle cx="10.5" cy="3" r="1.4"/>'
        '<circle cx="5.5" cy="8" r="1.4"/><circle cx="10.5" cy="8" r="1.4"/>'
        '<circle cx="5.5" cy="13" r="1.4"/><circle cx="10.5" cy="13" r="1.4"/>'
    ),
    "back": '<path class="o" d="M13.5 8h-11M7 3.5 2.5 8 7 12.5"/>',
    "same": '<path class="o" d="M2.5 8h11M9.5 4l4 4-4 4"/>',
    "link": (
        '<path class="o" d="M6.7 9.3a2.7 2.7 0 0 0 4 .2l2-2a2.7 2.7 0 0 0-3.8-3.9l-.9.9'
        'M9.3 6.7a2.7 2.7 0 0 0-4-.2l-2 2a2.7 2.7 0 0 0 3.8 3.9l.9-.9"/>'
    ),
    "eye": (
        '<path class="o" d="M1.2 8S3.6 3.6 8 3.6 14.8 8 14.8 8 12.4 12.4 8 12.4 1.2 8 1.2 8z"/>'
        '<circle cx="8" cy="8" r="2"/>'
    ),
    "like": (
        '<path class="o" d="M5 7.2 7.6 1.8c1.3 0 2 .9 1.8 2.1L9 6.4h3.6c.9 0 1.5.8 1.3 1.7'
        'l-1 4.4c-.1.7-.7 1.1-1.4 1.1H5zm0 0H2.2v6.4H5"/>'
    ),
    "love": (
        '<path class="o" d="M8 13.8C3.6 10.7 1.8 8.6 1.8 6.2a3.2 3.2 0 0 1 6.2-1.1 3.2 3.2'
        ' 0 0 1 6.2 1.1c0 2.4-1.8 4.5-6.2 7.6z"/>'
    ),
    "haha": (
        '<circle class="o" cx="8" cy="8" r="6.4"/><circle cx="5.8" cy="6.2" r="1"/>'
        '<circle cx="10.2" cy="6.2" r="1"/><path d="M4.4 8.8h7.2a3.6 3.6 0 0 1-7.2 0z"/>'
    ),
}

MARK = mark_safe(
    '<path d="M5 3v18M11.5 3v18M18 3v18M24.5 3v18"/><path class="fri" d="M1.5 18.5 28.5 5.5"/>'
)


def icon(name: str) -> SafeString:
    """The shape of that name, hidden from screen readers; a KeyError if there is none."""
    return mark_safe(
        f'<svg class="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{SHAPES[name]}</svg>"
    )


def mark(css_class: str = "mark") -> SafeString:
    """The portal's own mark: five strokes of a tally, a working week."""
    return mark_safe(
        f'<svg class="{css_class}" viewBox="0 0 30 24" aria-hidden="true" focusable="false">'
        f"{MARK}</svg>"
    )
