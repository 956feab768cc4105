"""The portal's own pages, room by room."""

from weeknotes.corrections.urls import urlpatterns as corrections
from weeknotes.desk.urls import urlpatterns as desk
from weeknotes.publications.urls import urlpatterns as publications
from weeknotes.reactions.urls import urlpatterns as reactions
from weeknotes.reading.urls import urlpatterns as reading
from weeknotes.records.urls import urlpatterns as records
from weeknotes.updates.urls import urlpatterns as updates

app_name = "weeknotes"
urlpatterns = [*reading, *reactions, *updates, *desk, *publications, *corrections, *records]
