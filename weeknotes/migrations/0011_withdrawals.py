import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.exceptions import IrreversibleError


def refuse_while_something_is_withdrawn(
    apps: Apps, schema_editor: BaseDatabaseSchemaEditor
) -> None:
    """Earlier versions know no withdrawal: they would show everyone what was withdrawn."""
    digests = apps.get_model("weeknotes", "Digest").objects.filter(state="withdrawn")
    withdrawn = ", ".join(digests.order_by("slug").values_list("slug", flat=True))
    if withdrawn:
        raise IrreversibleError(
            f"An earlier version would show everyone what is withdrawn: {withdrawn}. "
            "Restore it first, if everyone may read it again."
        )


def states(*known: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(state__in=known), name="digest_state_is_known")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("weeknotes", "0010_held_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("withdrawn_at", models.DateTimeField()),
                ("restored_at", models.DateTimeField(null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="weeknotes.digest",
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["withdrawn_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("restored_at__isnull", True)),
                        fields=("digest",),
                        name="one_standing_withdrawal_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="withdrawal_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("restored_at__isnull", True),
                            ("restored_by__isnull", False),
                            _connector="XOR",
                        ),
                        name="restored_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="digest",
            name="state",
            field=models.CharField(
                choices=[
                    ("collecting", "Collecting"),
                    ("composing", "Composing"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="collecting",
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(model_name="digest", name="digest_state_is_known"),
        migrations.AddConstraint(
            model_name="digest",
            constraint=states("collecting", "composing", "published", "withdrawn"),
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_while_something_is_withdrawn),
    ]
