"""Reading the mails that were sent, and following the links in them."""

import re
import threading
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from people.mail import MANY, WAITING

NEW = "rain on the roof"


def sent() -> list[EmailMessage]:
    """Every mail so far, once the threads that send them have nothing left to do."""
    for thread in threading.enumerate():
        if thread.name == MANY:
            thread.join()
    WAITING.join()
    return list(mail.outbox)


def link_in(message: EmailMessage) -> str:
    """The link's path."""
    (path,) = re.findall(r"http://testserver(/account/password/reset/\S+/\S+/)\n", message.body)
    return str(path)


def follow(client: Client, link: str) -> Any:
    """Open a link as a browser does, to the page it leads to."""
    return client.get(link, follow=True)


def set_password(client: Client, link: str, password: str = NEW) -> Any:
    """Open a link and set a password on its page."""
    page = follow(client, link)
    return client.post(page.wsgi_request.path, {"new_password": password})


def sign_in(client: Client, email: str, password: str = NEW) -> Any:
    """Sign in by the form."""
    return client.post("/account/sign-in/", {"login": email, "password": password})
