import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_posts_by_their_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalteam",
            name="house_order",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Where it stands in the digest: low numbers first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="house_order",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Where it stands in the digest: low numbers first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
    ]
