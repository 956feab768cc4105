"""What is drawn without a template is what Django's own templates draw, to the letter."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from ddat.drawing import PLAIN, Renderer

CHOICES = [
    ("", "None"),
    (1, "One & <two>"),
    ("Group \"&'", [("a<b", "A"), ("c", mark_safe("<i>C</i>"))]),
    ("lazy", gettext_lazy("Yes")),
]
WIDGETS = [
    forms.TextInput(),
    forms.DateInput(),
    forms.HiddenInput(),
    forms.Textarea(),
    forms.Select(choices=CHOICES),
    forms.Select(choices=[]),
    forms.SelectMultiple(choices=CHOICES),  # drawn by the same template
    forms.NumberInput(),
    forms.CheckboxInput(),
    forms.RadioSelect(choices=[("a", "A")]),
]
VALUES = [
    None,
    "",
    0,
    1,
    "1",
    "a<b",
    "lazy",
    mark_safe("<b>"),
    "“q” \"&'\n\r\n\x85\u202e",
    ["c", 1],
]
ATTRS: list[dict[str, Any]] = [
    {},
    {"required": True, "disabled": False, "data-a": "", "rows": 3, "data-none": None},
    {"class": "a 'b' <c>", "data-safe": mark_safe("&amp;"), "title": gettext_lazy("Yes"), "n": 1.5},
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("attrs", ATTRS, ids=["none", "kinds", "marks"])
def test_every_plain_widget_is_drawn_as_django_draws_it(
    widget: forms.Widget, attrs: dict[str, Any]
) -> None:
    for value in VALUES:
        ours, djangos = (
            widget.render("a-<name>", value, attrs={"id": "id_a", **attrs}, renderer=renderer)
            for renderer in (Renderer(), TemplatesSetting())
        )
        assert ours == djangos, value


def test_every_plain_template_is_drawn_by_one_of_them() -> None:
    drawn = {widget.template_name for widget in WIDGETS}
    assert PLAIN.keys() - drawn == set()


def test_errors_and_forms_are_drawn_by_their_templates() -> None:
    class Asking(forms.Form):
        default_renderer = Renderer
        name = forms.CharField(label="<Name>")

    class Plain(Asking):
        default_renderer = TemplatesSetting

    ours, djangos = Asking({}), Plain({})
    assert (str(ours), str(ours.errors)) == (str(djangos), str(djangos.errors))
