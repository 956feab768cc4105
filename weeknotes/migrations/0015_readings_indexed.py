"""Holds every reading to its day, and finds the newest of each workstream and metric at once."""

import django.db.models.deletion
from django.db import migrations, models


def told_by_a_project(name: str) -> models.ForeignKey:
    """Its index is the first half of another one now."""
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=name,
        to="projects.project",
    )


class Migration(migrations.Migration):
    dependencies = [("weeknotes", "0014_readings_in_order")]

    operations = [
        migrations.AlterField("metricreading", "due_on", models.DateField()),
        migrations.AlterField("metricreading", "until", models.DateField()),
        migrations.AlterField("workstreamreading", "due_on", models.DateField()),
        migrations.AlterField("metricreading", "project", told_by_a_project("metric_readings")),
        migrations.AlterField(
            "workstreamreading", "project", told_by_a_project("workstream_readings")
        ),
        migrations.AlterField(
            "metricreading",
            "metric",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="projects.metric",
            ),
        ),
        migrations.AlterField(
            "workstreamreading",
            "workstream",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="projects.workstream",
            ),
        ),
        migrations.AddIndex(
            "metricreading",
            models.Index(fields=["metric", "-until", "-due_on"], name="readings_of_metric"),
        ),
        migrations.AddIndex(
            "metricreading", models.Index(fields=["project", "metric"], name="metrics_told")
        ),
        migrations.AddIndex(
            "workstreamreading",
            models.Index(fields=["workstream", "-due_on"], name="readings_of_workstream"),
        ),
        migrations.AddIndex(
            "workstreamreading",
            models.Index(fields=["project", "workstream"], name="workstreams_told"),
        ),
    ]
