"""The forms that stand on the portal's pages, found by walking: a new one is found by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.urls import resolve

from tests.permissions.looking import pattern_of
from tests.permissions.sending import sent
from tests.permissions.table import Row, address_for
from tests.permissions.world import World, undone
from tests.test_permissions import ROWS

WALKERS = ["anonymous", "reader", "contributor", "director", "admin"]


@dataclass(frozen=True, repr=False)
class WalkedForm:
    """A form that is posted: who is shown it, on which page, and what it would send as it is."""

    role: str
    page: str
    action: str
    fields: tuple[tuple[str, str], ...]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Keep the report of a failing example short."""
        printer.text(f"{self.role} {self.action}")


def every_form(world: World) -> list[WalkedForm]:
    """One form of each kind: that leads to one address by one set of names."""
    found: dict[object, WalkedForm] = {}
    for role in WALKERS:
        for page, answer in _answers(world, role):
            for form in _forms(role, page, answer):
                names = frozenset(name for name, _ in form.fields)
                kind = (pattern_of(form.action.partition("?")[0]), names, answer.status_code)
                found.setdefault(kind, form)
    return [*found.values(), *_sent_by_the_table(world)]


def _sent_by_the_table(world: World) -> Iterator[WalkedForm]:
    """What the table sends, as somebody whom it is not refused: scripts send some of it alone."""
    for row in ROWS:
        able = takers(row)
        if "POST" in row.methods and able and not row.address.startswith("/static/"):
            address = address_for(row.address)
            data = sent(world, row.sends, resolve(address).kwargs) if row.sends else {}
            fields = tuple((name, str(value)) for name, value in sorted(data.items()))
            yield WalkedForm(able[-1], address, address, fields)


def takers(row: Row) -> list[str]:
    """Who of the walkers is not refused what the row asks."""
    return [role for role in WALKERS if row.answers[role] not in ("403", "404", "405", "in")]


def _answers(world: World, role: str) -> Iterator[tuple[str, HttpResponse]]:
    """Every page that the table says somebody is shown, and what comes back to a form."""
    for place, sends in sorted({(row.address, row.sends) for row in ROWS if _shown(row, role)}):
        with undone():
            address = address_for(place)
            client = world.client(role)
            if sends:
                answer = client.post(address, sent(world, sends, resolve(address).kwargs))
            else:
                answer = client.get(address)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield address, answer


def _shown(row: Row, role: str) -> bool:
    """Whether there is a page to look at; a file is none."""
    if row.address.startswith("/static/"):
        return False
    asked = "POST" if row.sends else "GET"
    return asked in row.methods and row.answers[role] not in ("404", "405", "in", "go")


def _forms(role: str, page: str, answer: HttpResponse) -> Iterator[WalkedForm]:
    """The forms of one page that are posted."""
    for form in BeautifulSoup(answer.getvalue().decode(), "html.parser").find_all("form"):
        if form.get("method", "get").lower() == "post":
            buttons = form.find_all("button")
            for target in {form.get("action") or "", *(b.get("formaction") or "" for b in buttons)}:
                action = urljoin(page, target)
                yield WalkedForm(role, page, action, tuple(sorted(_fields(form).items())))


def _fields(form: Tag) -> dict[str, str]:
    """What a form holds, with its first button pressed."""
    said = {}
    for field in form.find_all(["input", "textarea", "select", "button"]):
        name = str(field.get("name", ""))
        if name in ("", "csrfmiddlewaretoken") or name in said:
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            said[name] = str(chosen.get("value", "")) if chosen else ""
        else:
            said[name] = field.text if field.name == "textarea" else str(field.get("value", ""))
    return said
