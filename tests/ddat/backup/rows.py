"""What a database holds: odd values put in, every row taken out, all of it looked at."""

from datetime import UTC, datetime
from decimal import Decimal

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from people.models import User
from weeknotes.models import MetricReading
from weeknotes.updates.models import Revision

ODD_JSON = {
    "zebra": [0.1, 1e16, 1e-7, -1.5, 12345678901234567890, True, None, ""],
    "aardvark": {"ü": "Zoë 🦆", "line": "one\ntwo\u2028three", "nested": {"b": 1, "a": 2}},
}


def put_in_what_is_easily_lost() -> None:
    """Values that a copy by way of text may change."""
    person = User.objects.order_by("pk").first()
    summer = datetime(2026, 10, 25, 0, 30, 15, 123456, tzinfo=UTC)  # London has this hour twice
    User.objects.filter(pk=person.pk).update(
        forename="Zoë \u202e🦆", surname="", job_title='"a", \\N\t', date_joined=summer
    )
    Revision.objects.filter(pk=Revision.objects.first().pk).update(content=ODD_JSON)
    reading = MetricReading.objects.first()
    MetricReading.objects.filter(pk=reading.pk).update(from_value=Decimal("-1234567.000001"))


def empty() -> None:
    """Take every row away, so that the place is as empty as a new one."""
    call_command("flush", verbosity=0, interactive=False)


def rows_of_everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row as the database itself gives it, asked for without the product's help."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found
