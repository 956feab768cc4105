"""Finds the last value of a metric at once, however many readings since then are words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("weeknotes", "0015_readings_indexed")]

    operations = [
        migrations.AddIndex(
            "metricreading",
            models.Index(
                fields=["metric", "-until", "-due_on"],
                condition=models.Q(to_value__isnull=False),
                name="values_of_metric",
            ),
        ),
    ]
