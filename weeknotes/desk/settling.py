"""Two editors' details of a digest side by side: what each typed, and which of the two to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.safestring import SafeString

from ddat import clock
from people.models import Event, User
from weeknotes.content.differences.lines import compare_line
from weeknotes.content.differences.sides import new_side_html, old_side_html
from weeknotes.desk.forms import DetailsForm
from weeknotes.digests.details import DETAILS
from weeknotes.digests.models import Digest
from weeknotes.updates.forms.crispy import portal_helper

MINE, THEIRS = "mine", "theirs"
TITLES = {
    "title": "Title",
    "summary": "Summary",
    "covers_from": "Covers from",
    "covers_to": "Covers to",
    "deadline_at": "Deadline",
    "due_on": "Due out on",
}


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One detail as both have it."""

    name: str
    mine: str
    theirs: str

    @property
    def title(self) -> str:
        """What the form calls it."""
        return TITLES[self.name]

    @property
    def has_mine(self) -> bool:
        """Whether mine says anything."""
        return bool(self.mine)

    @property
    def has_theirs(self) -> bool:
        """Whether theirs says anything."""
        return bool(self.theirs)

    @property
    def mine_html(self) -> SafeString:
        """What was typed, marked where it differs."""
        return new_side_html([compare_line(self.theirs, self.mine)])

    @property
    def theirs_html(self) -> SafeString:
        """What was saved, marked where it differs."""
        return old_side_html([compare_line(self.theirs, self.mine)])


class KeepForm(forms.Form):
    """Which of the two to keep of each detail that clashes."""

    use_required_attribute = False

    def __init__(
        self, names: Sequence[str], *, whose: str = "", typed: QueryDict | None = None
    ) -> None:
        super().__init__(data=typed, prefix="keep")
        self.helper = portal_helper()
        for name in names:
            message = f"Choose which “{TITLES[name]}” to keep"
            self.fields[name] = forms.ChoiceField(
                label=f"What to keep of “{TITLES[name]}”",
                choices=[(MINE, "Keep mine"), (THEIRS, f"Keep {whose}")],
                widget=forms.RadioSelect(
                    attrs={"class": "govuk-radios--small govuk-radios--inline"}
                ),
                error_messages={"required": message, "invalid_choice": message},
            )

    @property
    def theirs(self) -> list[str]:
        """Of what theirs is kept; call it once the form is valid."""
        return [name for name, choice in self.cleaned_data.items() if choice == THEIRS]


class Settlement:
    """The details that two editors changed: as typed, as saved since, and who saved them."""

    def __init__(
        self,
        digest: Digest,
        names: Sequence[str],
        *,
        mine: Mapping[str, str],
        theirs: Mapping[str, str],
        reader: User,
        typed: QueryDict | None = None,
    ) -> None:
        last = Event.objects.last_of(verb="changed details of", thing=digest)
        is_own = last is None or last.by == reader
        self.whose = "what is saved" if last is None or is_own else f"{last.by.name}’s"
        self.told = "These details were changed while you had them open."
        if last:
            who = "You" if is_own else last.by.name
            self.told = (
                f"{who} changed these details {clock.when(last.at)}, while you had them open."
            )
        self.pairs = [Pair(name=name, mine=mine[name], theirs=theirs[name]) for name in names]
        self.form = KeepForm(names, whose=self.whose, typed=typed)

    @property
    def choices(self) -> Iterator[tuple[Pair, BoundField]]:
        """Each detail that clashes, with its choice."""
        return ((pair, self.form[pair.name]) for pair in self.pairs)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """The id of each choice that is missing, and what to do."""
        return [
            (f"id_keep-{name}_0", str(message))
            for name, messages in self.form.errors.items()
            for message in messages
        ]


def asked_of(sent: QueryDict) -> list[str]:
    """The details that the page which was sent asked to choose of."""
    return [name for name in DETAILS if name in sent.getlist("asked")]


def with_theirs(sent: QueryDict, names: Sequence[str], seen: Mapping[str, Any]) -> QueryDict:
    """What was sent, with those details as they were saved."""
    settled = sent.copy()
    for name, value in DetailsForm.initial_of({name: seen[name] for name in names}).items():
        settled[name] = str(value)
    return settled


def in_words(details: Mapping[str, date | datetime | str]) -> dict[str, str]:
    """The details as people read them."""
    return {name: _word(value) for name, value in details.items()}


def as_typed(form: DetailsForm) -> dict[str, str]:
    """The same of what a form was sent; as it was typed if it cannot be read."""
    if form.is_valid():
        return in_words(form.details())
    typed = {name: str(form.data.get(name, "")) for name in DETAILS}
    deadline = (str(form.data.get(name, "")) for name in ("deadline_on", "deadline_time"))
    return {**typed, "deadline_at": " ".join(deadline)}


def _word(value: date | datetime | str) -> str:
    if isinstance(value, datetime):
        return clock.moment(value)
    return clock.day(value) if isinstance(value, date) else value
