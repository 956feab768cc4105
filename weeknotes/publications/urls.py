"""Where editors preview and publish."""

from django.urls import path

from weeknotes.publications import views, withdrawal

urlpatterns = [
    path("desk/<slug:slug>/preview/", views.preview, name="desk_preview"),
    path("desk/<slug:slug>/publication/", views.publish, name="desk_publication"),
    path("desk/<slug:slug>/withdrawal/", withdrawal.withdraw, name="desk_withdrawal"),
    path(
        "desk/<slug:slug>/withdrawal/removal/",
        withdrawal.restore,
        name="desk_withdrawal_removal",
    ),
]
