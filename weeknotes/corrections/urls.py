"""Where editors correct."""

from django.urls import path

from weeknotes.corrections import views

ONE = "desk/<slug:slug>/correction/"
ONE_UPDATE = f"{ONE}updates/<slug:anchor>/"

urlpatterns = [
    path(ONE, views.correction, name="correction"),
    path(ONE_UPDATE, views.words, name="correction_words"),
    path(f"{ONE_UPDATE}place/", views.take_out, name="correction_place"),
    path(f"{ONE}preview/", views.preview, name="correction_preview"),
    path(f"{ONE}publication/", views.publish, name="correction_publication"),
    path(f"{ONE}removal/", views.abandon, name="correction_removal"),
]
