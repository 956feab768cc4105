"""What an editor types about a correction: title and summary, and what was corrected."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from weeknotes.corrections.models import Correction
from weeknotes.desk.forms import TitleFields
from weeknotes.publications.forms import PublishForm
from weeknotes.publications.models import ChangeKind
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import LineField

KINDS = [
    (ChangeKind.TYPO.value, "A typo: it is listed at the end of the digest"),
    (ChangeKind.SUBSTANCE.value, "What it says: a dated note stands at the top of the digest"),
]
CHOOSE = "Choose whether you corrected a typo or what the digest says"


class TitleForm(TitleFields):
    """The title and the summary that the digest is to have."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout("title", "summary", "version")

    @classmethod
    def initial_from(cls, correction: Correction) -> dict[str, Any]:
        """What the form shows of a correction."""
        return {name: getattr(correction, name) for name in ("title", "summary", "version")}


class PublishCorrectionForm(PublishForm):
    """What was corrected, in words everyone reads; and the article as it was previewed."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="What do you correct?",
        choices=KINDS,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = LineField(
        max_length=500,
        required=True,
        label="What was corrected?",
        help_text="Everyone reads it. For example: “The move is planned for 12 June, not 2 June.”",
        error_messages={
            "required": "Enter what was corrected",
            "max_length": "Shorten it to 500 characters. It has %(show_value)d now.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout("kind", "note", "hash", "seen")
