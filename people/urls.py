"""The addresses of people's pages; signing in and out as allauth and Django look for them."""

from django.urls import path

from people import views
from people.events import views as record
from people.roles import roles

urlpatterns = [
    path("account/sign-in/", views.sign_in, name="account_login"),
    path("account/sign-out/", views.sign_out, name="account_logout"),
    path("account/preferences/", views.preferences, name="account_preferences"),
    path("account/password/", views.change_password, name="account_change_password"),
    path("account/password/reset/", views.ask_for_link, name="account_reset_password"),
    path("account/password/reset/sent/", views.link_sent, name="account_reset_password_done"),
    path(
        "account/password/reset/done/",
        views.password_set,
        name="account_reset_password_from_key_done",
    ),
    path(
        "account/password/reset/<uidb64>/<token>/",
        views.set_password,
        name="account_reset_password_from_key",
    ),
    path("roles/", roles, name="roles"),
    path("events/", record.events, name="events"),
    path("events/export/", record.export, name="events_export"),
]
