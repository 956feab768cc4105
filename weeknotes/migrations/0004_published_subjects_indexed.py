"""Holds every published update to its subject, and finds the newest of each at once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("weeknotes", "0003_published_subjects")]

    operations = [
        migrations.AlterField(
            model_name="publishedupdate",
            name="due_on",
            field=models.DateField(),
        ),
        migrations.AddIndex(
            model_name="publishedupdate",
            index=models.Index(
                fields=["project", "-due_on", "-publication"], name="told_by_project"
            ),
        ),
        migrations.AddIndex(
            model_name="publishedupdate",
            index=models.Index(fields=["team", "-due_on", "-publication"], name="told_by_team"),
        ),
        migrations.AddConstraint(
            model_name="publishedupdate",
            constraint=models.CheckConstraint(
                condition=Q(("team__isnull", True)) ^ Q(("project__isnull", True)),
                name="published_update_has_one_subject",
            ),
        ),
    ]
