"""Writes beside each reading when it was due out, so that the newest of each is found at once."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def write_days(apps: Any, schema_editor: Any) -> None:
    """Take the day from the published update; a metric's reading is of its own last day."""
    told = apps.get_model("weeknotes", "PublishedUpdate").objects.filter(
        pk=OuterRef("published_update")
    )
    for name in ("MetricReading", "WorkstreamReading"):
        readings = apps.get_model("weeknotes", name).objects
        readings.update(due_on=Subquery(told.values("due_on")))
    readings = apps.get_model("weeknotes", "MetricReading").objects
    readings.update(until=Coalesce(F("to_on"), F("due_on")))


class Migration(migrations.Migration):
    dependencies = [
        ("weeknotes", "0013_when_it_came_out"),
    ]

    operations = [
        migrations.AddField("metricreading", "due_on", models.DateField(null=True)),
        migrations.AddField("metricreading", "until", models.DateField(null=True)),
        migrations.AddField("workstreamreading", "due_on", models.DateField(null=True)),
        migrations.RunPython(write_days, migrations.RunPython.noop),
    ]
