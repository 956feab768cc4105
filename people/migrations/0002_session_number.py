from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_number",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="Signed into every cookie and mailed link: those with another number are dead.",
            ),
        ),
    ]
