"""Leaving and coming back in the admin, and who is here, who is leaving, who has left."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from ddat import clock
from people.admin.forms import SharedChoiceField
from people.admin.links import mail_links
from people.forms import PersonChoiceField
from people.leaving import LeftOpen, come_back, leave, left_open
from people.models import User
from people.rights import signed_in

DECIDE = "Choose who takes it on, or tick that it stays vacant."
NOT_BOTH = "Choose somebody or leave it vacant, not both."
LOOK_AGAIN = (
    "What they leave open has changed since you opened this page. Look at the list again, then "
    "confirm."
)


class HereFilter(admin.SimpleListFilter):
    """People who stay, people who leave on a coming day, people who have left."""

    title = "whether they are here"
    parameter_name = "here"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """The three answers."""
        return [("here", "Here"), ("leaving", "Leaving"), ("left", "Left")]

    def queryset(self, request: HttpRequest, people: Any) -> QuerySet:
        """Those of the chosen answer; everybody when none is chosen."""
        asked = {"here": people.active, "leaving": people.leaving, "left": people.left}
        found: QuerySet = asked.get(self.value() or "", people.all)()
        return found


def where_in_words(person: User) -> str:
    """Whether somebody is here: "Here", "Leaves on 5 June 2026" or "Left on 5 June 2026"."""
    if person.leaves_on is None:
        return "Here"
    return f"{'Leaves' if person.is_active else 'Left'} on {clock.day(person.leaves_on)}"


class SuccessorField(SharedChoiceField, PersonChoiceField):
    """Who takes a post on: read once for all the posts of a page."""


class LeavingForm(forms.Form):
    """The first day somebody is not here, and what becomes of each of their posts."""

    leaves_on = forms.DateField(
        label="Leaves on",
        help_text="The first day they are no longer here, such as 05/06/2026. "
        "With today’s date they are signed out at once.",
        error_messages={
            "required": "Enter the first day they are no longer here.",
            "invalid": "Enter a day, such as 05/06/2026.",
        },
    )
    seen = forms.CharField(required=False)  # drawn by the page with what it shows

    def __init__(self, *args: Any, things: list[LeftOpen], person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = things
        self.known = "\n".join(thing.key for thing in things)
        if not person.is_active:
            del self.fields["leaves_on"]
        successors = SuccessorField(
            queryset=User.objects.staying().exclude(pk=person.pk).by_name(),
            required=False,
            empty_label="Choose who takes it on",
        )
        for thing in things:
            if thing.post:
                self._ask_about(thing, successors)

    def _ask_about(self, thing: LeftOpen, successors: forms.ModelChoiceField) -> None:
        named = f"{thing.what} of {thing.name}"
        self.fields[f"to-{thing.key}"] = successor = copy_of(successors)
        successor.widget.attrs["aria-label"] = f"Who takes on: {named}"
        self.fields[f"vacant-{thing.key}"] = forms.BooleanField(
            required=False,
            label="It stays vacant",
            widget=forms.CheckboxInput(attrs={"aria-label": f"It stays vacant: {named}"}),
        )

    def clean(self) -> dict[str, Any]:
        """One answer for every post, to the list as it is now."""
        data = super().clean() or self.cleaned_data
        for key in self.keys():
            successor, is_vacant = data.get(f"to-{key}"), data.get(f"vacant-{key}")
            if f"to-{key}" not in self.errors and bool(successor) == bool(is_vacant):
                self.add_error(f"to-{key}", NOT_BOTH if successor else DECIDE)
        if data.get("seen", "").splitlines() != self.known.splitlines():
            self.add_error(None, LOOK_AGAIN)
        return data

    def keys(self) -> Iterator[str]:
        """The key of every post there is to decide about."""
        return (thing.key for thing in self.things if thing.post)

    def decided(self) -> dict[str, Any]:
        """The answers, as `leave` takes them."""
        data = self.cleaned_data
        return {
            "on": data.get("leaves_on"),
            "successors": {key: data[f"to-{key}"] for key in self.keys() if data[f"to-{key}"]},
            "vacant": {key for key in self.keys() if data[f"vacant-{key}"]},
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each thing left open, with its two questions where there are any."""
        for thing in self.things:
            asked = {}
            if thing.post:
                asked = {"to": self[f"to-{thing.key}"], "vacant": self[f"vacant-{thing.key}"]}
            yield {"thing": thing, "to": None, "vacant": None, **asked}


def copy_of(field: forms.ModelChoiceField) -> forms.ModelChoiceField:
    """The same field for another row; the choices are read once for both."""
    copied: forms.ModelChoiceField = field.__deepcopy__({})
    return copied


class LeavingAdmin(admin.ModelAdmin):
    """The two pages about leaving, for the admin of people."""

    def get_urls(self) -> list[Any]:
        """Django's addresses, and ours before the one that takes any."""
        guarded = self.admin_site.admin_view
        return [
            path("<path:number>/leaving/", guarded(self.leaving_view), name="people_user_leaving"),
            path("<path:number>/return/", guarded(self.return_view), name="people_user_return"),
            *super().get_urls(),
        ]

    def leaving_view(self, request: HttpRequest, number: str) -> HttpResponse:
        """What somebody leaves open, and the form that hands it over and lets them leave."""
        person = self._leaver(request, number)
        things = left_open(person)
        posted = request.POST if request.method == "POST" else None
        initial = {"leaves_on": person.leaves_on or clock.today()}
        form = LeavingForm(posted, things=things, person=person, initial=initial)
        if form.is_valid():
            try:
                leave(person=person, by=signed_in(request), **form.decided())
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                where = where_in_words(person)
                self.log_change(request, person, where)
                messages.success(request, f"{person}: {where[0].lower()}{where[1:]}.")
                return redirect("admin:people_user_change", person.pk)
        return self._leaving_page(request, person, "leaving", {"form": form})

    def return_view(self, request: HttpRequest, number: str) -> HttpResponse:
        """Asks, then lets somebody be here again."""
        person = self._leaver(request, number)
        if request.method == "POST":
            was_gone = not person.is_active
            try:
                come_back(person=person, by=signed_in(request))
            except ValidationError as refusal:
                messages.error(request, " ".join(refusal.messages))
            else:
                self.log_change(request, person, "Came back." if was_gone else "Stays.")
                messages.success(request, f"{person} is here{' again' if was_gone else ''}.")
                if was_gone and person.is_active:
                    mail_links(request, [person], have_come_back=True)
            return redirect("admin:people_user_change", person.pk)
        return self._leaving_page(request, person, "return", {})

    def _leaver(self, request: HttpRequest, number: str) -> User:
        person: User | None = self.get_object(request, unquote(number))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def _leaving_page(
        self, request: HttpRequest, person: User, name: str, context: dict[str, Any]
    ) -> HttpResponse:
        where = where_in_words(person)
        context = {
            **self.admin_site.each_context(request),
            "title": {"leaving": "Leaving", "return": "Coming back"}[name],
            "subtitle": str(person),
            "opts": self.opts,
            "original": person,
            "where": where,
            "where_said": f"{where[0].lower()}{where[1:]}",
            "back": reverse("admin:people_user_change", args=[person.pk]),
            **context,
        }
        return TemplateResponse(request, f"admin/people/user/{name}.html", context)
