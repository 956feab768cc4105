"""Workstreams and risks: how things stand, and what may go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from projects.models import Project
from weeknotes.content.document import Document
from weeknotes.content.kinds import RisksSection, WorkstreamsSection
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.digests.subjects import Subject
from weeknotes.updates.forms.fields import DayField, HiddenNumberField, LineField, TextField
from weeknotes.updates.forms.rows import RowForm
from weeknotes.updates.forms.sections import SectionForm


class WorkstreamRowForm(RowForm):
    """One strand and its state."""

    name = LineField(label="Workstream")
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Choose"), *((s.value, s.label) for s in WorkstreamState)],
    )
    workstream_id = HiddenNumberField()
    offered = LineField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A state and a name belong together, but for a strand as the form offered it."""
        cleaned = super().clean() or self.cleaned_data
        if self._is_as_offered:
            return cleaned
        if cleaned.get("name") and not cleaned.get("state") and "state" not in self.errors:
            message = f"Choose how “{cleaned['name']}” stands, or clear its name to leave it out"
            self.add_error("state", message)
        if cleaned.get("state") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter the workstream that this state is of")
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Whether it has no name, or is a strand that the writer left as it was offered."""
        return not self.cleaned_data.get("name") or self._is_as_offered

    @property
    def _is_as_offered(self) -> bool:
        said = self.cleaned_data
        is_same = bool(said.get("offered")) and said.get("name") == said["offered"]
        return is_same and not said.get("state") and "state" not in self.errors


class WorkstreamsForm(SectionForm):
    """The strands of a project."""

    section_class = WorkstreamsSection
    row_form = WorkstreamRowForm
    row_label = "workstream"
    first_heading = "Current status"
    row_class = "strand"

    def own(self) -> dict[str, Any]:
        """The strands that have a state."""
        rows = tuple(
            WorkstreamRow(
                name=row["name"],
                state=WorkstreamState(row["state"]),
                workstream_id=row["workstream_id"],
            )
            for row in self.filled_rows()
        )
        return {"rows": rows}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved strand."""
        return [
            {"name": row.name, "state": row.state.value, "workstream_id": row.workstream_id}
            for row in section.rows
        ]


def strands_to_offer(document: Document, subject: Subject) -> list[dict[str, Any]]:
    """Rows without a state for the project's workstreams that a document does not tell of."""
    if not isinstance(subject, Project):
        return []
    sections = (s for s in document.sections if isinstance(s, WorkstreamsSection))
    told = [row for section in sections for row in section.rows]
    ids, names = {row.workstream_id for row in told}, {row.name.casefold() for row in told}
    return [
        {"name": strand.name, "workstream_id": strand.pk, "offered": strand.name}
        for strand in subject.workstreams.active()
        if strand.pk not in ids and strand.name.casefold() not in names
    ]


class RiskRowForm(RowForm):
    """One risk, issue, dependency or blocker."""

    text = TextField(rows=2, label="What it is")
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Not said"), *((kind.value, kind.label) for kind in RiskKind)],
    )
    owner = LineField(label="Owner, if any")
    opened_on = DayField(label="Opened on, if known")

    def clean(self) -> dict[str, Any]:
        """A kind, an owner or a day needs words."""
        cleaned = super().clean() or self.cleaned_data
        if self.has_changed() and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter what the risk or issue is")
        return cleaned


class RisksForm(SectionForm):
    """What may go wrong, or that nothing new does."""

    section_class = RisksSection
    first_heading = RisksSection.label
    row_form = RiskRowForm
    row_label = "risk or issue"
    row_class = "risk"
    nil_return = LineField(
        max_length=300,
        label="Nothing new to report",
        help_text="In your words, such as: No new blockers this week. It may stand beside risks.",
    )

    def own(self) -> dict[str, Any]:
        """The risks, and the nil return if there is one."""
        rows = tuple(
            RiskRow(
                text=row["text"],
                kind=RiskKind(row["kind"]) if row["kind"] else None,
                owner=row["owner"],
                opened_on=row["opened_on"],
            )
            for row in self.filled_rows()
        )
        return {"rows": rows, "nil_return": self.cleaned_data["nil_return"]}

    @classmethod
    def initial_from(cls, section: Any) -> dict[str, Any]:
        """What the form shows of saved risks."""
        return {**super().initial_from(section), "nil_return": section.nil_return}

    @classmethod
    def rows_from(cls, section: Any) -> Sequence[Mapping[str, Any]]:
        """Each saved risk."""
        return [
            {
                "text": row.text,
                "kind": row.kind.value if row.kind else "",
                "owner": row.owner,
                "opened_on": row.opened_on,
            }
            for row in section.rows
        ]
