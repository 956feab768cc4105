"""Mails leave by a real server, after the transaction, and its failures stop nobody."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django.test import Client

from people import mail as portal_mail
from people.models import User
from tests.people.mailing import link_in, sent, set_password

ASK = "/account/password/reset/"


class Inbox:
    """Keeps what the mail server was given."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Called by aiosmtpd."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@contextmanager
def served(inbox: Inbox, settings: Any) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    use_server(settings, port)
    yield
    server.stop()


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    inbox = Inbox()
    with served(inbox, settings):
        yield inbox


def use_server(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.mark.django_db
def test_link_goes_through_a_real_server(contributor: User, inbox: Inbox, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "DDaT Weeknotes <weeknotes@council.example>"
    Client().post(ASK, {"email": contributor.email})
    portal_mail.WAITING.join()

    (message,) = inbox.mails
    assert [message[name] for name in ("From", "To", "Subject", "Auto-Submitted")] == [
        "DDaT Weeknotes <weeknotes@council.example>",
        contributor.email,
        "Set a new password for DDaT Weeknotes",
        "auto-generated",
    ]
    assert message.get_content_type() == "text/plain"
    read = mail.EmailMessage(body=message.get_content().replace("\r\n", "\n"))
    assert set_password(Client(), link_in(read)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_starters_mail_leaves_after_the_transaction(
    as_admin: Client, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    send = mail.EmailMessage.send

    def noting(self: mail.EmailMessage, *args: Any) -> int:
        inside.append(connection.in_atomic_block)
        return send(self, *args)

    monkeypatch.setattr(mail.EmailMessage, "send", noting)
    data = {"email": "nia@council.example", "forename": "Zoë", "surname": "O’Neil"}

    as_admin.post("/admin/people/user/add/", data)

    (message,) = inbox.mails
    assert inside == [False]
    assert message.get_content().startswith("Hello Zoë O’Neil,")


@pytest.mark.django_db
def test_server_that_never_answers_is_given_up(contributor: User, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use_server(settings, silent.getsockname()[1])
        settings.EMAIL_TIMEOUT = 0.2
        message = mail.EmailMessage("Subject", "Words", to=[contributor.email])

        assert portal_mail.reach_server() is None
        assert portal_mail.send(message) is False


@pytest.mark.django_db
def test_failure_is_logged_without_a_name(
    contributor: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        use_server(settings, gone.getsockname()[1])
    Client().post(ASK, {"email": contributor.email})
    portal_mail.WAITING.join()

    assert [record.getMessage() for record in caplog.records] == [
        "A mail could not be sent: ConnectionRefusedError"
    ]


def test_thread_outlives_a_mail_that_breaks_it(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(message: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(portal_mail, "send", break_)
    portal_mail.send_later(mail.EmailMessage(to=["a@council.example"]))
    portal_mail.WAITING.join()
    monkeypatch.undo()

    portal_mail.send_later(mail.EmailMessage("Subject", "Words", to=["a@council.example"]))
    portal_mail.WAITING.join()

    assert [record.getMessage() for record in caplog.records] == ["A mail could not be sent"]
    assert [message.subject for message in mail.outbox] == ["Subject"]


def test_when_too_many_wait_one_is_given_up(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_mail, "_start", lambda: None)
    monkeypatch.setattr(portal_mail, "WAITING", portal_mail.Queue(1))
    for _ in range(2):
        portal_mail.send_later(None)

    assert [record.getMessage() for record in caplog.records] == [
        "A mail was not sent: 1000 others are waiting"
    ]


class Moody(Inbox):
    """Drops the connection instead of taking every second mail."""

    times = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.times += 1
        if self.times % 2:
            return await super().handle_DATA(server, session, envelope)
        server.transport.close()
        return "421 gone"


def mails_to(*names: str) -> list[mail.EmailMessage]:
    return [mail.EmailMessage("Subject", to=[f"{name}@council.example"]) for name in names]


def test_a_dropped_connection_costs_one_mail(settings: Any) -> None:
    inbox = Moody()

    with served(inbox, settings):
        taken = list(portal_mail.send_all(mails_to("a", "b", "c", "d", "e")))

    assert taken == [True, False, True, False, True]
    assert [message["To"] for message in inbox.mails] == [
        f"{name}@council.example" for name in "ace"
    ]


def test_a_server_that_went_away_is_not_asked_for_each(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        use_server(settings, gone.getsockname()[1])

    assert list(portal_mail.send_all(mails_to("a", "b", "c"))) == [False] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "The mail server cannot be reached: ConnectionRefusedError"
    ]


def test_nobodys_link_waits_behind_many(monkeypatch: pytest.MonkeyPatch) -> None:
    first, are_held = mails_to("first")[0], threading.Event()
    send = portal_mail.send

    def hold(message: mail.EmailMessage, **way: Any) -> bool:
        if message is not first:
            are_held.wait(10)
        return send(message, **way)

    monkeypatch.setattr(portal_mail, "send", hold)
    portal_mail.send_all_later(mails_to("a", "b"))
    portal_mail.send_later(first)
    portal_mail.WAITING.join()
    before = [message.to for message in mail.outbox]
    are_held.set()

    assert before == [["first@council.example"]]
    assert len(sent()) == 3
