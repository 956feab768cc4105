"""Gives every person a slug, made from the name they have now."""

from typing import Any

from django.db import migrations, models

from people.slugs import free_slug


def name_the_people(apps: Any, schema_editor: Any) -> None:
    """Give each person, in the order they were added, a slug of their own."""
    User = apps.get_model("people", "User")
    for person in User.objects.filter(slug="").order_by("pk").iterator():
        name = f"{person.forename} {person.surname}"
        person.slug = free_slug(User, name, otherwise="person")
        person.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_session_number")]

    operations = [
        # Without an index at first: PostgreSQL would make the same one twice.
        migrations.AddField(
            model_name="user",
            name="slug",
            field=models.CharField(default="", editable=False, max_length=80),
        ),
        migrations.RunPython(name_the_people, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="slug",
            field=models.SlugField(
                editable=False,
                help_text="Stands in addresses. Set once, from the first name, and never reused.",
                max_length=80,
                unique=True,
            ),
        ),
    ]
