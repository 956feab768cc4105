from django.db import migrations, models


def end_deputies(apps, schema_editor):
    """Going back, a deputy would be taken for an owner."""
    apps.get_model("projects", "projectpost").objects.filter(post="deputy").delete()


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_projects")]

    operations = [
        migrations.AlterModelOptions(
            name="projectpost",
            options={
                "ordering": ["starts_on", "id"],
                "verbose_name": "project owner or deputy",
                "verbose_name_plural": "project owners and deputies",
            },
        ),
        migrations.RemoveConstraint(model_name="projectpost", name="one_open_owner_per_project"),
        migrations.AddField(
            model_name="projectpost",
            name="post",
            field=models.CharField(
                choices=[("holder", "Lead or owner"), ("deputy", "Deputy")],
                default="holder",
                help_text="A deputy may write what the other writes, for as long as the post lasts.",
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="projectpost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("post", "holder")),
                fields=("project",),
                name="one_open_owner_per_project",
                violation_error_message="This project has an owner. End that post first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectpost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("post", "deputy")),
                fields=("project", "person"),
                name="one_open_deputy_post_per_person_and_project",
                violation_error_message="They are a deputy of this project already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectpost",
            constraint=models.CheckConstraint(
                condition=models.Q(("post__in", ["holder", "deputy"])),
                name="project_post_is_known",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, end_deputies),
    ]
