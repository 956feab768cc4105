"""What holds for every page of the admin: nothing inline, and no hostile question breaks it."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client

from tests.factories import (
    MetricFactory,
    ProductFactory,
    ProjectPostFactory,
    TeamPostFactory,
    WorkstreamFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = ["\x00", "9" * 30, "-1", "\ud800", "'\"><script>"]
ASKED = ["q", "o", "p", "role", "role__exact", "team__id__exact", "here"]
ASKED += ["team", "person", "team__exact", "project"]
ASKED += ["ended_at__isempty", "starts_on__year", "person__forename", "_to_field"]
OURS = ("people", "projects")
NO_ROW = ["abc", "9" * 19, "9" * 30, "-1", "1 ", "\u0661", "", "1_0"]


@pytest.fixture(autouse=True)
def rows() -> None:
    post = ProjectPostFactory()
    WorkstreamFactory(project=post.project)
    MetricFactory(project=post.project)
    ProductFactory()
    TeamPostFactory()


def pages() -> Iterator[str]:
    for model in admin.site._registry:
        if model._meta.app_label in OURS:
            yield f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def test_no_page_needs_anything_inline(as_admin: Client) -> None:
    addresses = ["/admin/", "/admin/people/"]
    for page in pages():
        first = as_admin.get(page).context["cl"].result_list[0]
        addresses += [
            page,
            f"{page}add/",
            f"{page}{first.pk}/change/",
            f"{page}{first.pk}/history/",
        ]

    for address in addresses:
        response = as_admin.get(address)
        page = BeautifulSoup(response.content, "html.parser")

        assert response.status_code == 200, address
        assert page.select("[style], style, script:not([src]):not([type])") == [], address
        handlers = [tag for tag in page.find_all() if any(re.match("on", a) for a in tag.attrs)]
        assert handlers == [], address


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_questions_break_no_list(as_admin: Client, value: str) -> None:
    for page in pages():
        for name in ASKED:
            response = as_admin.get(f"{page}?{encoded({name: value})}")

            assert response.status_code < 500, (page, name)


@pytest.mark.parametrize("value", NO_ROW)
def test_what_is_no_row_cannot_be_ticked(as_admin: Client, value: str) -> None:
    for model, its_admin in admin.site._registry.items():
        page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for action in its_admin.actions or ["delete_selected"]:
            data = {"action": action, "_selected_action": value}

            assert submit(as_admin, page, data).status_code == 400, (page, action)


def test_row_that_is_gone_may_have_been_ticked(as_admin: Client) -> None:
    for page in pages():
        for action in ("close_selected", "end_selected"):
            data = {"action": action, "_selected_action": "9" * 18}

            assert submit(as_admin, page, data).status_code < 400, page


@pytest.mark.parametrize("name", ["team", "person", "team__id__exact", "person__exact"])
@pytest.mark.parametrize("value", ["9" * 19, "-" + "9" * 30, "9_" * 15])
def test_numbers_beyond_the_databases_are_refused(as_admin: Client, name: str, value: str) -> None:
    for model in admin.site._registry:
        page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

        response = as_admin.get(f"{page}?{name}={value}")

        assert response.status_code == 400, page
        assert "govuk-template" in response.content.decode()


def test_long_numbers_may_be_searched_for(as_admin: Client) -> None:
    for page in pages():
        assert as_admin.get(f"{page}?q={'9' * 30}").status_code == 200


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_addresses_are_not_found(as_admin: Client, value: str) -> None:
    for page in pages():
        for tail in ("change/", "history/", "delete/", "password/", ""):
            response = as_admin.get(f"{page}{value}/{tail}".encode("utf-8", "replace").decode())

            assert response.status_code < 500, (page, tail)


@pytest.mark.parametrize("value", [*HOSTILE, "x" * 1024 * 1024])
def test_hostile_answers_break_no_form(as_admin: Client, value: str) -> None:
    names = ["email", "forename", "surname", "job_title", "team", "name"]
    names += ["short_name", "parent", "house_order", "person", "role", "starts_on", "code"]
    names += ["project", "paused_until", "posts-0-person", "posts-0-starts_on"]
    data = dict.fromkeys(names, value[:50_000])
    for rows in ("posts", "workstreams", "metrics"):
        data |= {f"{rows}-TOTAL_FORMS": "1", f"{rows}-INITIAL_FORMS": "0"}
        data |= {f"{rows}-0-{name}": data["name"] for name in ("name", "decimals", "position")}
    action = {"action": value, "_selected_action": value, "index": value}

    for page in pages():
        assert submit(as_admin, f"{page}add/", data).status_code == 200, page
        assert submit(as_admin, page, action).status_code < 500, page


def encoded(data: dict[str, str]) -> str:
    return urlencode(data, errors="surrogatepass")


def submit(client: Client, page: str, data: dict[str, str]) -> HttpResponse:
    return client.post(page, encoded(data), content_type="application/x-www-form-urlencoded")
