"""The portal as it would be if nothing made its answers alike: the control of the proof."""

from typing import Any

from ddat.wsgi import application as application
from people import mail, views
from people.backends import PortalBackend


def send_at_once(message: Any) -> None:
    """Send a mail while the answer waits for it."""
    if message:
        mail.send(message)


PortalBackend._mitigate_timing_attack = lambda self, password: None
views.send_later = send_at_once
