"""The suite's own footing does what the other tests count on."""

import socket
from pathlib import Path

import pytest
from django.template import Context, Template, engines
from django.template.base import Origin

from ddat.settings import BASE_DIR
from tests.templates import UndefinedVariableError


def template(text: str, *, name: Path) -> Template:
    engine = engines["django"].engine
    return Template(text, origin=Origin(name=str(name)), engine=engine)


@pytest.mark.parametrize("text", ["{{ x }}", "{{ x|default:'y' }}", "{{ x.y.z }}"])
def test_undefined_variable_in_our_template_is_an_error(text: str) -> None:
    ours = template(text, name=BASE_DIR / "templates/page.html")

    with pytest.raises(UndefinedVariableError, match=r"^x.* is not defined in .*page.html, line 1"):
        ours.render(Context())


@pytest.mark.parametrize(("text", "shown"), [("{% if x %}a{% endif %}", ""), ("{{ x }}", "0")])
def test_asked_for_or_given_variable_is_none(text: str, shown: str) -> None:
    ours = template(text, name=BASE_DIR / "templates/page.html")

    assert ours.render(Context({"x": 0})) == shown


@pytest.mark.parametrize(("text", "shown"), [("{{ x }}", ""), ("{{ x|default:'y' }}", "y")])
def test_undefined_variable_in_another_template_is_empty(text: str, shown: str) -> None:
    theirs = template(text, name=BASE_DIR / "elsewhere/page.html")

    assert theirs.render(Context()) == shown


def test_no_connection_leaves_this_machine() -> None:
    with socket.socket() as probe, pytest.raises(AssertionError, match="tried to reach 192"):
        probe.connect(("192.0.2.1", 80))
