"""What stands round every page: the bar with the person's name, and the demonstration line."""

from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ddat.icons import mark

NOTHING = mark_safe("")

BAR = """<header class="bar"><div class="wrap">
<a class="brand" href="{home}">{mark}<span>DDaT Weeknotes</span></a>{person}
</div></header>
"""
PERSON = """
<nav aria-label="Main"><ul>{links}</ul></nav>
<div class="self">
<a class="me" href="{preferences}"{current}>{name}</a>
<form method="post" action="{sign_out}">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<button class="plain">Sign out</button>
</form>
</div>"""
DEMO = """<aside class="demo" aria-label="Demonstration"><p class="wrap"><b>Demonstration.</b>
People and words from after 18 May 2026 are invented.</p></aside>
"""


_address = cache(reverse)


def demo_html() -> SafeString:
    """The line that says that this is a demonstration, where it is one."""
    return mark_safe(DEMO) if settings.DEMO else NOTHING


def bar_html(request: HttpRequest, token: str = "") -> SafeString:
    """The demonstration line and the bar, for whoever asks for this page.

    `token` is the CSRF token of the page's other forms, where it has any: one does for all.
    """
    # A request refused early has no user yet.
    user: Any = getattr(request, "user", None)
    person = NOTHING
    if user and user.is_authenticated:
        person = format_html(
            PERSON,
            links=_links(request.path, user.is_editor, user.is_admin),
            name=user.name or user.email,
            preferences=(preferences := _address("account_preferences")),
            current=_current(request.path, preferences),
            sign_out=_address("account_logout"),
            token=token or get_token(request),
        )
    bar = format_html(BAR, home=_address("weeknotes:home"), mark=mark(), person=person)
    return demo_html() + bar


@lru_cache(1000)
def _links(path: str, is_editor: bool, is_admin: bool) -> SafeString:
    """The places this person may go, marking the one where they are."""
    places = [
        ("Home", "weeknotes:home", True),
        ("Digests", "weeknotes:archive", True),
        ("Projects", "weeknotes:projects", True),
        ("My updates", "weeknotes:mine", True),
        ("Desk", "weeknotes:desk", is_editor),
        ("Admin", "admin:index", is_admin),
    ]
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (href, _current(path, href), label)
            for label, name, may in places
            if may and (href := _address(name))
        ),
    )


def _current(path: str, href: str) -> SafeString:
    """Marks the page itself, or the part of the portal that the page belongs to."""
    if path == href:
        return mark_safe(' aria-current="page"')
    if href != "/" and path.startswith(href):
        return mark_safe(' aria-current="true"')
    return NOTHING
