"""300 scripts typed wherever words are taken: in Chromium none runs, and the policy is not needed.

The pages are the portal's own answers, headers and all, laid before the browser.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.views.i18n import JavaScriptCatalog
from playwright.sync_api import Browser, Page, Route

from people.models import Team, User
from projects.models import Project
from tests.browser.conftest import running_chromium
from tests.permissions.world import World, standing_world
from tests.prove.figures import record
from tests.prove.scripts_typed import PAYLOADS
from tests.prove.sizes import so_many
from tests.test_canary import singing
from weeknotes.content.document import Document
from weeknotes.content.kinds.metrics import MetricsSection

SITE = "http://localhost"
TOGETHER = 20  # payloads in one document
UNIT = 40  # letters of a metric's unit
LISTENER = """addEventListener("securitypolicyviolation",
    (event) => console.error("policy: " + event.violatedDirective));"""
WORDS_OF_SCRIPTS = (  # the admin's
    JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(RequestFactory().get("/")).content
)
DRAWN = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""
PAGES = [
    ("reader", "/"),
    ("reader", "/digests/"),
    ("reader", "/digests/published/"),
    ("reader", "/projects/"),
    ("reader", "/projects/included/"),
    ("contributor", "/updates/"),
    ("contributor", "/updates/collecting/projects/drafted/"),
    ("contributor", "/updates/collecting/projects/drafted/preview/"),
    ("contributor", "/updates/collecting/projects/submitted/history/"),
    ("director", "/desk/composing/"),
    ("director", "/desk/composing/preview/"),
    ("director", "/desk/composing/details/"),
    ("director", "/events/"),
    ("admin", "/admin/people/user/"),
]


class Looker:
    """A page of the browser, and what it complained of or did."""

    def __init__(self, browser: Browser) -> None:
        self.answers: dict[str, HttpResponse] = {}
        self.noticed: list[str] = []
        self.page: Page = browser.new_page()
        self.page.add_init_script(LISTENER)
        self.page.route("**/*", self._answer)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.noticed.append(str(error)))
        self.page.on("console", lambda said: self._console(said.type, said.text))

    def look(self, path: str, answer: HttpResponse) -> list[str]:
        """What is noticed when this answer is opened."""
        self.noticed = []
        self.answers = {path: answer}
        self.page.goto(f"{SITE}{path}", wait_until="load")
        self.page.evaluate(DRAWN)  # some scripts only run when the page is drawn, or scrolled
        return self.noticed

    def _dialog(self, dialog: Any) -> None:
        self.noticed.append(f"ran: {dialog.message}")
        dialog.dismiss()

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.noticed.append(text)

    def _answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if not route.request.url.startswith(f"{SITE}/"):
            self.noticed.append(f"asked for {route.request.url}")
            route.abort()
        elif asked.path.startswith("/static/"):
            found = finders.find(asked.path.removeprefix("/static/"))
            route.fulfill(path=Path(str(found))) if found else route.fulfill(status=404)
        elif asked.path == "/admin/jsi18n/":
            route.fulfill(content_type="text/javascript", body=WORDS_OF_SCRIPTS)
        elif answer := self.answers.get(asked.path):
            route.fulfill(
                status=answer.status_code, headers=dict(answer.headers), body=answer.getvalue()
            )
        else:
            route.fulfill(status=204)  # what a script asks now and then


def saying_all(payloads: Sequence[str]) -> Document:
    """A document with a section of every kind for each of them."""
    documents = [singing(payload) for payload in payloads]
    sections = (section for document in documents for section in document.sections)
    return replace(documents[0], sections=tuple(cut_units(section) for section in sections))


def cut_units(section: Any) -> Any:
    """A section as its form would take it: PostgreSQL keeps no unit that is longer."""
    if not isinstance(section, MetricsSection):
        return section
    rows = tuple(replace(row, unit=row.unit[:UNIT]) for row in section.rows)
    return replace(section, rows=rows)


def name_everything(payloads: Sequence[str]) -> None:
    """Everybody and everything is called one of them."""
    words = cycle(payloads)
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(
            forename=next(words), surname=next(words), job_title=next(words)
        )
    for model in (Team, Project):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(name=f"{next(words)} {one.pk}"[:150])


def pages_saying(blocker: Any, payloads: Sequence[str]) -> Iterator[tuple[str, HttpResponse]]:
    """The portal's answers in a world where nothing else is said."""
    words = cycle(payloads)
    options = {"words_of": lambda place: next(words), "document": lambda word: saying_all(payloads)}
    with standing_world(blocker, **options) as world:
        name_everything(payloads)
        yield from ((path, shown(world, role, path)) for role, path in PAGES)


def shown(world: World, role: str, path: str) -> HttpResponse:
    answer = world.client(role).get(path)
    assert answer.status_code == 200, path
    return answer


def test_no_script_that_is_typed_runs(transactional_db: None, django_db_blocker: Any) -> None:
    groups = [PAYLOADS[at : at + TOGETHER] for at in range(0, len(PAYLOADS), TOGETHER)]
    groups = groups[: so_many(len(groups))]
    noticed: list[Any] = []
    looked = 0
    with running_chromium() as browser:
        looker = Looker(browser)
        for group in groups:
            for path, answer in pages_saying(django_db_blocker, group):
                noticed += [(path, one, group) for one in looker.look(path, answer)]
                looked += 1
        controls = [*unescaped(looker, django_db_blocker)]
        connection.close()  # the one beside Chromium

    record(
        "Scripts that are typed",
        [
            ("Scripts", str(sum(len(group) for group in groups))),
            ("Pages looked at in Chromium", f"{looked:,}"),
            ("Ran, or reported by the policy", str(len(noticed))),
            ("Unescaped: reported; and without the policy: ran", f"{len(controls)} of 2"),
        ],
    )
    assert noticed == []
    assert len(controls) == 2


def unescaped(looker: Looker, blocker: Any) -> Iterator[str]:
    """What is noticed where a script stands as it was typed: with the policy, and without it."""
    path, answer = next(iter(pages_saying(blocker, PAYLOADS[:1])))
    answer.content = answer.content.replace(b"</h1>", b"</h1><img src=x onerror=alert(1)>", 1)
    yield from [one for one in looker.look(path, answer) if one.startswith("policy: ")][:1]
    del answer.headers["Content-Security-Policy"]
    yield from [one for one in looker.look(path, answer) if one.startswith("ran: ")][:1]
