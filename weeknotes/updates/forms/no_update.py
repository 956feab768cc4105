"""Saying that there is nothing to report."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from weeknotes.content.document import NoUpdate
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import DayField, LineField, TextField


class NoUpdateForm(forms.Form):
    """Why there is no update this week, and when there will be one."""

    lines = TextField(
        rows=3,
        label="Why is there no update?",
        help_text="One line is enough, for example: Meetings start again at the end of May. "
        "It is printed as you write it.",
    )
    heading = LineField(max_length=300, label="Heading above it", help_text="Optional.")
    returns = LineField(
        label="When will there be one?",
        help_text="In your words, such as: the end of May. Optional.",
    )
    returns_on = DayField(
        label="If you know the day", help_text="Optional. Printed where you give no words."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.fields["lines"]
        lines.required = True
        lines.error_messages["required"] = "Enter why there is no update this week"
        self.helper = portal_helper()
        self.helper.layout = Layout("version", "lines", "heading", "returns", "returns_on")

    @classmethod
    def initial_from(cls, no_update: NoUpdate) -> dict[str, Any]:
        """What the form shows of what was said before."""
        names = ("lines", "heading", "returns", "returns_on")
        return {name: getattr(no_update, name) for name in names}

    def no_update(self) -> NoUpdate:
        """What was said."""
        said = self.cleaned_data
        return NoUpdate(
            lines=said["lines"],
            heading=said["heading"],
            returns=said["returns"],
            returns_on=said["returns_on"],
        )
