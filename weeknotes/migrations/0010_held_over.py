"""Lets an update be held over, and writes beside each published update which days it tells of."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery


def write_periods(apps: Any, schema_editor: Any) -> None:
    """Until now each update was published in the digest that it was written for."""
    PublishedUpdate = apps.get_model("weeknotes", "PublishedUpdate")
    update = apps.get_model("weeknotes", "Update").objects.filter(pk=OuterRef("update"))
    PublishedUpdate.objects.update(
        covers_from=Subquery(update.values("digest__covers_from")),
        covers_to=Subquery(update.values("digest__covers_to")),
    )


def leave_out(apps: Any, schema_editor: Any) -> None:
    """Going back, what is held over is left out, and in no digest but its own."""
    entries = apps.get_model("weeknotes", "Entry").objects
    entries.filter(~Q(digest__state="published"), ~Q(digest=F("update__digest"))).delete()
    entries.filter(decision="held").update(decision="left_out")


class Migration(migrations.Migration):
    dependencies = [("weeknotes", "0009_presence")]

    operations = [
        migrations.RemoveConstraint(model_name="entry", name="entry_decision_is_known"),
        migrations.AlterField(
            model_name="entry",
            name="decision",
            field=models.CharField(
                choices=[
                    ("included", "Include"),
                    ("left_out", "Leave out"),
                    ("held", "Hold over"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=Q(("decision__in", ["included", "left_out", "held"])),
                name="entry_decision_is_known",
            ),
        ),
        migrations.AddField(
            model_name="publishedupdate",
            name="covers_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="publishedupdate",
            name="covers_to",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(write_periods, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="publishedupdate",
            name="covers_from",
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name="publishedupdate",
            name="covers_to",
            field=models.DateField(),
        ),
        migrations.RunPython(migrations.RunPython.noop, leave_out),
    ]
