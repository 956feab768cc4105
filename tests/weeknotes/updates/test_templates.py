"""Update templates in the admin, set without code."""

import pytest
from django.test import Client

from projects.models import Product
from tests.factories import ProductFactory, ProjectFactory, RoleGrantFactory, UserFactory
from tests.weeknotes.browse import read, sent_by
from weeknotes.updates.templates import UpdateTemplate

pytestmark = pytest.mark.django_db

ADD = "/admin/weeknotes/updatetemplate/add/"


@pytest.fixture
def as_admin(client: Client) -> Client:
    client.force_login(RoleGrantFactory(role="admin").person)
    return client


def test_admin_makes_a_template_for_one_project(as_admin: Client) -> None:
    project = ProjectFactory()
    typed = sent_by(read(as_admin.get(ADD)), "#updatetemplate_form")
    typed |= {
        "name": "Adoption",
        "sections-TOTAL_FORMS": "1",
        "sections-0-position": "1",
        "sections-0-kind": "plans",
        "sections-0-heading": "Looking ahead",
        "uses-TOTAL_FORMS": "1",
        "uses-0-project": str(project.pk),
    }

    response = as_admin.post(ADD, typed)

    made = UpdateTemplate.objects.get()
    assert response.status_code == 302
    assert [(section.kind, str(section)) for section in made.sections.all()] == [
        ("plans", "Looking ahead")
    ]
    assert made.uses.get().project == project


def test_page_asks_as_much_for_ten_rows_as_for_one(
    as_admin: Client, django_assert_max_num_queries
) -> None:
    template = UpdateTemplate.objects.create(name="Project")

    def fill() -> None:
        template.sections.create(kind="plans", product=ProductFactory())
        template.uses.create(project=ProjectFactory())

    def asked() -> int:
        with django_assert_max_num_queries(30) as context:
            page = as_admin.get(f"/admin/weeknotes/updatetemplate/{template.pk}/change/")
        choices = read(page).select(".field-product select")
        names = [product.name for product in Product.objects.all()]
        assert len(choices) == template.sections.count() + 2  # an empty row, and one to copy
        for choice in choices:
            assert [option.text for option in choice.select("option")] == ["---------", *names]
        return len(context)

    fill()
    at_one = asked()
    for _ in range(9):
        fill()

    assert asked() == at_one


def test_second_default_is_refused_in_words(as_admin: Client) -> None:
    UpdateTemplate.objects.create(name="Project", starts="projects")
    typed = sent_by(read(as_admin.get(ADD)), "#updatetemplate_form")

    response = as_admin.post(ADD, {**typed, "name": "Another", "starts": "projects"})

    assert response.status_code == 200
    assert UpdateTemplate.objects.count() == 1


def test_reader_does_not_enter(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get(ADD).status_code in (302, 403, 404)


def test_section_is_called_by_its_kind_without_a_heading() -> None:
    template = UpdateTemplate.objects.create(name="Project")

    assert (str(template), str(template.sections.create(kind="plans"))) == ("Project", "Plans")
