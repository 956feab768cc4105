"""Where digests are read."""

from django.urls import path

from weeknotes.reading import views

urlpatterns = [
    path("", views.home, name="home"),
    path("digests/", views.archive, name="archive"),
    path("digests/<slug:slug>/", views.digest, name="digest"),
]
