"""The weeknotes app: one room per step of the week."""

from django.apps import AppConfig


class WeeknotesConfig(AppConfig):
    """Digests, the updates written for them, the desk, publications and reactions."""

    name = "weeknotes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell people and projects, which know of no updates, what these mean for them.

        Somebody who leaves may leave some open, and one that waits is in the way of a merger.
        """
        from people.leaving import also_look
        from people.models import Named
        from weeknotes.updates.leaving import updates_left_open
        from weeknotes.updates.merging import refuse_while_unpublished

        also_look(updates_left_open)
        Named.refusals.append(refuse_while_unpublished)
