"""Where editors compose."""

from django.urls import path

from weeknotes.desk import details, editing, note, placing, returning, views

ONE = "desk/<slug:slug>/"
ONE_UPDATE = f"{ONE}updates/<slug:anchor>/"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/new/", views.open_digest, name="open_digest"),
    path(ONE, views.digest, name="desk_digest"),
    path(f"{ONE}details/", details.details, name="desk_details"),
    path(f"{ONE}composing/", placing.start_composing, name="desk_composing"),
    path(f"{ONE}note/", note.note, name="desk_note"),
    path(f"{ONE}note/presence/", note.presence, name="desk_note_presence"),
    path(ONE_UPDATE, views.update, name="desk_update"),
    path(f"{ONE_UPDATE}question/", returning.question, name="desk_question"),
    path(f"{ONE_UPDATE}edit/", editing.edit_update, name="desk_edit"),
    path(f"{ONE_UPDATE}edit/presence/", editing.presence, name="desk_edit_presence"),
    path(f"{ONE_UPDATE}position/", placing.move, name="desk_position"),
    path(f"{ONE_UPDATE}decision/", placing.decide, name="desk_decision"),
]
