from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """What is worked on: projects, products, workstreams and metrics."""

    name = "projects"
    verbose_name = "Projects and products"
