"""What `manage.py check --deploy` asks of a portal that people use."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from people.backends import DEMO_DOMAIN
from people.models import User


@register(Tags.security, Tags.database, deploy=True)
def check_demo_accounts(**asked: Any) -> list[CheckMessage]:
    """An error while an account of the demonstration exists: everybody knows its password."""
    if settings.DEMO:
        return [
            Warning(
                "DEMO=1 lets the demonstration's accounts sign in; their password is published.",
                hint="Take DEMO out of the environment, and begin with an empty database.",
                id="people.W001",
            )
        ]
    try:
        count = _count_demo_accounts()
    except DatabaseError:
        return [
            Warning(
                "The database does not answer, so nobody knows whether it holds demo accounts.",
                hint="Start the database, or mend DATABASE_URL, and check again.",
                id="people.W002",
            )
        ]
    found = Error(
        f"The database holds {count} accounts of the demonstration ({DEMO_DOMAIN}).",
        hint="Begin production with an empty database: what the demo wrote stays in this one.",
        id="people.E001",
    )
    return [found] if count else []


@register(Tags.security, deploy=True)
def check_organisation(**asked: Any) -> list[CheckMessage]:
    """A warning while the accessibility statement and the privacy notice name nobody."""
    names = ("ORGANISATION", "CONTACT_EMAIL", "DATA_PROTECTION_EMAIL")
    return [
        Warning(
            f"{name} is not set: the accessibility statement and the privacy notice lack it.",
            hint=f"Set {name} as .env.example shows.",
            id="people.W003",
        )
        for name in names
        if not getattr(settings, name)
    ]


@register(Tags.security, deploy=True)
def check_proxies(**asked: Any) -> list[CheckMessage]:
    """A warning while no proxy is counted, though https needs one: all would seem one person."""
    if settings.LOOPBACK or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        Warning(
            "TRUSTED_PROXY_COUNT is 0: everybody's wrong passwords count as one person's.",
            hint="Set it to the number of proxies between the browser and the portal, mostly 1.",
            id="people.W004",
        )
    ]


def _count_demo_accounts() -> int:
    """How many there are; none before the first migration."""
    if User._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001 (public)
        return 0
    count: int = User.objects.filter(email__endswith=DEMO_DOMAIN).count()
    return count
