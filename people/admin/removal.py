"""Deleting somebody added by mistake, in the admin; saying why others stay."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.models import User
from people.removal import NOT_ONESELF, refusal, remove, who_did_something


class RemovalAdmin(admin.ModelAdmin):
    """Django's pages for deleting, through the verb that refuses and writes it down."""

    is_deletable = True

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        """What would be deleted; for somebody who stays, why, and nothing else."""
        people = list(objs)
        doers = who_did_something(people)
        stay = [NOT_ONESELF for person in people if person.pk == request.user.pk]
        stay += [refusal(person) for person in people if person.pk in doers]
        if stay:
            return [], {}, set(), stay
        return super().get_deleted_objects(people, request)

    def delete_model(self, request: Any, obj: User) -> None:
        """Delete one person."""
        remove(person=obj, by=request.user)

    @transaction.atomic
    def delete_queryset(self, request: Any, queryset: QuerySet) -> None:
        """Delete each of the people, or none when one of them stays."""
        for person in queryset:
            remove(person=person, by=request.user)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asks and deletes; says so when they did something a moment ago."""
        try:
            return super().delete_view(request, *args, **kwargs)
        except ValidationError as error:
            return self._refused(request, error)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list, and deleting what is ticked; says so when one did something a moment ago."""
        try:
            return super().changelist_view(request, *args, **kwargs)
        except ValidationError as error:
            return self._refused(request, error)

    def _refused(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        messages.error(request, " ".join(error.messages))
        return redirect("admin:people_user_changelist")
