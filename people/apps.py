from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who works here, in which team, and what they may do."""

    name = "people"
    verbose_name = "People and teams"

    def ready(self) -> None:
        """Let Django know our checks."""
        from people import checks  # noqa: F401 (they register themselves)
