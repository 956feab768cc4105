import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("weeknotes", "0005_places_that_fit"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="decided_in",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="entry",
            name="moved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="moved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="moved_in",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("moved_at__isnull", True), ("moved_by__isnull", False), _connector="XOR"
                ),
                name="entry_moved_at_and_by_together",
            ),
        ),
    ]
