"""Where projects, teams and people are told by what was published."""

from django.urls import path

from weeknotes.records import views

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/export/", views.export_projects, name="projects_export"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("teams/<slug:slug>/", views.team, name="team"),
    path("people/<slug:slug>/", views.person, name="person"),
]
