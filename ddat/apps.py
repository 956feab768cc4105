from django.apps import AppConfig


class DdatConfig(AppConfig):
    """What every app needs: no models; the commands that look after the data as a whole."""

    name = "ddat"
    verbose_name = "Weeknotes"
