"""Chromium, and the real server for each journey: pages that note every complaint, and axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright

from tests.browser.hands import LEAD, tell
from tests.browser.looking import (
    ALL,
    COLOURS,
    DESKTOP,
    NOT_COLOURS,
    PHONE,
    SETTLE,
    UNFOLD,
    check_width,
)
from tests.browser.serving import Made, afresh, copy_of, make_once, served
from tests.conftest import migrated

MILLISECONDS = 30_000  # how long a step may take where many programs share a machine
FLAGS = """--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking
    --disable-component-update --disable-sync --no-first-run"""
AXES = "Applying inline style violates"  # to measure, which the policy refuses it
GRANT = """INSERT INTO people_rolegrant (person_id, role, granted_by_id, granted_at)
SELECT id, 'editor', id, '2026-01-01 09:00:00' FROM people_user WHERE email = ?"""

OpenPage = Callable[..., Page]
Check = Callable[..., None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    with running_chromium() as browser:
        yield browser


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """The system's Chromium, until the block ends; without windows, which nobody sees, where it is.

    Playwright keeps an event loop in this thread, where Django has connections of their own.
    """
    whole = shutil.which("chromium") or shutil.which("chromium-browser")
    program = shutil.which("chromium-headless-shell") or whole
    assert program, "The browser journeys need Debian's package chromium"
    expect.set_options(timeout=MILLISECONDS)
    # Django would take this for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=FLAGS.split(), timeout=4 * MILLISECONDS
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def keeping_chromium(chromium: Browser) -> Iterator[Browser]:
    """One more, which keeps left pages whole for Back, as people's do; Playwright's does not."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=FLAGS.split(),
        timeout=4 * MILLISECONDS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The loaded demonstration and the static files, made once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made"
    return make_once(folder, migrated())


@pytest.fixture(scope="session")
def kept(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """The servers that stay up for the whole run: one for each database, when it is asked for."""
    servers: dict[str, tuple[Path, str]] = {}
    with ExitStack() as stack:

        def kept_one(name: str) -> tuple[Path, str]:
            if name not in servers:
                database = copy_of(made, name, tmp_path_factory.mktemp("kept"))
                servers[name] = database, stack.enter_context(served(made, database))
            return servers[name]

        yield kept_one


@pytest.fixture
def site(made: Made, kept: Callable[..., Any], tmp_path: Path) -> Iterator[str]:
    """The address of a server that shows the demonstration, fresh for each test."""
    with afresh(made, *kept("site"), tmp_path) as address:
        yield address


@pytest.fixture
def odd_site(made: Made, kept: Callable[..., Any], tmp_path: Path) -> Iterator[str]:
    """The same where everybody and everything has a name that breaks layouts."""
    with afresh(made, *kept("odd"), tmp_path) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run: a journey that asks for it is made once with and once without."""
    return bool(request.param)


@pytest.fixture
def complaints() -> list[str]:
    """What the pages complained of so far; a test that provokes one looks at it and clears it."""
    return []


@pytest.fixture
def second_editor(site: str, tmp_path: Path) -> str:
    """The lead, who is an editor as well."""
    tell(tmp_path / "site.sqlite3", GRANT, LEAD)
    return LEAD


@pytest.fixture
def open_page(
    chromium: Browser, made: Made, complaints: list[str], request: pytest.FixtureRequest
) -> Iterator[OpenPage]:
    """Open a page: open_page("/", email="reader@ddat.example", phone=False, scripts=True).

    Each call is a browser of its own. At the end no page may have complained in its console,
    missed a file, asked another host for anything or been answered with a server's error.
    """
    site = request.getfixturevalue("odd_site" if "odd_site" in request.fixturenames else "site")
    contexts: list[BrowserContext] = []

    def open_(
        path: str = "/", *, email: str = "", phone: bool = False, scripts: bool = True, **more: Any
    ) -> Page:
        settings = {"viewport": PHONE if phone else DESKTOP, **more}
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            **settings,
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS)
        watch(context, site, complaints)
        if email:
            sign_in(context, made.known["sessions"][email], site)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def watch(context: BrowserContext, site: str, complaints: list[str]) -> None:
    """Note whatever goes wrong on any page of this browser."""

    def note_answer(response: Response) -> None:
        # A page that answers 404 or 409 is for the test itself to judge.
        is_page = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= (500 if is_page else 400):
            complaints.append(f"{response.status} for {response.url}")

    def note_request(url: str) -> None:
        if not url.startswith((site, "data:", "about:", "blob:")):
            complaints.append(f"asked for {url}")

    def note_console(kind: str, text: str) -> None:
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            complaints.append(text)

    context.on("console", lambda message: note_console(message.type, message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: note_request(request.url))
    context.on("response", note_answer)


def sign_in(context: BrowserContext, session: str, site: str) -> None:
    """Give the browser that session, without the sign-in page."""
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The axe that looks at every page."""
    return Axe()


@pytest.fixture
def check_axe(axe: Axe, complaints: list[str]) -> Check:
    """Fail with axe's own words if it finds anything wrong on the page of what it looks for."""

    def check(page: Page, looking_for: dict[str, Any] = ALL) -> None:
        before = len(complaints)
        page.wait_for_load_state()
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(axe.axe_script)
        page.evaluate(SETTLE)
        options = {"resultTypes": ["violations"], "preload": False, **looking_for}
        results = AxeResults(page.evaluate("options => axe.run(options)", options))
        complaints[before:] = [one for one in complaints[before:] if not one.startswith(AXES)]
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def look(check_page: Check, scripts: bool) -> Check:
    """Look at a page of a journey that is made twice, the time that scripts run: axe is one."""
    return check_page if scripts else lambda page, **how: None


@pytest.fixture
def check_page(check_axe: Check) -> Check:
    """Look at a page wide and light, narrow and dark, and with large letters."""

    def check(page: Page, *, is_seen_before: bool = False) -> None:
        """Of a page looked at before, with other words in it, all but the colours on a phone."""
        page.wait_for_load_state()
        page.evaluate(UNFOLD)
        looks = [("light", DESKTOP, ALL), ("dark", PHONE, COLOURS)]
        if is_seen_before:
            looks = [("dark", PHONE, NOT_COLOURS)]
        for scheme, size, looking_for in looks:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            check_axe(page, looking_for)
        check_width(page)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")

    return check
