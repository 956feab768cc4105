from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who works here, in which team, and what they may do."""

    name = "people"
    verbose_name = "People and teams"
