import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def let_writers_keep_them(apps, schema_editor):
    """Going back, an update that is with its writers is their draft again."""
    revisions = apps.get_model("weeknotes", "Revision").objects.filter(cause="returned")
    revisions.update(cause="taken_back")
    returned = apps.get_model("weeknotes", "Update").objects.filter(state="returned")
    returned.update(state="draft", version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("weeknotes", "0007_edits_and_restorations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="weeknotes.update",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("update",),
                name="one_open_question_an_update",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True), name="question_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at__isnull", True),
                    ("answered_by__isnull", False),
                    _connector="XOR",
                ),
                name="question_answered_at_and_by_together",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="cause",
            field=models.CharField(
                choices=[
                    ("written", "Written"),
                    ("taken_back", "Taken back"),
                    ("returned", "Returned"),
                    ("restored", "Restored"),
                    ("set_aside", "Set aside"),
                    ("edited", "Edited"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="update", name="update_state_is_known"),
        migrations.AlterField(
            model_name="update",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Drafting"),
                    ("submitted", "Submitted"),
                    ("returned", "Returned"),
                    ("no_update", "No update"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "no_update"])),
                name="update_state_is_known",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, let_writers_keep_them),
    ]
