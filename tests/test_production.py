"""Production's answers: their headers and cookies, and what Mozilla's Observatory would say."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.observatory import modifiers, score
from tests.permissions.world import World, standing_world
from tests.production import HOST, production_settings

pytestmark = pytest.mark.django_db

LEAST = 110
PASSWORD = "a password that is long enough"
PAGES = {
    "sign-in": ("anonymous", "/account/sign-in/"),
    "home": ("reader", "/"),
    "digest": ("reader", "/digests/published/"),
    "form": ("contributor", "/updates/collecting/projects/drafted/"),
    "desk": ("director", "/desk/composing/"),
    "admin": ("admin", "/admin/people/user/"),
    "missing": ("anonymous", "/nowhere/"),
    "statement": ("anonymous", "/accessibility/"),
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with production_settings(), standing_world(django_db_blocker) as world:
        yield world


@pytest.fixture(autouse=True)
def _production(world: World) -> Iterator[None]:
    with production_settings():
        yield


def browser(world: World, who: str) -> Client:
    """A browser of that person, asking as the proxy passes it on."""
    client = world.client(who)
    client.defaults |= {"HTTP_HOST": HOST, "HTTP_X_FORWARDED_PROTO": "https"}
    return client


def answer(world: World, page: str) -> HttpResponse:
    who, path = PAGES[page]
    return browser(world, who).get(path)


@pytest.mark.parametrize("page", PAGES)
def test_the_observatory_gives_at_least_110(world: World, page: str) -> None:
    response = answer(world, page)

    assert response.status_code == (404 if page == "missing" else 200)
    assert score(response) >= LEAST, modifiers(response)


@pytest.mark.parametrize(
    "header",
    [
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Referrer-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
    ],
)
def test_the_observatory_misses_a_header(world: World, header: str) -> None:
    response = answer(world, "home")
    before = score(response)

    del response[header]

    assert score(response) < before


@pytest.mark.parametrize(
    ("flag", "value"), [("secure", ""), ("samesite", ""), ("samesite", "None")]
)
def test_the_observatory_sees_a_careless_cookie(world: World, flag: str, value: str) -> None:
    response = answer(world, "home")
    before = score(response)

    response.cookies["__Host-csrftoken"][flag] = value

    assert score(response) < before


def test_the_observatory_sees_what_a_policy_lets_in(world: World) -> None:
    response = answer(world, "home")
    policy = response["Content-Security-Policy"]
    scores = [score(response)]
    for looser in ("script-src 'self' 'unsafe-inline'", "script-src 'self' 'unsafe-eval'"):
        response["Content-Security-Policy"] = policy.replace("script-src 'self'", looser)
        scores.append(score(response))

    assert scores[0] == max(scores)
    assert scores.count(scores[0]) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_says_what_it_must(world: World, page: str) -> None:
    headers = answer(world, page).headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers


@pytest.mark.parametrize(
    ("page", "kept", "varies"),
    [
        ("home", "private, no-store", True),
        ("digest", "private, no-cache", True),
        ("form", "private, no-store", True),
        ("desk", "private, no-store", True),
    ],
)
def test_only_a_published_digest_may_be_kept_for_asking_again(
    world: World, page: str, kept: str, varies: bool
) -> None:
    headers = answer(world, page).headers

    assert set(headers["Cache-Control"].split(", ")) == set(kept.split(", "))
    assert ("Cookie" in headers["Vary"]) == varies
    assert ("ETag" in headers) == (page == "digest")


def test_the_admin_is_not_stored(world: World) -> None:
    assert {"private", "no-store"} <= set(answer(world, "admin")["Cache-Control"].split(", "))


def test_cookies_are_held_to_https_and_to_this_host(world: World) -> None:
    person = world.people["reader"]
    person.set_password(PASSWORD)
    person.save()
    client = browser(world, "anonymous")
    token = client.get("/account/sign-in/").cookies["__Host-csrftoken"]

    session = client.post(
        "/account/sign-in/", {"login": person.email, "password": PASSWORD}
    ).cookies["__Host-sessionid"]

    for cookie in (token, session):
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_http_is_sent_on_to_https(world: World) -> None:
    client = world.client("reader")
    client.defaults["HTTP_HOST"] = HOST

    response = client.get("/digests/?words=a")

    assert (response.status_code, response["Location"]) == (301, f"https://{HOST}/digests/?words=a")
    assert response.content == b""


def test_signing_out_empties_the_browsers_cache(world: World) -> None:
    client = browser(world, "reader")

    assert "Clear-Site-Data" not in client.get("/account/sign-out/")
    assert client.post("/account/sign-out/")["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.post("/account/sign-out/")
    world.sessions.pop("reader")
