"""Finds the day a digest came out without reading through its frozen page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("weeknotes", "0012_corrections")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["digest", "number", "published_at"], name="when_it_came_out"
            ),
        ),
    ]
