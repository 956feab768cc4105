from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_cache_table")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="start_page",
            field=models.CharField(
                choices=[("home", "Home"), ("mine", "My updates")],
                default="home",
                max_length=10,
                verbose_name="after signing in",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="shows_email",
            field=models.BooleanField(
                default=True, verbose_name="show my email address on my page"
            ),
        ),
    ]
