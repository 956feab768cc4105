"""The weeknotes app: one room per step of the week."""

from django.apps import AppConfig


class WeeknotesConfig(AppConfig):
    """Digests, the updates written for them, the desk, publications and reactions."""

    name = "weeknotes"
    default_auto_field = "django.db.models.BigAutoField"
