"""Chromium for the journeys: pages that note every complaint, sign-in by cookie, and axe."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
SECONDS = 10_000  # how long a step may take, in milliseconds

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "The browser journeys need Debian's package chromium"
    # Playwright keeps an event loop in this thread; Django would take that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def loaded_demo() -> dict[str, sqlite3.Connection]:
    """A copy of the loaded demonstration, so that it is entered only once."""
    return {}


@pytest.fixture
def site(live_server: Any, settings: Any, loaded_demo: dict[str, sqlite3.Connection]) -> str:
    """The address of a server that shows the demonstration, fresh for each test."""
    settings.DEMO = True
    connection.ensure_connection()
    if "copy" in loaded_demo:
        loaded_demo["copy"].backup(connection.connection)
    else:
        call_command("load_demo", verbosity=0)
        loaded_demo["copy"] = sqlite3.connect(":memory:")
        connection.connection.backup(loaded_demo["copy"])
    return live_server.url


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[OpenPage]:
    """Open a page: open_page("/", email="reader@ddat.example", phone=False, scripts=True).

    Each call is a browser of its own. At the end no page may have complained in its console,
    nor asked another host for anything.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # An answer such as 404 or 409 is for the test itself to judge.
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def note_stranger(url: str) -> None:
        if not url.startswith((site, "data:", "about:")):
            complaints.append(f"asked for {url}")

    def open_(
        path: str = "/", *, email: str = "", phone: bool = False, scripts: bool = True, **more: Any
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=scripts,
            viewport=PHONE if phone else DESKTOP,
            locale="en-GB",
            timezone_id="Europe/London",
            **more,
        )
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        if email:
            sign_in(context, email, site)
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: note_stranger(request.url))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(context: BrowserContext, email: str, site: str) -> None:
    """Give the browser the session of the person with that email, without the sign-in page."""
    from people.models import User

    client = Client()
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


@pytest.fixture(scope="session")
def check_axe() -> Callable[[Page], None]:
    """Fail with axe's own words if it finds anything wrong on the page."""
    axe = Axe()

    def check(page: Page) -> None:
        results = axe.run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
