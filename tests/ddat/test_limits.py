"""A body larger than 2.5 MB is answered in words, whatever it is and however it is sent."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from ddat.wsgi import application
from tests.factories import UserFactory

MOST = 2_621_440  # bytes: 2.5 MB
SIGN_IN = "/account/sign-in/"


def large(kind: str) -> dict[str, Any]:
    """A body of just over the limit, of that kind."""
    words = "x" * MOST
    if kind == "form":
        return {"data": f"login={words}", "content_type": "application/x-www-form-urlencoded"}
    if kind == "file":
        return {"data": {"file": SimpleUploadedFile("a.csv", words.encode())}}
    if kind == "parts":
        return {"data": {"words": words}}
    return {"data": f"{words}x", "content_type": "text/plain"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["form", "file", "parts", "text"])
@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_what_is_too_large_is_told_in_the_house_style(kind: str, who: str) -> None:
    client = Client(raise_request_exception=False)
    if who == "reader":
        client.force_login(UserFactory())

    answer = client.post(SIGN_IN, **large(kind))

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 413
    assert page.h1.get_text(strip=True) == "That was too large"
    assert "Go back: your browser usually still holds what you typed." in page.main.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_largest_body_is_taken(client: Client) -> None:
    words = f"login={'x' * (MOST - len('login='))}"

    answer = client.post(SIGN_IN, words, content_type="application/x-www-form-urlencoded")

    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == MOST
    assert answer.status_code == 200


def test_a_length_that_is_no_number_breaks_nothing(client: Client) -> None:
    for length in ("many", "-1", "9" * 5000, "²"):
        answer = client.generic("POST", "/nowhere/", CONTENT_LENGTH=length)

        assert answer.status_code in (404, 413)


def asked(body: bytes, **said: str) -> tuple[str, bytes]:
    """Ask the WSGI application as a server does: the status, and the page."""
    environ = RequestFactory().post("/nowhere/").environ
    environ.pop("CONTENT_LENGTH")
    started: list[str] = []
    kind = "application/x-www-form-urlencoded"
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_TYPE": kind, "SERVER_NAME": "localhost"}
    answer = application({**environ, **said}, lambda status, headers: started.append(status))
    page = b"".join(answer)
    answer.close()
    return started[0], page


@pytest.mark.parametrize(
    ("size", "status"), [(10, "403 Forbidden"), (MOST + 1, "413 Request Entity Too Large")]
)
@pytest.mark.django_db
def test_a_body_in_chunks_is_measured_too(size: int, status: str) -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "PATH_INFO": SIGN_IN}

    assert asked(b"x" * size, **chunked)[0] == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset*=utf-8''%00",
        "text/plain; charset*=nonsense''%41",
        "text/plain; charset=a\0b",
        "multipart/form-data; boundary*=x''%ff",
        "text/plain; charset*=utf-16''%ff",
        "a" * 5000 + "; charset=x",
        "; charset=",
        "text/plain; charset=unknown",
    ],
)
def test_a_content_type_that_cannot_be_read_is_no_error_of_ours(kind: str) -> None:
    status, page = asked(b"", CONTENT_TYPE=kind)

    assert status in ("400 Bad Request", "404 Not Found", "403 Forbidden")
    assert b"<h1>" in page
