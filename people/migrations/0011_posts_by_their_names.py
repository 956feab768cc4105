import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_first_history"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalteam",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The team it is part of. Only the directorate is part of none.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.team",
                verbose_name="belongs to",
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="The team it is part of. Only the directorate is part of none.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="teams",
                to="people.team",
                verbose_name="belongs to",
            ),
        ),
        migrations.AlterField(
            model_name="teampost",
            name="post",
            field=models.CharField(
                choices=[("holder", "Lead"), ("deputy", "Deputy")],
                default="holder",
                help_text="A deputy may write what the lead writes, for as long as the post lasts.",
                max_length=6,
            ),
        ),
    ]
