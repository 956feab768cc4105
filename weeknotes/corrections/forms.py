"""What an editor says of a correction, and the words of one update in it."""

from __future__ import annotations

import json
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from weeknotes.desk.forms import SummaryField
from weeknotes.publications.models import ChangeKind
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import LineField

KINDS = [
    (ChangeKind.TYPO.value, "A typo: it goes into the list of changes at the foot"),
    (ChangeKind.SUBSTANTIVE.value, "Substance: it stands at the top of the page, with its date"),
]


class CorrectionForm(forms.Form):
    """Title and summary, what sort of correction it is, and what was corrected."""

    use_required_attribute = False

    title = LineField(label="Title")
    summary = SummaryField(
        label="Summary",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": "Shorten the summary to 600 characters. It has %(show_value)d now."
        },
    )
    kind = forms.ChoiceField(
        label="What do you correct?",
        choices=KINDS,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={
            "required": "Choose whether you correct a typo or substance",
            "invalid_choice": "Choose whether you correct a typo or substance",
        },
    )
    note = LineField(
        max_length=500,
        required=True,
        label="What was corrected?",
        help_text="Everyone reads it, with the day on which you publish the correction.",
        error_messages={"required": "Enter what was corrected"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout("title", "summary", "kind", "note")


def seen_in(typed: Any) -> Any:
    """What the editor's page began from; anything else counts as nothing."""
    try:
        return json.loads(str(typed.get("seen") or "{}"))
    except (ValueError, RecursionError):
        return {}
