"""The form of one update as a browser has it: opened, typed into, a button pressed."""

from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.weeknotes.browse import read, sent_by


class Sheet:
    """The form at one address, with what stands in its fields."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.open()

    def open(self) -> "Sheet":
        self._show(self.client.get(self.address))
        return self

    def type(self, **typed: str) -> "Sheet":
        """Type into fields; "__" in a name stands for "-"."""
        for name, words in typed.items():
            self.fields[name.replace("__", "-")] = words
        return self

    def press(self, button: str, **typed: str) -> HttpResponse:
        """Press a button; a page that is the form again is what stands there now."""
        self.type(**typed)
        response = self.client.post(self.address, {**self.fields, "do": button})
        if response.status_code != 302:
            self._show(response)
        return response

    def hold(self, *kinds: str, rows: int = 1) -> "Sheet":
        """Have sections of these kinds in place of those there are, with so many rows each."""
        order = [(f"s{place}", kind) for place, kind in enumerate(kinds)]
        counts = {f"{key}-row-count": str(rows) for key, _ in order}
        self.press("nothing", sections=",".join(f"{k}:{kind}" for k, kind in order), **counts)
        return self

    def add(self, kind: str) -> "Sheet":
        """Add a section of a kind."""
        self.press("add", add_kind=kind)
        return self

    @property
    def order(self) -> str:
        """The sections in their order."""
        return self.fields["sections"]

    def _show(self, response: HttpResponse) -> None:
        self.page: BeautifulSoup = read(response)
        self.fields: dict[str, Any] = sent_by(self.page)
