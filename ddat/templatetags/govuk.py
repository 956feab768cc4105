"""Tags of the govuk template pack: a field's input in its classes, the summary of errors."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def widget(field: BoundField, css_class: str = "") -> SafeString:
    """The field's input in GOV.UK Frontend's classes for its kind, its own, and one more."""
    name = _class_name(field.field.widget)
    own = field.field.widget.attrs.get("class", "")
    error = f"{name}--error" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (name, own, css_class, error)))})


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*forms_or_formsets: Any) -> dict[str, Any]:
    """Every error of these forms, formsets and lists of them, each with the field it leads to."""
    return {"errors": list(_errors(forms_or_formsets))}


def _class_name(kind: forms.Widget) -> str:
    if isinstance(kind, forms.Textarea):
        return "govuk-textarea"
    if isinstance(kind, forms.Select):
        return "govuk-select"
    return "govuk-input"


def _errors(things: Iterable[Any]) -> Iterator[tuple[str, object]]:
    """Pairs of a field's id, empty where there is none to lead to, and a message."""
    for thing in things:
        if isinstance(thing, forms.BaseForm):
            yield from _form_errors(thing)
        elif isinstance(thing, BaseFormSet):
            yield from (("", message) for message in thing.non_form_errors())
            yield from _errors(thing.forms)
        else:
            yield from _errors(thing)


def _form_errors(form: forms.BaseForm) -> Iterator[tuple[str, object]]:
    for name, messages in form.errors.items():
        fields = [form[name]] if name in form.fields else form.visible_fields()[:1]
        target = _first_input(fields[0]) if fields else ""
        yield from ((target, message) for message in messages)


def _first_input(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    if field.use_fieldset:
        return field.subwidgets[0].id_for_label
    return field.id_for_label
