"""The template pack draws a field as GOV.UK Frontend's own fixtures do."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from crispy_forms.layout import Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.forms.formsets import formset_factory
from django.template import Context, Template
from django.template.loader import render_to_string

from ddat.widgets import DayInput, HintedRadios, TimeOfDayInput
from tests.govuk.markup import tree

FIXTURES = Path(__file__).parent / "fixtures"
PASSED_ON = ("inputmode", "autocomplete", "spellcheck", "rows")


def cases(component: str) -> list[Any]:
    """The component's fixtures, each a test of its own."""
    fixtures = json.loads((FIXTURES / f"{component}.json").read_text())
    return [pytest.param(fixture, id=f"{component}: {fixture['name']}") for fixture in fixtures]


def attributes(options: dict[str, Any]) -> dict[str, str]:
    """The attributes that a form gives its widget to come to the fixture's options."""
    attrs = {name: str(options[name]).lower() for name in PASSED_ON if name in options}
    return attrs | ({"class": options["classes"]} if "classes" in options else {})


def drawn(options: dict[str, Any], field: forms.Field, value: Any) -> str:
    """One field drawn by the pack, with the fixture's label, hint, value and error."""
    name = options["name"]
    label = options.get("label") or options["fieldset"]["legend"]
    field.required = False
    field.label = label["text"]
    field.help_text = options.get("hint", {}).get("text", "")
    form = forms.Form({} if value is None else {name: value})
    form.fields[name] = field
    if "errorMessage" in options:
        form.add_error(name, options["errorMessage"]["text"])
    template = Template("{% load crispy_forms_tags %}{{ field|as_crispy_field }}")
    return template.render(Context({"field": form[name]}))


def choices(options: dict[str, Any]) -> list[tuple[Any, str]]:
    """The fixture's items as Django's choices."""
    return [(item["value"], item["text"]) for item in options.get("items", [])]


@pytest.mark.parametrize("fixture", cases("input"))
def test_input(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    field = forms.CharField(widget=forms.TextInput(attrs=attributes(options)))
    assert tree(drawn(options, field, None)) == tree(fixture["html"])


@pytest.mark.parametrize("fixture", cases("textarea"))
def test_textarea(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    attrs = {"rows": "5"} | attributes(options)
    field = forms.CharField(widget=forms.Textarea(attrs=attrs), strip=False)
    assert tree(drawn(options, field, options.get("value"))) == tree(fixture["html"])


@pytest.mark.parametrize("fixture", cases("select"))
def test_select(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    field = forms.ChoiceField(choices=choices(options))
    assert tree(drawn(options, field, options.get("value"))) == tree(fixture["html"])


@pytest.mark.parametrize("fixture", cases("radios"))
def test_radios(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    hints = {item["value"]: item["hint"]["text"] for item in options["items"] if "hint" in item}
    widget = HintedRadios(hints=hints, attrs=attributes(options))
    field = forms.ChoiceField(choices=choices(options), widget=widget)
    checked = next((item["value"] for item in options["items"] if item.get("checked")), None)
    # Its legend is a page heading there; ours never is.
    only = ".govuk-radios" if "isPageHeading" in options["fieldset"]["legend"] else ""
    assert tree(drawn(options, field, checked), only) == tree(fixture["html"], only)


@pytest.mark.parametrize("fixture", cases("checkboxes"))
def test_checkboxes(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    widget = forms.CheckboxSelectMultiple(attrs=attributes(options))
    field = forms.MultipleChoiceField(choices=choices(options), widget=widget)
    assert tree(drawn(options, field, None)) == tree(fixture["html"])


@pytest.mark.parametrize("fixture", cases("error-summary"))
def test_error_summary(fixture: dict[str, Any]) -> None:
    errors = [
        (error.get("href", "").removeprefix("#"), error["text"])
        for error in fixture["options"]["errorList"]
    ]
    page = render_to_string("govuk/error_summary.html", {"errors": errors})
    assert tree(page) == tree(fixture["html"])


@pytest.mark.parametrize("fixture", cases("button"))
def test_button(fixture: dict[str, Any]) -> None:
    options = fixture["options"]
    button = Submit(options["name"], options["text"])
    page = button.render(forms.Form(), Context(), template_pack="govuk")
    name, classes, attrs, words = tree(page)
    # Crispy Forms always says the value and an id as well.
    assert attrs.pop("value") == options["text"]
    assert attrs.pop("id") == ["#0"]
    assert (name, classes, attrs, words) == tree(fixture["html"])


class PlanForm(forms.Form):
    """One of each kind, for what the fixtures do not show."""

    title = forms.CharField(error_messages={"required": "Enter a title"})
    on = forms.DateField(widget=DayInput, initial="2026-05-18")
    colour = forms.ChoiceField(
        choices=[("green", "Green")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a colour"},
    )
    is_nil = forms.BooleanField(
        label="No new blockers",
        help_text="A fact too",
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Say whether there are blockers"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("title") == "late":
            raise forms.ValidationError("The deadline has passed")
        if self.data.get("version") == "old":
            self.add_error("version", "Somebody saved a newer one")


def summary(*things: Any) -> Any:
    """The summary of the errors of these forms and formsets."""
    template = Template("{% load govuk %}{% error_summary things %}")
    return template.render(Context({"things": things}))


def links(html: str) -> list[tuple[str, str]]:
    """Each line of a summary: where it leads and what it says."""
    items = BeautifulSoup(html, "html.parser").select("li")
    return [(str(item.a["href"]) if item.a else "", item.get_text(strip=True)) for item in items]


def test_error_summary_leads_to_the_first_input_of_each_field() -> None:
    form = PlanForm({"on": "2026-05-18"})
    assert links(summary(form)) == [
        ("#id_title", "Enter a title"),
        ("#id_colour_0", "Choose a colour"),
        ("#id_is_nil", "Say whether there are blockers"),
    ]


def test_every_link_of_the_error_summary_has_its_input() -> None:
    form = PlanForm({})
    page = render_crispy_form(form)
    assert all(f'id="{target[1:]}"' in page for target, _ in links(summary(form)))


def test_an_error_of_the_whole_form_leads_to_its_first_field() -> None:
    form = PlanForm({"title": "late", "on": "2026-05-18", "colour": "green", "is_nil": "on"})
    assert links(summary(form)) == [("#id_title", "The deadline has passed")]


def test_an_error_of_a_hidden_field_is_told_without_a_link() -> None:
    data = {"title": "x", "on": "2026-05-18", "colour": "green", "is_nil": "on", "version": "old"}
    form = PlanForm(data)
    assert links(summary(form))[-1] == ("", "Somebody saved a newer one")


def test_error_summary_gathers_forms_and_formsets() -> None:
    formset_class = formset_factory(PlanForm, extra=0, max_num=1, validate_max=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title": "x"}
    told = links(summary(PlanForm({}), [formset_class(data)]))
    assert told[0] == ("#id_title", "Enter a title")
    assert ("", "Please submit at most 1 form.") in told
    assert ("#id_form-0-colour_0", "Choose a colour") in told


def test_no_errors_no_summary() -> None:
    assert summary(PlanForm()).strip() == ""


def test_checkbox_has_its_label_hint_and_error() -> None:
    template = Template("{% load crispy_forms_tags %}{{ field|as_crispy_field }}")
    page = template.render(Context({"field": PlanForm({})["is_nil"]}))
    error, box = tree(page)[3]
    assert error[3][1] == "Say whether there are blockers"
    assert box[1] == ["govuk-checkboxes", "govuk-checkboxes--small"]
    item = box[3][0]
    given, label, hint = item[3]
    assert given[2]["type"] == "checkbox"
    assert label[3] == ["No new blockers"]
    assert hint[1] == ["govuk-checkboxes__hint", "govuk-hint"]
    assert given[2]["aria-describedby"] == [hint[2]["id"][0], error[2]["id"][0]]


def test_a_whole_form_posts_without_the_browsers_own_checks() -> None:
    page = render_crispy_form(PlanForm())
    name, _, attrs, children = tree(page)
    assert (name, attrs) == ("form", {"method": "post", "novalidate": ""})
    assert [child[0] for child in children] == ["div", "div", "div", "div", "input"]


def test_a_day_is_asked_for_as_browsers_do() -> None:
    page = render_crispy_form(PlanForm())
    assert '<input type="date" name="on" value="2026-05-18"' in page


@pytest.mark.parametrize("typed", ["18 May 2026", "2026-13-45", "20260518", "2026-5-18", "soon"])
def test_a_day_that_a_calendar_cannot_show_comes_back_as_it_was_typed(typed: str) -> None:
    assert DayInput().render("on", typed) == f'<input type="text" name="on" value="{typed}">'


def test_a_time_that_a_clock_cannot_show_comes_back_as_it_was_typed() -> None:
    inputs = [TimeOfDayInput().render("at", typed) for typed in ("11am", "25:00", "11:30")]
    assert inputs == [
        '<input type="text" name="at" value="11am">',
        '<input type="text" name="at" value="25:00">',
        '<input type="time" name="at" value="11:30">',
    ]


def test_a_formset_is_drawn_with_its_management_form() -> None:
    formset = formset_factory(PlanForm, extra=2)()
    template = Template("{% load crispy_forms_tags %}{% crispy formset %}")
    page = template.render(Context({"formset": formset}))
    assert 'name="form-TOTAL_FORMS"' in page
    assert 'id="id_form-1-title"' in page
