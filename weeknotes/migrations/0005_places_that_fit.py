import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("weeknotes", "0004_published_subjects_indexed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="updatetemplatesection",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Smallest first.",
                validators=[django.core.validators.MaxValueValidator(32767)],
            ),
        ),
    ]
