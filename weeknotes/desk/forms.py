"""What an editor types about a digest: its days, its title, its summary."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from ddat import clock, prose
from ddat.widgets import TimeOfDayInput
from weeknotes.desk.models import Decision
from weeknotes.desk.moving import Side
from weeknotes.digests.details import DETAILS, misfits
from weeknotes.digests.models import Digest
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import DayField, LineField

DEADLINE = time(11)
FRIDAY = timedelta(days=4)
WEEK = timedelta(days=7)
LEFT_OUT = "Clocks go forward from 1am to 2am that night. Enter a time before 1am or from 2am on"
A_YEAR = "Enter a day between the years 2000 and 2099"


class DigestDayField(DayField):
    """A day of a digest: always asked for, and in this century."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        limits = [
            MinValueValidator(date(2000, 1, 1), A_YEAR),
            MaxValueValidator(date(2099, 12, 31), A_YEAR),
        ]
        super().__init__(label=label, required=True, validators=limits, help_text=help_text)


class DatesForm(forms.Form):
    """The days a digest covers, the day it is due out, and when updates must be in."""

    use_required_attribute = False

    covers_from = DigestDayField(label="Covers from")
    covers_to = DigestDayField(label="Covers to")
    deadline_on = DigestDayField(label="Deadline day")
    deadline_time = forms.TimeField(
        label="Deadline time",
        widget=TimeOfDayInput(),
        input_formats=["%H:%M", "%H:%M:%S", "%I%p", "%I:%M%p", "%I.%M%p"],
        error_messages={
            "required": "Enter “Deadline time”",
            "invalid": "Enter “Deadline time” as a time, like 11am or 11:30",
        },
    )
    due_on = DigestDayField(label="Due out on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout(*self.days())

    def days(self) -> tuple[Any, ...]:
        """The days as the page lays them out: in pairs, in the order in which they come."""
        return (
            Div("covers_from", "covers_to", css_class="cells"),
            Div("deadline_on", "deadline_time", css_class="cells"),
            Div("due_on", css_class="cells"),
        )

    def clean(self) -> dict[str, Any]:
        """The days come in their order."""
        cleaned = super().clean() or self.cleaned_data
        names = ("covers_from", "covers_to", "deadline_on", "due_on")
        for name, message in misfits(**{name: cleaned.get(name) for name in names}).items():
            self.add_error(name, message)
        if _is_left_out(cleaned.get("deadline_on"), cleaned.get("deadline_time")):
            self.add_error("deadline_time", LEFT_OUT)
        return cleaned

    def dates(self) -> dict[str, Any]:
        """The days and the deadline as a digest keeps them; call it once the form is valid."""
        said = self.cleaned_data
        deadline = clock.at(said["deadline_on"], said["deadline_time"])
        names = ("covers_from", "covers_to", "due_on")
        return {**{name: said[name] for name in names}, "deadline_at": deadline}


class OpeningForm(DatesForm):
    """A new digest."""

    due_on = DigestDayField(
        label="Due out on",
        help_text="The digest’s address is made of this day, and stays if the day moves.",
    )

    @classmethod
    def initial_after(cls, last: Digest | None) -> dict[str, Any]:
        """The working week after the last digest, if its deadline is ahead; due the Monday after.

        Otherwise this week, or once its deadline has passed the coming one.
        """
        monday = _monday_of(clock.today())
        if clock.now() >= clock.at(monday + FRIDAY, DEADLINE):
            monday += WEEK
        if last:
            monday = max(monday, _monday_of(last.covers_to + WEEK))
        return {
            "covers_from": monday,
            "covers_to": monday + FRIDAY,
            "deadline_on": monday + FRIDAY,
            "deadline_time": DEADLINE,
            "due_on": monday + WEEK,
        }


def _is_left_out(on: date | None, says: time | None) -> bool:
    if on is None or says is None:
        return False
    try:
        clock.at(on, says)
    except ValueError:
        return True
    return False


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class SummaryField(forms.CharField):
    """One paragraph, cleaned as one line."""

    def to_python(self, value: Any) -> str:
        """The paragraph without line ends, control characters and odd spaces."""
        return prose.clean_line(str(super().to_python(value) or ""))


class TitleFields(forms.Form):
    """The title and the summary of a digest."""

    title = LineField(
        label="Title",
        widget=forms.TextInput(attrs={"class": "words"}),
        help_text="What this digest is about, in a few words. Without one its days stand in.",
        error_messages={
            "max_length": "Shorten the title to 200 characters. It has %(show_value)d now."
        },
    )
    summary = SummaryField(
        label="Summary",
        required=False,
        max_length=600,
        help_text="One or two sentences under the title and in lists. Optional.",
        error_messages={
            "max_length": "Shorten the summary to 600 characters. It has %(show_value)d now."
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DetailsForm(TitleFields, DatesForm):
    """Title, summary and days of a digest that is not published yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("title", "summary", *self.days())

    def details(self) -> dict[str, Any]:
        """Everything typed, as a digest keeps it; call it once the form is valid."""
        said = self.cleaned_data
        return {"title": said["title"], "summary": said["summary"], **self.dates()}

    @classmethod
    def initial_from(cls, digest: Digest) -> dict[str, Any]:
        """What the form shows of a digest."""
        return cls.initial_of({name: getattr(digest, name) for name in DETAILS})

    @classmethod
    def initial_of(cls, details: Mapping[str, Any]) -> dict[str, Any]:
        """What the form shows of these details: the deadline as a day and a time."""
        shown = dict(details)
        if "deadline_at" in shown:
            deadline = clock.local(shown.pop("deadline_at"))
            shown |= {"deadline_on": deadline.date(), "deadline_time": deadline.time()}
        return shown


class SeenForm(forms.Form):
    """The details as they stood when the editor opened them; hidden, to notice another's change."""

    prefix = "seen"

    title = forms.CharField(required=False, widget=forms.HiddenInput)
    summary = forms.CharField(required=False, widget=forms.HiddenInput)
    covers_from = forms.DateField(widget=forms.HiddenInput)
    covers_to = forms.DateField(widget=forms.HiddenInput)
    due_on = forms.DateField(widget=forms.HiddenInput)
    deadline_at = forms.CharField(widget=forms.HiddenInput)

    def clean_deadline_at(self) -> datetime:
        """The moment again; ValidationError for what we did not write."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["deadline_at"])
            return clock.local(moment).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError("This is not a moment.") from error

    @classmethod
    def showing(cls, digest: Digest) -> Self:
        """What stands in a digest now."""
        names = ("title", "summary", "covers_from", "covers_to", "due_on")
        shown = {name: getattr(digest, name) for name in names}
        return cls(initial={**shown, "deadline_at": digest.deadline_at.isoformat()})


class SeenVersionField(forms.IntegerField):
    """The digest's version on the editor's desk; hidden."""

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Where an update goes: before or after another one, by its anchor."""

    seen = SeenVersionField()
    before = forms.CharField(required=False)
    after = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """It goes beside one other update, not two and not none."""
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("before")) == bool(cleaned.get("after")):
            raise forms.ValidationError("An update moves before or after another.")
        return cleaned

    def beside(self) -> tuple[Side, str]:
        """On which side of which other update; call it once the form is valid."""
        before = self.cleaned_data["before"]
        return ("before", before) if before else ("after", self.cleaned_data["after"])


class DecisionForm(forms.Form):
    """What becomes of an update."""

    seen = SeenVersionField()
    decision = forms.ChoiceField(choices=Decision.choices)
