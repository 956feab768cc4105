"""Leads and owners in the admin: appointing one, and putting days right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from ddat import clock
from people.admin.forms import EveryConstraintForm, choose_active
from people.admin_site import PortalInline, PortalModelAdmin
from people.models import Post


class AppointForm(forms.ModelForm):
    """Who takes the post, and from which day. Whoever holds it now is followed, not in the way."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a day before the present holder's first one, and days that are taken."""
        data = super().clean() or {}
        subject, on = data.get(self.instance.SUBJECT), data.get("starts_on")
        if subject is not None and subject.pk and on:
            try:
                type(self.instance).objects.refuse_appointment(subject, on=on)
            except ValidationError as error:
                self.add_error("starts_on", error)
        return data


class DaysForm(EveryConstraintForm):
    """The days of a post that is there."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            post = self.instance
            try:
                post.refuse_days(starts_on=post.starts_on, ends_on=post.ends_on)
            except ValidationError as error:
                self.add_error(None, error)


class PostInline(PortalInline):
    """Who holds the post and who held it; one empty row appoints the next."""

    form = AppointForm
    fields = ["person", "starts_on", "ends_on"]
    readonly_fields = ["ends_on"]

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Past posts are shown here and put right on their own pages."""
        return False

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One appointment at a time."""
        return 1 + (obj.posts.count() if obj else 0)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **choose_active(db_field, kwargs)
        )


class PostAdmin(PortalModelAdmin):
    """Every post there was: add one to appoint somebody, change one to end it or put it right."""

    ordering = ["-starts_on", "-id"]
    search_fields = ["person__forename", "person__surname", "person__email"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = DaysForm if change else AppointForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The last day is asked for once there is a first one."""
        fields = [self.model.SUBJECT, "person", "starts_on"]
        return [*fields, "ends_on"] if obj else fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A post keeps its person: for somebody else, appoint them."""
        return [self.model.SUBJECT, "person"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(
            db_field, request, **choose_active(db_field, kwargs)
        )

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Appoint the person, or set the days, through the verbs that write it down."""
        if change:
            obj.redate(starts_on=obj.starts_on, ends_on=obj.ends_on, by=request.user)
        else:
            appoint(obj, by=request.user)


def appoint(post: Post, *, by: Any) -> None:
    """Fill the vacancy that `post`, not saved yet, describes; it becomes the post as saved."""
    subject = {post.SUBJECT: getattr(post, post.SUBJECT)}
    saved = type(post).objects.appoint(**subject, person=post.person, by=by, on=post.starts_on)
    post.pk = saved.pk


def appoint_all(formset: Any, *, by: Any) -> None:
    """Fill the vacancies told in a formset of posts."""
    for post in formset.save(commit=False):
        appoint(post, by=by)


def with_holder(subjects: QuerySet, posts: type[Post]) -> QuerySet:
    """Each team or project with its post of today, for `holder`."""
    held = posts.objects.held_on(clock.today()).select_related("person")
    return subjects.prefetch_related(Prefetch("posts", held, to_attr="posts_today"))


def holder(subject: Any) -> str | None:
    """The name of whoever holds the post today, of a subject fetched `with_holder`."""
    return next((post.person.name for post in subject.posts_today), None)
