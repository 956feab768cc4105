"""What an answer tells, what is kept, and which addresses there are."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse


def shown(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """All that an answer tells; tokens differ each time, and a keyed tag for each reader."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    # The door's address and the page's links may name the page that was asked for.
    varying = ("Location", "Content-Length", "ETag", "X-Request-ID")
    headers = {k: v for k, v in response.headers.items() if k not in varying}
    return response.status_code, headers, body


def nonsense_for(address: str) -> Iterator[str]:
    """The same address, each of its slugs and numbers in turn changed for one nothing has."""
    pattern = pattern_of(address)
    if not pattern or address.startswith("/admin/"):
        return
    match = resolve(address)
    for name in match.kwargs:
        if name != "kind":
            nothing = 999_999 if name == "number" else "nonsense"
            yield reverse(match.view_name, kwargs={**match.kwargs, name: nothing})


@contextmanager
def writing() -> Iterator[list[str]]:
    """Collects the statements that write, but for sessions."""
    written: list[str] = []

    def note(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield written


def everything_kept(*, beside: Collection[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that somebody's doing can change: all but sessions, and the tables `beside`."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values_list())
        for model in apps.get_app_config("weeknotes").get_models()
        if model._meta.label not in beside
    }


def every_pattern() -> Iterator[str]:
    """The pattern of every address there is."""

    def walk(patterns: list[Any], before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern).removeprefix("^")
            if isinstance(pattern, URLPattern):
                yield route
            else:
                yield from walk(pattern.url_patterns, route)

    return walk(get_resolver().url_patterns, "")


def pattern_of(address: str) -> str | None:
    """The pattern that answers at an address, None where there is no page of ours."""
    try:
        return resolve(address).route
    except Resolver404:
        return None
