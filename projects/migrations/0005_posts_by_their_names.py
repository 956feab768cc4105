from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_first_history"),
    ]

    operations = [
        migrations.AlterField(
            model_name="projectpost",
            name="post",
            field=models.CharField(
                choices=[("holder", "Owner"), ("deputy", "Deputy")],
                default="holder",
                help_text="A deputy may write what the owner writes, for as long as the post lasts.",
                max_length=6,
            ),
        ),
    ]
