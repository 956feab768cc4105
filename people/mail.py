"""The mails that the portal sends, and how they leave."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from queue import Full, Queue
from smtplib import SMTPException
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from people.links import link_for

if TYPE_CHECKING:
    from people.models import User

DAY = 24 * 60 * 60
MOST_WAITING = 1000
MANY = "mails"  # the thread that sends them
PAUSE = 0.2  # seconds: the answer is on its way before its mail is
FAILURES = (SMTPException, OSError, ValueError)
WAITING: Queue[EmailMessage | None] = Queue(MOST_WAITING)

log = logging.getLogger(__name__)


def link_mail(
    request: HttpRequest, person: "User", *, by: "User | None" = None, has_come_back: bool = False
) -> EmailMessage:
    """The mail with a link for this person; `by` is the admin who has it sent, if any.

    Who has come back, now or since they last signed in, is not welcomed as somebody new.
    """
    is_first = not person.has_usable_password()
    context = {
        "person": person,
        "by": by,
        "link": link_for(request, person),
        "ask": request.build_absolute_uri(reverse("account_reset_password")),
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
        "is_first": is_first,
        "is_back": has_come_back or (is_first and person.last_login is not None),
    }
    which = "your" if is_first and not context["is_back"] else "a new"
    return _mail(person.email, f"Set {which} password for DDaT Weeknotes", "link", context)


def moved_mail(person: "User", *, old: str, by: "User") -> EmailMessage:
    """The mail to somebody's old address, which says that they have another one now."""
    context = {"person": person, "old": old, "by": by}
    return _mail(old, "Your email address for DDaT Weeknotes was changed", "moved", context)


def _mail(to: str, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    return EmailMessage(
        subject=subject,
        body=render_to_string(f"people/mail/{template}.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )


def reach_server() -> BaseEmailBackend | None:
    """A connection to the mail server, for several mails; none when it does not answer."""
    server = get_connection()
    try:
        server.open()
    except FAILURES as error:
        log.error("The mail server cannot be reached: %s", type(error).__name__)
        return None
    return server


def send(message: EmailMessage, *, by_way_of: BaseEmailBackend | None = None) -> bool:
    """Send a mail; whether the mail server took it. Not for use inside a transaction."""
    message.connection = by_way_of
    try:
        return bool(message.send())
    except FAILURES as error:
        # What the server answered may name the person.
        log.error("A mail could not be sent: %s", type(error).__name__)
        return False


def send_all(messages: Sequence[EmailMessage]) -> Iterator[bool]:
    """Send several over one connection, made anew when it broke: for each, whether it was taken.

    Not for use inside a transaction.
    """
    server = reach_server() if messages else None
    for message in messages:
        is_taken = server is not None and send(message, by_way_of=server)
        if server is not None and not is_taken:
            _leave(server)
            server = reach_server()
        yield is_taken
    if server is not None:
        _leave(server)


def _leave(server: BaseEmailBackend) -> None:
    with suppress(*FAILURES):
        server.close()


def send_all_later(messages: Sequence[EmailMessage]) -> None:
    """Have several sent by a thread of their own: nobody's link waits behind them."""
    Thread(target=_send_each, args=[messages], name=MANY, daemon=True).start()


def _send_each(messages: Sequence[EmailMessage]) -> None:
    try:
        for _ in send_all(messages):
            pass
    except Exception:
        log.exception("Some mails could not be sent")


def send_later(message: EmailMessage | None) -> None:
    """Have a mail sent by a thread of this process; nothing is also something to send.

    So no answer takes longer, or shorter, for it (docs/decisions/0011).
    """
    _start()
    try:
        WAITING.put_nowait(message)
    except Full:
        log.error("A mail was not sent: %s others are waiting", MOST_WAITING)


@cache
def _start() -> None:
    Thread(target=_send_what_waits, name="mail", daemon=True).start()


def _send_what_waits() -> None:
    while True:
        message = WAITING.get()
        sleep(PAUSE)
        try:
            if message:
                send(message)
        except Exception:
            log.exception("A mail could not be sent")
        finally:
            WAITING.task_done()
