"""Writes beside each published update whom it is of and when it was due out."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def write_subjects(apps: Any, schema_editor: Any) -> None:
    """Take the subject from the update and the day from the digest."""
    PublishedUpdate = apps.get_model("weeknotes", "PublishedUpdate")
    Update = apps.get_model("weeknotes", "Update")
    Publication = apps.get_model("weeknotes", "Publication")
    update = Update.objects.filter(pk=OuterRef("update"))
    publication = Publication.objects.filter(pk=OuterRef("publication"))
    PublishedUpdate.objects.update(
        team_id=Subquery(update.values("team_id")),
        project_id=Subquery(update.values("project_id")),
        due_on=Subquery(publication.values("digest__due_on")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_slugs_for_people"),
        ("projects", "0001_projects"),
        ("weeknotes", "0002_dates_and_thanks"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedupdate",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.team",
            ),
        ),
        migrations.AddField(
            model_name="publishedupdate",
            name="project",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.project",
            ),
        ),
        migrations.AddField(
            model_name="publishedupdate",
            name="due_on",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(write_subjects, migrations.RunPython.noop),
    ]
