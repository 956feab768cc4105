"""Drawing the plainest inputs without a template: a long form has thousands of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Drawn = Mapping[str, Any]  # a widget as Django describes it to a template


class Renderer(TemplatesSetting):
    """Django's own, to the letter; what it would draw with its plainest templates is written."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        """The HTML of a widget, a form or a list of errors."""
        draw = PLAIN.get(template_name)
        if draw:
            return mark_safe(draw(context["widget"]))
        return mark_safe(super().render(template_name, context, request))


def _input(widget: Drawn) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_escaped(value)}"'
    return (
        f'<input type="{widget["type"]}" name="{_escaped(widget["name"])}"{said}{_attrs(widget)}>'
    )


def _textarea(widget: Drawn) -> str:
    value = _escaped(widget["value"] or "")
    return f'<textarea name="{_escaped(widget["name"])}"{_attrs(widget)}>\n{value}</textarea>'


def _select(widget: Drawn) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attrs(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Drawn]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_escaped(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(option: Drawn) -> str:
    value, label = _escaped(option["value"]), _escaped(option["label"])
    return f'<option value="{value}"{_attrs(option)}>{label}</option>\n'


def _attrs(widget: Drawn) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


PLAIN: dict[str, Callable[[Drawn], str]] = {
    "django/forms/widgets/date.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
