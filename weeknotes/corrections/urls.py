"""Where editors correct what was published, and look back at it."""

from django.urls import path

from weeknotes.corrections import past, views, words

PUBLICATIONS = "desk/<slug:slug>/publications/"
ONE = "desk/<slug:slug>/correction/"
ONE_UPDATE = f"{ONE}updates/<slug:anchor>/"

urlpatterns = [
    path(PUBLICATIONS, past.publications, name="desk_publications"),
    path(f"{PUBLICATIONS}<int:number>/", past.publication, name="desk_past_publication"),
    path(ONE, views.correction, name="desk_correction"),
    path(f"{ONE}title/", views.title, name="desk_correction_title"),
    path(f"{ONE}preview/", views.preview, name="desk_correction_preview"),
    path(f"{ONE}publication/", views.publish, name="desk_correction_publication"),
    path(f"{ONE}removal/", views.drop, name="desk_correction_removal"),
    path(ONE_UPDATE, words.words, name="desk_correction_words"),
    path(f"{ONE_UPDATE}presence/", words.presence, name="desk_correction_presence"),
    path(f"{ONE_UPDATE}removal/", views.removal, name="desk_correction_update_removal"),
]
