"""Leads, owners and deputies in the admin: appointing one, and putting days right."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest

from ddat import clock
from people.admin.forms import EveryConstraintForm, OpenChoicesForm, choose_active
from people.admin_site import PortalInline, PortalModelAdmin
from people.holding import hold
from people.models import Post, PostKind, User

VACANT = "vacant"
ONE_AT_A_TIME = "Appoint one person at a time: save, then appoint the next."


class AppointForm(OpenChoicesForm):
    """Who takes which post, from which day. Whoever leads or owns now is followed, not in the way.

    The constraints are left to the verb, which ends the present post first.
    """

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {self.instance.SUBJECT}

    def clean(self) -> dict[str, Any] | None:
        """Refuse a day before the present holder's first one, and days that are taken.

        The person is held from here on: their team or project is saved before they are appointed.
        """
        data = super().clean() or {}
        if data.get("person"):
            data["person"] = next(iter(hold(User.objects.filter(pk=data["person"].pk))), None)
        subject, person = data.get(self.instance.SUBJECT), data.get("person")
        if subject is not None and person and data.get("starts_on"):
            fields = {name: data.get(name) for name in ("person", "post", "starts_on", "ends_on")}
            post = type(self.instance)(**{self.instance.SUBJECT: subject}, **fields)
            try:
                type(post).objects.refuse_appointment(post)
            except ValidationError as error:
                self.add_error(None, error)
        return data


class AppointFormSet(forms.BaseInlineFormSet):
    """The empty row beside the posts there are."""

    def clean(self) -> None:
        """Refuse two at once: the second would be asked whether it fits before the first is in."""
        super().clean()
        if sum(form.has_changed() for form in self.extra_forms) > 1:
            raise ValidationError(ONE_AT_A_TIME)


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


class PostFields:
    """The choices in a form about a post."""

    model: type[Post]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(  # type: ignore[misc]  # mixed into an admin
            db_field, request, **choose_active(db_field, kwargs)
        )


class PostInline(PostFields, PortalInline):
    """Who holds the posts and who held them; one empty row appoints the next."""

    form = AppointForm
    formset = AppointFormSet
    fields = ["post", "person", "starts_on", "ends_on"]

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Past posts are shown here and put right on their own pages."""
        return False

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One appointment at a time."""
        return 1 + (obj.posts.count() if obj else 0)


class PostFilter(admin.SimpleListFilter):
    """The holders or the deputies."""

    title = "post"
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """What the two posts are called."""
        return model_admin.opts.get_field("post").choices

    def queryset(self, request: HttpRequest, posts: QuerySet) -> QuerySet:
        """Those of the chosen post; all when none is chosen."""
        return posts.filter(post=self.value()) if self.value() in PostKind.values else posts


class HeldFilter(admin.SimpleListFilter):
    """Posts held today, those to come, and those that have ended."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The three answers."""
        return [("now", "Held today"), ("coming", "To come"), ("past", "Ended")]

    def queryset(self, request: HttpRequest, posts: Any) -> QuerySet | None:
        """Those of the chosen answer; all when none is chosen."""
        today = clock.today()
        match self.value():
            case "now":
                return posts.held_on(today)  # type: ignore[no-any-return]
            case "coming":
                return posts.filter(starts_on__gt=today)  # type: ignore[no-any-return]
            case "past":
                return posts.filter(ends_on__lte=today)  # type: ignore[no-any-return]
        return None


class VacantFilter(admin.SimpleListFilter):
    """Teams without a lead today, or projects without an owner."""

    title = "lead or owner"
    parameter_name = "post"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The two answers."""
        return [("vacant", "Vacant"), ("held", "Held")]

    def queryset(self, request: HttpRequest, subjects: QuerySet) -> QuerySet:
        """Those of the chosen answer; all when none is chosen."""
        if self.value() not in {"vacant", "held"}:
            return subjects
        posts: Any = subjects.model.posts.rel.related_model
        held = posts.objects.holders().held_on(clock.today())
        is_held = Exists(held.filter(**{posts.SUBJECT: OuterRef("pk")}))
        return subjects.filter(is_held if self.value() == "held" else ~is_held)


class PostAdmin(PostFields, PortalModelAdmin):
    """Every post there was: add one to appoint somebody, change one to end it or put it right."""

    ordering = ["-starts_on", "-id"]
    search_fields = ["person__forename", "person__surname", "person__email"]

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = DaysForm if change else AppointForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the post is of, whose, and when."""
        return [self.model.SUBJECT, "post", "person", "starts_on", "ends_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A post keeps its person: for somebody else, appoint them."""
        return [self.model.SUBJECT, "post", "person"] if obj else []

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Appoint the person, or set the days, through the verbs that write it down."""
        if change:
            obj.redate(starts_on=obj.starts_on, ends_on=obj.ends_on, by=request.user)
        else:
            appoint(obj, by=request.user)


def appoint(post: Post, *, by: Any) -> None:
    """Fill the vacancy that `post`, not saved yet, describes; it becomes the post as saved."""
    saved = type(post).objects.appoint(
        person=post.person,
        post=post.post,
        on=post.starts_on,
        until=post.ends_on,
        by=by,
        **{post.SUBJECT: getattr(post, post.SUBJECT)},
    )
    post.pk = saved.pk


def appoint_all(formset: Any, *, by: Any) -> None:
    """Fill the vacancies told in a formset of posts."""
    for post in formset.save(commit=False):
        appoint(post, by=by)


def with_holder(subjects: QuerySet, posts: type[Post]) -> QuerySet:
    """Each team or project with its posts of today, for `holder`."""
    held = posts.objects.held_on(clock.today()).select_related("person")
    return subjects.prefetch_related(Prefetch("posts", held, to_attr="posts_today"))


def holder(subject: Any) -> str:
    """Who leads or owns it today, and who stands in, of a subject fetched `with_holder`."""
    held = [post.person.name for post in subject.posts_today if not post.is_deputy]
    deputies = [post.person.name for post in subject.posts_today if post.is_deputy]
    name = " and ".join(held) or VACANT
    return f"{name} (deputy: {', '.join(deputies)})" if deputies else name
