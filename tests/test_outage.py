"""When the database fails, people are told so, keep what they typed, and can send it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, connection, utils
from django.http import HttpResponse
from django.test import Client

from ddat import errors
from ddat.outage import is_outage
from tests.factories import PASSWORD, UserFactory
from tests.prove.unguarded import is_never_an_outage
from tests.test_error_pages import assert_house_style
from tests.weeknotes.browse import spoken, value_of
from tests.weeknotes.week import open_digest, project_of
from weeknotes.updates.models import Update

TOKEN = "a" * 32
WORDS = 'We met <b>the residents</b> & "friends".\r\n\r\n- one\r\n- \u202etwo'


def gone(*args: Any) -> None:
    raise OperationalError("the server closed the connection")


def cause(error: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """As Django raises what an engine raised."""
    told = kind(str(error))
    told.__cause__ = error
    return told


def refused_by_sqlite(path: Path, statement: str, *, options: str = "") -> Exception:
    with (
        closing(sqlite3.connect(f"file:{path}{options}", uri=True, timeout=0)) as one,
        pytest.raises(sqlite3.Error) as refusal,
    ):
        one.execute(statement)
    return refusal.value


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A database that somebody else is writing to."""
    with closing(sqlite3.connect(tmp_path / "words.sqlite3")) as other:
        other.execute("CREATE TABLE words (word text UNIQUE)")
        other.execute("BEGIN IMMEDIATE")
        yield tmp_path / "words.sqlite3"


@pytest.mark.parametrize(
    ("statement", "options", "expected"),
    [
        ("INSERT INTO words VALUES ('one')", "", True),  # locked
        ("INSERT INTO words VALUES ('one')", "?mode=ro", True),
        ("SELECT * FROM missing", "", False),
        ("SELECT nothing FROM words", "", False),
    ],
)
def test_sqlite_failing_is_told_from_being_asked_amiss(
    file: Path, statement: str, options: str, expected: bool
) -> None:
    assert is_outage(cause(refused_by_sqlite(file, statement, options=options))) is expected


def test_a_damaged_file_is_an_outage(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite3"
    path.write_text("Something else altogether, and long enough." * 100)

    assert is_outage(cause(refused_by_sqlite(path, "SELECT * FROM words"), DatabaseError))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (cause(psycopg.errors.AdminShutdown()), True),
        (cause(psycopg.errors.DiskFull()), True),
        (cause(psycopg.OperationalError("connection refused")), True),
        (cause(psycopg.InterfaceError("closed"), utils.InterfaceError), True),
        (cause(psycopg.errors.ReadOnlySqlTransaction(), utils.InternalError), True),
        (cause(psycopg.errors.InternalError_(), utils.InternalError), True),
        (cause(psycopg.errors.InFailedSqlTransaction(), utils.InternalError), False),
        (cause(psycopg.errors.UndefinedTable(), utils.ProgrammingError), False),
        (cause(psycopg.errors.UniqueViolation(), IntegrityError), False),
        (ValueError("no number"), False),
        (None, False),
    ],
)
def test_postgresql_failing_is_told_from_being_asked_amiss(
    error: Exception | None, expected: bool
) -> None:
    assert is_outage(error) is expected


class Writing:
    """Somebody at the form of their project, whose browser holds a token."""

    def __init__(self) -> None:
        person = UserFactory()
        self.project = project_of(person)
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.client.force_login(person)
        self.client.cookies["csrftoken"] = TOKEN
        self.address = f"/updates/{open_digest().slug}/projects/{self.project.slug}/"

    def send(self, **changes: Any) -> HttpResponse:
        sent = {"version": "0", "sections": "s0:text", "s0-text": WORDS, "do": "preview"}
        return self.client.post(self.address, {**sent, "csrfmiddlewaretoken": TOKEN, **changes})


@pytest.fixture
def writing(db: None) -> Writing:
    return Writing()


def sent_again(response: HttpResponse) -> dict[str, str]:
    """What the only form of a page sends."""
    (form,) = BeautifulSoup(response.content, "html.parser").select("form")
    return {field["name"]: value_of(field) for field in form.select("input")}


def test_what_was_sent_stands_in_the_page_and_is_sent_again(writing: Writing) -> None:
    with connection.execute_wrapper(gone):
        response = writing.send()

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert_house_style(response, "Not saved yet")
    page = BeautifulSoup(response.content, "html.parser")
    assert [value_of(area) for area in page.select("textarea")] == [WORDS]
    assert page.form["action"] == writing.address
    assert page.form["method"] == "post"
    assert spoken(page.form.button) == "Try again"

    answer = writing.client.post(page.form["action"], sent_again(response))
    assert answer.headers["Location"] == f"{writing.address}preview/"
    (section,) = Update.objects.get().latest.document.sections
    assert section.text == WORDS.replace("\r\n", "\n").replace("\u202e", "")


def test_without_the_page_the_words_are_gone(
    writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(errors, "is_outage", is_never_an_outage)
    with connection.execute_wrapper(gone):
        response = writing.send()

    assert response.status_code == 500
    assert b"residents" not in response.content


def test_without_the_token_nothing_is_carried(writing: Writing) -> None:
    """Another site could make the browser send it, and the person press the button."""
    with connection.execute_wrapper(gone):
        response = writing.send(csrfmiddlewaretoken="b" * 32)

    assert response.status_code == 503
    assert_house_style(response, "Not saved yet")
    assert BeautifulSoup(response.content, "html.parser").select("form, input, textarea") == []
    assert b"residents" not in response.content


def test_an_answer_that_fails_after_the_view_carries_it_too(writing: Writing) -> None:
    """What is saved then is saved; sending it again is the same save."""

    def later(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE") and "django_session" in sql:
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(later):
        response = writing.send(do="save")
    assert response.status_code == 503
    assert Update.objects.count() == 1

    again = writing.client.post(writing.address, sent_again(response))
    assert again.status_code == 302
    assert Update.objects.get().version == 1


@pytest.mark.parametrize(
    "more",
    [{"new_password": "x y"}, {"file": SimpleUploadedFile("people.csv", b"a person")}],
)
def test_no_password_and_no_file_is_carried(writing: Writing, more: dict[str, Any]) -> None:
    with connection.execute_wrapper(gone):
        response = writing.send(**more)

    assert response.status_code == 503
    assert BeautifulSoup(response.content, "html.parser").select("form, input, textarea") == []


@pytest.mark.django_db
def test_a_sign_in_is_not_repeated_by_the_page() -> None:
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(gone):
        response = client.post(
            "/account/sign-in/", {"login": "a@council.example", "password": PASSWORD}
        )

    assert response.status_code == 503
    assert PASSWORD not in response.content.decode()
    assert "a@council.example" not in response.content.decode()


def test_what_cannot_be_read_is_not_carried(writing: Writing) -> None:
    with connection.execute_wrapper(gone):
        response = writing.send(**{f"field-{number}": "x" for number in range(5001)})

    assert response.status_code in (400, 503)
    assert BeautifulSoup(response.content, "html.parser").select("form, input, textarea") == []


def test_a_page_that_cannot_be_shown_can_be_asked_for_again(writing: Writing) -> None:
    with connection.execute_wrapper(gone):
        response = writing.client.get("/digests/?page=2&title=<b>")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert_house_style(response, "Not available just now")
    page = BeautifulSoup(response.content, "html.parser")
    (link,) = page.select("main a.govuk-button")
    assert link["href"] == "/digests/?page=2&title=%3Cb%3E"
