"""The day somebody leaves, in place of a tick that somebody had to take away on that day."""

from typing import Any

from django.db import migrations, models

from ddat import clock


def give_leavers_a_day(apps: Any, schema_editor: Any) -> None:
    """Whoever was deactivated has left: nobody wrote down when, so today at the latest."""
    User = apps.get_model("people", "User")
    User.objects.filter(is_active=False).update(leaves_on=clock.today())


def deactivate_leavers(apps: Any, schema_editor: Any) -> None:
    """Whoever has left by today is deactivated."""
    User = apps.get_model("people", "User")
    User.objects.filter(leaves_on__lte=clock.today()).update(is_active=False)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_deputies")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="leaves_on",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The first day they are no longer here. Empty while nobody knows of one.",
                null=True,
                verbose_name="leaves on",
            ),
        ),
        migrations.RunPython(give_leavers_a_day, deactivate_leavers),
        migrations.RemoveField(model_name="user", name="is_active"),
    ]
