"""Where reactions are posted."""

from django.urls import path

from weeknotes.reactions import views

urlpatterns = [
    path("digests/<slug:slug>/reaction/", views.set_reaction, name="digest_reaction"),
    path(
        "digests/<slug:slug>/reaction/removal/",
        views.remove_reaction,
        name="digest_reaction_removal",
    ),
    path("digests/<slug:slug>/<slug:anchor>/reaction/", views.set_reaction, name="update_reaction"),
    path(
        "digests/<slug:slug>/<slug:anchor>/reaction/removal/",
        views.remove_reaction,
        name="update_reaction_removal",
    ),
]
