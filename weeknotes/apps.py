"""The weeknotes app: one room per step of the week."""

from django.apps import AppConfig


class WeeknotesConfig(AppConfig):
    """Digests, the updates written for them, the desk, publications and reactions."""

    name = "weeknotes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what somebody who leaves leaves open here."""
        from people.leaving import also_look
        from weeknotes.updates.leaving import updates_left_open

        also_look(updates_left_open)
