"""Every address of the portal, one line an app."""

from django.contrib import admin
from django.urls import include, path

from ddat import health, statements

urlpatterns = [
    path("", include("weeknotes.urls")),
    path("", include("people.urls")),
    path("admin/", admin.site.urls),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("cookies/", statements.cookies, name="cookies"),
    path("health/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
]

handler400 = "ddat.errors.bad_request"
handler403 = "ddat.errors.forbidden"
handler404 = "ddat.errors.not_found"
handler500 = "ddat.errors.server_error"
handler429 = "people.limits.too_many_tries"  # asked for by allauth
