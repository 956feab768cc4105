"""The whole form of an update: its head, and its sections in order.

It works with scripts off: Up, Down, Remove and Add are buttons that send everything typed and
get it back rearranged, saved only by Save draft, Preview or Submit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField

from projects.models import Product, Project
from weeknotes.content.document import Document
from weeknotes.content.kinds import KINDS
from weeknotes.digests.subjects import Subject
from weeknotes.updates.forms.figures import CountsForm, MetricsForm
from weeknotes.updates.forms.head import HeadForm, ProjectHeadForm
from weeknotes.updates.forms.lists import ListForm, OutcomesForm, PlansForm
from weeknotes.updates.forms.news import DatesForm, ThanksForm
from weeknotes.updates.forms.rows import MAX_ROWS, Typed, row_count, typed_values
from weeknotes.updates.forms.sections import SectionForm, TextForm
from weeknotes.updates.forms.standing import RisksForm, WorkstreamsForm, strands_to_offer

MAX_SECTIONS = 30
MOST_STATES = 300  # lines of an update whose state can be set; a form has only so many fields
KEY = re.compile("s[0-9]{1,4}")
FORMS: dict[str, type[SectionForm]] = {
    form.section_class.kind: form
    for form in (
        TextForm,
        OutcomesForm,
        PlansForm,
        MetricsForm,
        CountsForm,
        WorkstreamsForm,
        RisksForm,
        DatesForm,
        ThanksForm,
    )
}


class Editor:
    """The form of one update, from a saved document or from what was typed."""

    def __init__(self, *, head: HeadForm, sections: Iterable[SectionForm], version: int) -> None:
        self.head = head
        self.sections = list(sections)
        self.version = version
        self.kinds = [(kind, section.label, section.hint) for kind, section in KINDS.items()]
        self.problem = ""
        self.extra: Sequence[forms.Form] = ()

    @classmethod
    def showing(
        cls,
        document: Document,
        *,
        subject: Subject,
        version: int,
        head_says: Mapping[str, Any] | None = None,
    ) -> Self:
        """The form as it opens on a saved document, or on what an update starts from.

        `head_says` is what to show in the head's fields in place of what the document says.
        """
        products = _products()
        offered = _offered(document, subject)
        sections = [
            FORMS[section.kind](
                key=f"s{place}", products=products, saved=section, offered=offered.get(place, ())
            )
            for place, section in enumerate(document.sections)
        ]
        _leave_room([form for form in sections if isinstance(form, ListForm)])
        head_class = head_class_of(subject)
        head = head_class(initial=head_says or head_class.initial_from(document))
        return cls(head=head, sections=sections, version=version)

    @classmethod
    def sent(cls, typed: Typed, *, subject: Subject, is_checked: bool = True) -> Self:
        """The form as it was sent; unless `is_checked`, shown again without a verdict."""
        products = _products()
        sections = (
            FORMS[kind](key=key, products=products, typed=typed, is_checked=is_checked)
            for key, kind in _order(typed)
        )
        head_class = head_class_of(subject)
        head = (
            head_class(data=typed)
            if is_checked
            else head_class(initial=typed_values(head_class, typed, ""))
        )
        return cls(head=head, sections=sections, version=_version(typed))

    @classmethod
    def rearranged(cls, typed: Typed, action: str, *, subject: Subject) -> Self:
        """What was sent, after one of the buttons "up:s1", "down:s1", "remove:s1", "row:s1", "add".

        A button that no longer fits, such as Up on the first section, changes nothing.
        """
        verb, _, key = action.partition(":")
        changed: dict[str, Any] = typed.dict() if hasattr(typed, "dict") else dict(typed)
        order = _order(changed)
        keys = [k for k, _ in order]
        if verb == "add" and changed.get("add_kind") in FORMS and len(order) < MAX_SECTIONS:
            key, kind = _free_key(keys), changed["add_kind"]
            is_first = kind not in dict(order).values()
            order.append((key, kind))
            changed[f"{key}-row-count"] = str(FORMS[kind].spare_rows)
            changed[f"{key}-heading"] = FORMS[kind].first_heading if is_first else ""
        elif verb == "row" and key in keys:
            count = f"{key}-row-count"
            changed[count] = str(min(MAX_ROWS, row_count(changed.get(count)) + 1))
        elif verb == "remove" and key in keys:
            del order[keys.index(key)]
        elif verb in ("up", "down") and key in keys:
            place = keys.index(key)
            other = place + (1 if verb == "down" else -1)
            if 0 <= other < len(order):
                order[place], order[other] = order[other], order[place]
        changed["sections"] = ",".join(f"{k}:{kind}" for k, kind in order)
        editor = cls.sent(changed, subject=subject, is_checked=False)
        for form in editor.sections:
            form.is_new = form.key not in keys
        return editor

    @property
    def order(self) -> str:
        """The sections in their order, as the form sends them: "s0:outcomes,s1:plans"."""
        return ",".join(f"{form.key}:{form.kind}" for form in self.sections)

    @property
    def can_grow(self) -> bool:
        """Whether there is room for another section."""
        return len(self.sections) < MAX_SECTIONS

    @property
    def carried(self) -> dict[str, str]:
        """Every field with what stands in it, for a page to carry unseen and send again."""
        rows = [section.rows for section in self.sections if section.rows]
        return {
            "sections": self.order,
            **{f"{one.prefix}-count": str(one.count) for one in rows},
            **{
                field.html_name: "" if field.value() is None else str(field.value())
                for _, form in self._forms()
                for field in form
            },
        }

    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        others = (form.is_valid() for form in (*self.sections, *self.extra))
        return all([self.head.is_valid(), *others])

    def document(self) -> Document:
        """What was typed, as a document; call it once the form is valid."""
        said = self.head.cleaned_data
        return Document(
            heading=said["heading"],
            byline=said["byline"],
            rag=self.head.rag(),
            sections=tuple(form.section() for form in self.sections),
        )

    def errors(self) -> list[tuple[str, str]]:
        """The id of each field that cannot be read and why, in the order of the page."""
        if self.problem:
            return [(self.first_field_id, self.problem)]
        return [
            (_field_id(form, name), f"{where}{message}")
            for where, form in self._forms()
            for name, messages in form.errors.items()
            for message in messages
        ]

    def refuse(self, message: str) -> None:
        """Say of the whole update why it cannot be handed in."""
        self.problem = message

    @property
    def first_field_id(self) -> str:
        """The field to begin with, where something is missing from the whole update."""
        if not self.sections:
            return "id_add_kind"
        return self.sections[0].first_field.id_for_label

    def _forms(self) -> Iterator[tuple[str, forms.Form]]:
        """Every part of the form, and the words that tell one row from another."""
        yield "", self.head
        for section in self.sections:
            yield "", section
            for number, row in enumerate(section.rows or [], start=1):
                yield f"{section.row_label.capitalize()} {number}: ", row
        yield from (("", form) for form in self.extra)


def _field_id(form: forms.Form, name: str) -> str:
    field: BoundField = form[name]
    is_group = isinstance(field.field.widget, forms.RadioSelect)
    return f"{field.auto_id}_0" if is_group else field.id_for_label


def head_class_of(subject: Subject) -> type[HeadForm]:
    """The form of the head: projects are rated."""
    return ProjectHeadForm if isinstance(subject, Project) else HeadForm


def _offered(document: Document, subject: Subject) -> dict[int, list[dict[str, Any]]]:
    """The strands nobody has told of, for the first section that tells of strands."""
    kinds = [section.kind for section in document.sections]
    if WorkstreamsForm.section_class.kind not in kinds:
        return {}
    place = kinds.index(WorkstreamsForm.section_class.kind)
    return {place: strands_to_offer(document, subject)}


def _leave_room(lists: Iterable[ListForm]) -> None:
    """Offer the states of the first lines alone, where there are very many."""
    room = MOST_STATES
    for form in lists:
        if form.rows:
            del form.rows.forms[room:]
            room -= form.rows.count


def _products() -> list[Product]:
    return list(Product.objects.all())


def _order(typed: Typed) -> list[tuple[str, str]]:
    """The keys and kinds that were sent; what is not ours is left out."""
    sent = [part.partition(":") for part in str(typed.get("sections") or "").split(",")]
    known = {key: kind for key, _, kind in sent if kind in FORMS and KEY.fullmatch(key)}
    return list(known.items())[:MAX_SECTIONS]


def _free_key(keys: list[str]) -> str:
    return f"s{max((int(key[1:]) for key in keys), default=-1) + 1}"


def _version(typed: Typed) -> int:
    sent = str(typed.get("version") or "0")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
