from django.db import migrations, models


def end_deputies(apps, schema_editor):
    """Going back, a deputy would be taken for a lead."""
    apps.get_model("people", "teampost").objects.filter(post="deputy").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0004_events_in_order")]

    operations = [
        migrations.AlterModelOptions(
            name="teampost",
            options={
                "ordering": ["starts_on", "id"],
                "verbose_name": "team lead or deputy",
                "verbose_name_plural": "team leads and deputies",
            },
        ),
        migrations.RemoveConstraint(model_name="teampost", name="one_open_lead_per_team"),
        migrations.AddField(
            model_name="teampost",
            name="post",
            field=models.CharField(
                choices=[("holder", "Lead or owner"), ("deputy", "Deputy")],
                default="holder",
                help_text="A deputy may write what the other writes, for as long as the post lasts.",
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("post", "holder")),
                fields=("team",),
                name="one_open_lead_per_team",
                violation_error_message="This team has a lead. End that post first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("post", "deputy")),
                fields=("team", "person"),
                name="one_open_deputy_post_per_person_and_team",
                violation_error_message="They are a deputy of this team already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampost",
            constraint=models.CheckConstraint(
                condition=models.Q(("post__in", ["holder", "deputy"])),
                name="team_post_is_known",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, end_deputies),
    ]
