"""Reads the table of who may do what, and asks the portal each of its questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.http import HttpResponse
from django.urls import resolve

from tests.permissions.sending import sent
from tests.permissions.world import CAST, World

ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
DOORS = ("/account/sign-in/?next=", "/admin/login/?next=")  # the second leads to the first


@dataclass(frozen=True, eq=False)
class Row:
    """One line of the table: an address, how it is asked, and what each role is answered."""

    address: str
    methods: tuple[str, ...]
    sends: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.address, "+".join(self.methods), self.sends)))


def read_table(text: str) -> Iterator[Row]:
    """The rows of a table.

    An address stands at the margin, its questions indented under it: methods, and for POST the
    name of what is sent; then the answers in the order of `CAST`. "other" is every method that the
    address does not name.
    """
    address, named = "", set()
    for line in text.splitlines():
        words = line.split()
        if not words or words == CAST:
            continue
        if not line.startswith(" "):
            (address,), named = words, set()
            continue
        answers = words[-len(CAST) :]
        asked = words[: -len(CAST)]
        methods = [word for word in asked if word in ALL_METHODS]
        sends = " ".join(word for word in asked if word not in (*ALL_METHODS, "other"))
        if "other" in asked:
            methods = [method for method in ALL_METHODS if method not in named]
        named.update(methods)
        yield Row(address, tuple(methods), sends, dict(zip(CAST, answers, strict=True)))


def ask(
    world: World, role: str, method: str, address: str, sends: str = "", to: str = ""
) -> HttpResponse:
    """Ask as this person, sending what the row names; `to` is the address it would be sent to."""
    address = address_for(address)
    data = sent(world, sends, resolve(to or address).kwargs) if sends else {}
    client = world.client(role)
    client.handler = world.handler
    if method == "POST":
        return client.post(address, data)
    response = client.generic(method, address)
    if response.streaming:
        b"".join(response)  # a file that nobody reads would stay open
    return response


def address_for(address: str) -> str:
    """The address with the number of the first row of its model where the table says ONE."""
    if "/ONE/" not in address:
        return address
    _, _, app, model, *_ = address.split("/")
    row = apps.get_model(app, model).objects.order_by("pk").first()
    assert row
    return address.replace("ONE", str(row.pk))


def in_words(response: HttpResponse) -> str:
    """An answer as the table writes it: "in" to the door, "go" elsewhere, else its status."""
    if response.status_code in (302, 303):
        return "in" if response["Location"].startswith(DOORS) else "go"
    return str(response.status_code)
