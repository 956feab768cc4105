"""Where editors preview and publish."""

from django.urls import path

from weeknotes.publications import views

urlpatterns = [
    path("desk/<slug:slug>/preview/", views.preview, name="desk_preview"),
    path("desk/<slug:slug>/publication/", views.publish, name="desk_publication"),
]
