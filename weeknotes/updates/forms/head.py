"""The head of an update's form: heading, byline and RAG."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.forms.boundfield import BoundField

from ddat import prose
from ddat.widgets import HintedRadios
from weeknotes.content.document import Byline, Document, Rag, RagColour
from weeknotes.content.html import rag_html
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import LineField, TextField
from weeknotes.updates.forms.naming import people_named


class HeadForm(forms.Form):
    """What stands above an update's sections."""

    heading = LineField(
        max_length=300,
        label="Heading",
        help_text="As it will stand in the digest. Leave it as it is unless it needs to change.",
    )
    byline = TextField(
        rows=2,
        label="Byline",
        help_text="Who it is from, one person a line: name, job title. "
        "For example: Sam Okafor, Head of Service. Leave it empty to print none.",
    )

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = portal_helper()
        self.helper.layout = Layout("heading", "byline")

    @property
    def own_fields(self) -> list[BoundField]:
        """The fields beside heading and byline."""
        return [self[name] for name in self.fields if name not in HeadForm.base_fields]

    def clean_byline(self) -> tuple[Byline, ...]:
        """The people named, each matched to their account where exactly one has that name."""
        lines = [line.strip() for line in self.cleaned_data["byline"].split("\n")]
        named = [_byline(line) for line in lines if line.strip(" ,")]
        if any(not b.name for b in named):
            raise forms.ValidationError("Start each line with a name, then a comma and job title.")
        if any(len(b.name) > 200 or len(b.job_title) > 200 for b in named):
            raise forms.ValidationError("Shorten each name and each job title to 200 characters.")
        return _matched(named)

    def rag(self) -> Rag | None:
        """Teams are not rated."""
        return None

    @classmethod
    def initial_from(cls, document: Document) -> dict[str, Any]:
        """What the form shows of a saved document."""
        lines = (", ".join(filter(None, (b.name, b.job_title))) for b in document.byline)
        return {"heading": document.heading, "byline": "\n".join(lines)}


class ProjectHeadForm(HeadForm):
    """The same for a project, which is rated."""

    rag_colour = forms.ChoiceField(
        label="How does it stand?",
        choices=[(colour.value, rag_html(colour)) for colour in RagColour],
        widget=HintedRadios(
            hints={colour.value: colour.criteria for colour in RagColour},
            attrs={"class": "crit govuk-radios--small"},
        ),
        required=False,
    )
    rag_words = LineField(
        label="In your words",
        help_text="As you would say it, for example: on track. Optional.",
    )
    rag_reason = LineField(
        max_length=1000,
        label="Why? One sentence",
        help_text="Printed at the top of your update. Without one the page says that no reason "
        "was given.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("heading", "byline", "rag_colour", "rag_words", "rag_reason")

    def clean(self) -> dict[str, Any]:
        """Words or a reason need a colour to stand beside."""
        cleaned = super().clean() or self.cleaned_data
        said = cleaned.get("rag_words") or cleaned.get("rag_reason")
        if said and not cleaned.get("rag_colour") and "rag_colour" not in self.errors:
            self.add_error("rag_colour", "Choose how it stands, to go with your words")
        return cleaned

    def rag(self) -> Rag | None:
        """The rating, or None where the writer chose none."""
        chosen = self.cleaned_data["rag_colour"]
        if not chosen:
            return None
        return Rag(
            colour=RagColour(chosen),
            words=self.cleaned_data["rag_words"],
            reason=self.cleaned_data["rag_reason"],
        )

    @classmethod
    def initial_from(cls, document: Document) -> dict[str, Any]:
        """What the form shows of a saved document."""
        rag = document.rag
        said = (
            {"rag_colour": rag.colour.value, "rag_words": rag.words, "rag_reason": rag.reason}
            if rag
            else {}
        )
        return {**super().initial_from(document), **said}


def _byline(line: str) -> Byline:
    name, _, job_title = line.partition(",")
    return Byline(name=prose.clean_line(name), job_title=prose.clean_line(job_title))


def _matched(named: list[Byline]) -> tuple[Byline, ...]:
    people = people_named(line.name for line in named)
    return tuple(replace(line, person_id=people.get(line.name)) for line in named)
