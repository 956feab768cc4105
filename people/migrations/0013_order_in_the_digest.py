import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_places_that_fit"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalteam",
            name="house_order",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Where it stands in the digest: low numbers first.",
                verbose_name="order in the digest",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
        migrations.AlterField(
            model_name="team",
            name="house_order",
            field=models.PositiveSmallIntegerField(
                default=100,
                help_text="Where it stands in the digest: low numbers first.",
                verbose_name="order in the digest",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
    ]
