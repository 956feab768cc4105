"""Who is here, who is leaving, who has left: in the admin's list of people."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ddat import clock
from people.models import User


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
        return asked.get(self.value() or "", people.all)()


def where_in_words(person: User) -> str:
    """Whether somebody is here: "Here", "Leaves on 5 June 2026" or "Left on 5 June 2026"."""
    if person.leaves_on is None:
        return "Here"
    return f"{'Leaves' if person.is_active else 'Left'} on {clock.day(person.leaves_on)}"
