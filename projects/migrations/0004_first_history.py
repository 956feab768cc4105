from django.db import migrations
from django.utils import timezone


def tell_how_all_stand(apps, schema_editor):
    """A history begins with how each stands today, so that the first change has a before."""
    at = timezone.now()
    rows = apps.get_model("projects", "HistoricalProject")
    kept = {field.attname for field in rows._meta.concrete_fields}  # noqa: SLF001 - how Django tells them
    things = apps.get_model("projects", "Project").objects.order_by("pk")
    rows.objects.bulk_create(
        rows(history_type="+", history_date=at, **{key: row[key] for key in kept & row.keys()})
        for row in things.values()
    )


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_names_and_history")]

    operations = [migrations.RunPython(tell_how_all_stand, migrations.RunPython.noop)]
