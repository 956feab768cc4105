"""The addresses of signing in and out, under the names that allauth and Django look for."""

from django.urls import path

from people import views
from people.events import views as record

urlpatterns = [
    path("account/sign-in/", views.sign_in, name="account_login"),
    path("account/sign-out/", views.sign_out, name="account_logout"),
    path("events/", record.events, name="events"),
    path("events/export/", record.export, name="events_export"),
]
