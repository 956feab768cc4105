"""What an editor types when they return an update."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import TextField
from weeknotes.updates.questions import LONGEST_QUESTION


class QuestionForm(forms.Form):
    """The question, and the update's version as the editor read it; hidden."""

    question = TextField(
        rows=4,
        label="Your question",
        help_text="Only those who write for it and editors see it.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        field.required = True
        field.error_messages["required"] = "Enter what you want to ask"
        self.helper = portal_helper()
        self.helper.layout = Layout("version", "question")

    def clean_question(self) -> str:
        """No longer than a page of a form can show."""
        question: str = self.cleaned_data["question"]
        if len(question) > LONGEST_QUESTION:
            raise forms.ValidationError(
                f"Shorten your question to {LONGEST_QUESTION:,} characters. "
                f"It has {len(question):,} now."
            )
        return question
