"""An admin keeps projects, their owners, workstreams and metrics, and products."""

from datetime import date

import pytest
from django.test import Client

from people.models import Event, User
from projects.models import Product, Project
from tests.factories import (
    MetricFactory,
    ProductFactory,
    ProjectFactory,
    ProjectPostFactory,
    RoleGrantFactory,
    TeamFactory,
    UserFactory,
    WorkstreamFactory,
)

pytestmark = pytest.mark.django_db

PROJECTS, PRODUCTS = "/admin/projects/project/", "/admin/projects/product/"
EMPTY_ROWS = {
    f"{rows}-{count}_FORMS": 0
    for rows in ("posts", "workstreams", "metrics")
    for count in ("TOTAL", "INITIAL")
}


@pytest.fixture
def admin() -> User:
    return RoleGrantFactory(role="admin").person


@pytest.fixture
def as_admin(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_project_is_added_with_all_it_has(as_admin: Client, admin: User) -> None:
    owner, team = UserFactory(), TeamFactory()
    data = EMPTY_ROWS | {
        "name": "Regulatory Services",
        "code": "PR910B",
        "team": team.pk,
        "paused_until": "29/05/2026",
        "posts-TOTAL_FORMS": 1,
        "posts-0-post": "holder",
        "posts-0-person": owner.pk,
        "posts-0-starts_on": "11/05/2026",
        "workstreams-TOTAL_FORMS": 1,
        "workstreams-0-name": "Deployment",
        "workstreams-0-position": 1,
        "metrics-TOTAL_FORMS": 1,
        "metrics-0-name": "File syncing",
        "metrics-0-unit": "users",
        "metrics-0-good_direction": "up",
        "metrics-0-decimals": 0,
        "metrics-0-position": 1,
    }

    response = as_admin.post(f"{PROJECTS}add/", data)

    project = Project.objects.get()
    metric = project.metrics.get()
    assert response.status_code == 302
    assert project.house_heading == "PR910B Regulatory Services"
    assert project.paused_until == date(2026, 5, 29)
    assert (project.posts.get().person, project.workstreams.get().name) == (owner, "Deployment")
    assert (metric.name, metric.unit, metric.good_direction) == ("File syncing", "users", "up")
    assert list(Event.objects.values_list("verb", "kind", "by")) == [
        ("added", "project", admin.pk),
        ("appointed", "projectpost", admin.pk),
    ]


def test_mistaken_metric_and_workstream_may_go(as_admin: Client) -> None:
    project = ProjectFactory()
    metric, strand = MetricFactory(project=project), WorkstreamFactory(project=project)
    data = EMPTY_ROWS | {"name": project.name, "team": project.team.pk}
    for rows, row in (("metrics", metric), ("workstreams", strand)):
        data |= {
            f"{rows}-TOTAL_FORMS": 1,
            f"{rows}-INITIAL_FORMS": 1,
            f"{rows}-0-id": row.pk,
            f"{rows}-0-project": project.pk,
            f"{rows}-0-DELETE": "on",
        }

    response = as_admin.post(f"{PROJECTS}{project.pk}/change/", data)

    assert response.status_code == 302
    assert not project.metrics.exists()
    assert not project.workstreams.exists()


@pytest.mark.parametrize(
    ("path", "factory"), [(PROJECTS, ProjectFactory), (PRODUCTS, ProductFactory)]
)
def test_selected_rows_are_closed_and_reopened(
    as_admin: Client, admin: User, path: str, factory
) -> None:
    thing = factory()

    as_admin.post(path, {"action": "close_selected", "_selected_action": [thing.pk]})
    thing.refresh_from_db()
    assert thing.closed_by == admin

    as_admin.post(path, {"action": "reopen_selected", "_selected_action": [thing.pk]})
    thing.refresh_from_db()
    assert thing.closed_by is None
    assert list(Event.objects.values_list("verb", flat=True)) == ["closed", "reopened"]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("", ["Closed one", "Open one"]),
        ("open", ["Open one"]),
        ("closed", ["Closed one"]),
        ("nonsense", ["Closed one", "Open one"]),
    ],
)
def test_projects_are_filtered_by_state(as_admin: Client, state: str, names: list[str]) -> None:
    ProjectFactory(name="Open one")
    ProjectFactory(name="Closed one").close(by=UserFactory())

    found = as_admin.get(f"{PROJECTS}?state={state}").context["cl"].result_list

    assert [project.name for project in found] == names


def test_list_of_projects_names_the_owner(as_admin: Client) -> None:
    ProjectPostFactory(person__forename="Ann", person__surname="Smith")

    page = as_admin.get(PROJECTS).content.decode()

    assert '<td class="field-owner">Ann Smith</td>' in page


@pytest.mark.parametrize(
    ("path", "factory"), [(PROJECTS, ProjectFactory), (PRODUCTS, ProductFactory)]
)
def test_nothing_is_deleted(as_admin: Client, path: str, factory) -> None:
    thing = factory()

    response = as_admin.post(f"{path}{thing.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403


def test_product_is_added(as_admin: Client) -> None:
    as_admin.post(f"{PRODUCTS}add/", {"name": "Drupal", "team": TeamFactory().pk})

    assert Product.objects.get().name == "Drupal"


@pytest.mark.parametrize("path", ["project", "projectpost", "product"])
def test_lists_ask_as_much_for_three_rows_as_for_one(
    as_admin: Client, path: str, django_assert_max_num_queries
) -> None:
    team = TeamFactory()

    def fill() -> None:
        ProjectPostFactory(project__team=team)
        ProductFactory(team=team).close(by=UserFactory())

    def asked() -> int:
        with django_assert_max_num_queries(20) as context:
            as_admin.get(f"/admin/projects/{path}/")
        return len(context)

    fill()
    at_one = asked()
    fill()
    fill()

    assert asked() == at_one
