"""Lets the record be read from its end without sorting it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_slugs_for_people")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "id"], name="event_in_order"),
        ),
    ]
