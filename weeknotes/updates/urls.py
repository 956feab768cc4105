"""Where updates are written."""

from django.urls import path, register_converter

from weeknotes.updates import history, views


class SubjectKind:
    """The part of an address that says whether a team or a project reports."""

    regex = "projects|teams"

    def to_python(self, value: str) -> str:
        """The part as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The part as it stands."""
        return value


register_converter(SubjectKind, "subject_kind")

ONE = "updates/<slug:slug>/<subject_kind:kind>/<slug:subject>/"

urlpatterns = [
    path("updates/", views.mine, name="mine"),
    path(ONE, views.write, name="update"),
    path(f"{ONE}presence/", views.presence, name="update_presence"),
    path(f"{ONE}preview/", views.preview, name="update_preview"),
    path(f"{ONE}no-update/", views.no_update, name="no_update"),
    path(f"{ONE}history/", history.history, name="update_history"),
    path(f"{ONE}history/<int:number>/", history.revision, name="update_revision"),
    path(f"{ONE}history/<int:number>/restoration/", history.restore, name="update_restoration"),
    path(f"{ONE}submission/", views.submit, name="submission"),
    path(f"{ONE}submission/removal/", views.take_back, name="submission_removal"),
]
