"""The bar round every page: who sees which places, the demonstration line, signing out."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from ddat.frame import bar_html
from people.models import User
from tests.factories import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


def page_for(person: Any, path: str = "/") -> HttpRequest:
    """A request of that person."""
    request = RequestFactory().get(path)
    if person:
        request.user = User.objects.with_rights().get(pk=person.pk)
    return request


def places(request: HttpRequest) -> list[str]:
    """The words of the bar's links."""
    return [link.text for link in BeautifulSoup(bar_html(request), "html.parser").select("nav a")]


def test_a_reader_sees_the_places_of_everybody() -> None:
    assert places(page_for(UserFactory())) == ["Home", "Digests", "Projects", "My updates"]


def test_an_editor_sees_the_desk_as_well() -> None:
    editor = RoleGrantFactory(role="editor").person
    assert places(page_for(editor)) == ["Home", "Digests", "Projects", "My updates", "Desk"]


def test_an_admin_sees_the_admin_as_well() -> None:
    admin = RoleGrantFactory(role="admin").person
    assert places(page_for(admin)) == ["Home", "Digests", "Projects", "My updates", "Admin"]


def test_a_superuser_sees_what_a_reader_sees() -> None:
    superuser = UserFactory(is_superuser=True)
    assert places(page_for(superuser)) == ["Home", "Digests", "Projects", "My updates"]


def test_nobody_signed_in_sees_no_places_and_no_sign_out() -> None:
    bar = BeautifulSoup(bar_html(page_for(None)), "html.parser")
    assert [tag.name for tag in bar.select("nav, form, .me")] == []
    assert bar.select_one("a.brand")["href"] == "/"


def test_the_bar_costs_no_query(django_assert_num_queries: Any) -> None:
    request = page_for(UserFactory())
    with django_assert_num_queries(0):
        bar_html(request)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/", [("Home", "page")]),
        ("/digests/", [("Digests", "page")]),
        ("/digests/2026-05-18/", [("Digests", "true")]),
        ("/account/sign-out/", []),
    ],
)
def test_the_bar_says_where_one_is(path: str, marked: list[tuple[str, str]]) -> None:
    bar = BeautifulSoup(bar_html(page_for(UserFactory(), path)), "html.parser")
    assert [(a.text, a["aria-current"]) for a in bar.select("[aria-current]")] == marked


def test_a_name_is_written_as_text() -> None:
    person = UserFactory(forename="<b>Ann</b>", surname="Lee")
    bar = BeautifulSoup(bar_html(page_for(person)), "html.parser")
    assert bar.select_one(".me").text == "<b>Ann</b> Lee"
    # The name and the way out stay together where the bar wraps.
    assert [tag.name for tag in bar.select(".self > *")] == ["a", "form"]


def test_signing_out_is_a_post_with_a_token() -> None:
    form = BeautifulSoup(bar_html(page_for(UserFactory())), "html.parser").select_one("form")
    assert (form["method"], form["action"]) == ("post", "/account/sign-out/")
    assert len(form.select_one("[name=csrfmiddlewaretoken]")["value"]) == 64


@pytest.mark.parametrize(("is_demo", "count"), [(True, 1), (False, 0)])
def test_the_demonstration_says_so(settings: Any, is_demo: bool, count: int) -> None:
    settings.DEMO = is_demo
    page = Template('{% extends "base.html" %}').render(Context({"request": page_for(None)}))
    assert page.count("Demonstration.") == count


def test_a_page_says_in_its_title_that_it_has_errors() -> None:
    template = Template('{% extends "base.html" %}{% block title %}Plan{% endblock %}')
    page = template.render(Context({"request": page_for(None), "has_errors": True}))
    title = BeautifulSoup(page, "html.parser").title.text
    assert title.strip() == "Error: Plan - DDaT Weeknotes"


def test_messages_are_told_quietly(settings: Any) -> None:
    template = Template('{% include "components/messages.html" %}')
    message = {"level_tag": "success"}
    page = BeautifulSoup(template.render(Context({"messages": [message]})), "html.parser")
    assert len(page.select("[role=status] > ul.flash")) == 1
    assert len(page.select("li.success svg")) == 1
