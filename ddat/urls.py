"""Every address of the portal, one line an app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("weeknotes.urls")),
    path("", include("people.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "ddat.errors.bad_request"
handler403 = "ddat.errors.forbidden"
handler404 = "ddat.errors.not_found"
handler500 = "ddat.errors.server_error"
