"""Many people at their browsers at once: each with a session, cookies and a connection."""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException
from typing import Any, Protocol
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

TOKEN = "a" * 32
PATIENCE = 120  # seconds for one answer: SQLite lets writers in one by one
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    page: str
    location: str = ""

    def says(self, words: str) -> bool:
        """Whether the page has these words, whatever marks are in them."""
        return words in unescape(TAG.sub("", self.page))

    @property
    def hidden(self) -> dict[str, str]:
        """What the page's forms carry without showing it."""
        return {name: unescape(text) for name, text in HIDDEN.findall(self.page)}


class Hand(Protocol):
    """Somebody who opens pages and sends forms."""

    def get(self, path: str) -> Answer:
        """Open a page."""
        ...

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        ...

    def close(self) -> None:
        """Close the browser."""
        ...


class Gone(Exception):
    """No answer came: nobody knows what became of what was sent."""


class Browser:
    """A hand at a real server."""

    def __init__(self, address: str, session: str) -> None:
        self.connection = HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}

    def get(self, path: str) -> Answer:
        """Open a page. Raises Gone."""
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form. Raises Gone."""
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, form)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _ask(self, method: str, path: str, body: str = "", more: dict[str, str] = {}) -> Answer:  # noqa: B006
        try:
            self.connection.request(method, path, body or None, self.headers | more)
            answer = self.connection.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.connection.close()
            raise Gone(str(error)) from error
        return Answer(answer.status, page, answer.headers.get("Location", ""))


class Pretended:
    """A hand without a server: the small size, in the tests' own process."""

    def __init__(self, session: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.cookies["sessionid"] = session

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._answer(self.client.get(path))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self._answer(self.client.post(path, fields))

    def close(self) -> None:
        """Nothing is open."""

    def _answer(self, response: Any) -> Answer:
        return Answer(response.status_code, response.content.decode(), response.get("Location", ""))


def all_at_once(tasks: Iterable[tuple[Hand, Callable[[Hand], Any]]]) -> list[Any]:
    """Let each hand do its task, begun together; what each gave back, in order.

    Raises what the first of them raised.
    """
    todo = list(tasks)
    together = threading.Barrier(len(todo))
    given: dict[int, Any] = {}
    raised: list[BaseException] = []

    def run(place: int, hand: Hand, task: Callable[[Hand], Any]) -> None:
        try:
            together.wait()
            given[place] = task(hand)
        except BaseException as error:  # noqa: BLE001 (raised again below)
            raised.append(error)
        finally:
            hand.close()
            connection.close()

    threads = [threading.Thread(target=run, args=(n, *pair)) for n, pair in enumerate(todo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return [given[place] for place in range(len(todo))]
