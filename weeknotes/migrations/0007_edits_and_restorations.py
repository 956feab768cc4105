from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("weeknotes", "0006_moves_on_the_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="edit_kind",
            field=models.CharField(
                blank=True,
                choices=[("typo", "Typo"), ("substance", "Substance")],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.AlterField(
            model_name="revision",
            name="cause",
            field=models.CharField(
                choices=[
                    ("written", "Written"),
                    ("taken_back", "Taken back"),
                    ("restored", "Restored"),
                    ("set_aside", "Set aside"),
                    ("edited", "Edited"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("reason", ""), _negated=True),
                        ("cause", "edited"),
                        ("edit_kind__in", ["typo", "substance"]),
                        ("sealed_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(("cause", "edited"), _negated=True),
                        ("edit_kind", ""),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="edit_is_sealed_and_says_why",
            ),
        ),
    ]
