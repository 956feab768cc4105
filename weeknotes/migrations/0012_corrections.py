import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_the_words_as_edits(apps, schema_editor):
    """Going back, a corrected revision is an editor's edit: earlier versions know no other."""
    apps.get_model("weeknotes", "Revision").objects.filter(cause="corrected").update(cause="edited")


class Migration(migrations.Migration):
    dependencies = [
        ("weeknotes", "0011_withdrawals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectedUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField()),
                ("is_out", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("summary", models.CharField(blank=True, max_length=600)),
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="edit_is_sealed_and_says_why",
        ),
        migrations.AddField(
            model_name="publication",
            name="change_kind",
            field=models.CharField(
                blank=True,
                choices=[("typo", "Typo"), ("substance", "Substantive correction")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="change_note",
            field=models.CharField(blank=True, max_length=500),
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
                    ("corrected", "Corrected"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change_kind", ""), ("change_note", ""), ("number", 1)),
                    models.Q(
                        models.Q(("change_note", ""), _negated=True),
                        ("change_kind__in", ["typo", "substance"]),
                        ("number__gt", 1),
                    ),
                    _connector="OR",
                ),
                name="correction_says_what_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("reason", ""), _negated=True),
                        ("cause__in", ["edited", "corrected"]),
                        ("edit_kind__in", ["typo", "substance"]),
                        ("sealed_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(("cause__in", ["edited", "corrected"]), _negated=True),
                        ("edit_kind", ""),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="edit_is_sealed_and_says_why",
            ),
        ),
        migrations.AddField(
            model_name="correctedupdate",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correctedupdate",
            name="update",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="weeknotes.update"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="digest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="weeknotes.digest",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="publication",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction",
                to="weeknotes.publication",
            ),
        ),
        migrations.AddField(
            model_name="correctedupdate",
            name="correction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="updates",
                to="weeknotes.correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("digest",),
                name="one_open_correction_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_by__isnull", False), _connector="XOR"
                ),
                name="correction_closed_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publication__isnull", True), ("closed_at__isnull", False), _connector="OR"
                ),
                name="published_correction_is_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctedupdate",
            constraint=models.UniqueConstraint(
                fields=("correction", "update"), name="one_corrected_update_each"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_the_words_as_edits),
    ]
