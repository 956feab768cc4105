import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_posts_by_their_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="metric",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Low numbers first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
        migrations.AlterField(
            model_name="workstream",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Low numbers first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
    ]
