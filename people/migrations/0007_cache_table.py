from typing import Any

from django.core.management import call_command
from django.db import migrations

TABLE = "portal_cache"


def create_table(apps: Any, schema_editor: Any) -> None:
    """Make the table of the cache, as `manage.py createcachetable` does."""
    alias = schema_editor.connection.alias
    call_command("createcachetable", TABLE, database=alias, verbosity=0)


def drop_table(apps: Any, schema_editor: Any) -> None:
    """Drop it: what is in it counts for minutes only."""
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_leaving_day")]

    operations = [migrations.RunPython(create_table, drop_table)]
