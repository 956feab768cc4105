from django.db import migrations
from django.utils import timezone


def tell_how_all_stand(apps, schema_editor):
    """A history begins with how each stands today, so that the first change has a before."""
    at = timezone.now()
    for name in ("Team", "User"):
        rows = apps.get_model("people", f"Historical{name}")
        kept = {field.attname for field in rows._meta.concrete_fields}  # noqa: SLF001 - how Django tells them
        things = apps.get_model("people", name).objects.order_by("pk")
        rows.objects.bulk_create(
            rows(history_type="+", history_date=at, **{key: row[key] for key in kept & row.keys()})
            for row in things.values()
        )


def let_closed_teams_rest(apps, schema_editor):
    """Going back, a closed team would be expected to report."""
    apps.get_model("people", "Team").objects.filter(closed_at__isnull=False).update(
        is_reporting=False
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0009_names_and_history")]

    operations = [migrations.RunPython(tell_how_all_stand, let_closed_teams_rest)]
