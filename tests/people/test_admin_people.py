"""An admin adds, changes and deactivates people, and gives them roles."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from people.models import Event, Role, RoleGrant, User
from tests.factories import PASSWORD, RoleGrantFactory, TeamFactory, TeamPostFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE, GRANTS = "/admin/people/user/", "/admin/people/rolegrant/"
NEW = {
    "email": "New.Person@council.example",
    "forename": "New",
    "surname": "Person",
    "job_title": "Web officer",
    "team": "",
}


def errors(response) -> dict[str, list[str]]:
    form_errors = response.context["adminform"].form.errors
    return {field: list(messages) for field, messages in form_errors.items()}


def test_added_person_is_kept_with_their_role(as_admin: Client, admin: User) -> None:
    team = TeamFactory(name="Web")

    added = as_admin.post(f"{PEOPLE}add/", NEW | {"team": team.pk})
    person = User.objects.get(email="new.person@council.example")
    granted = as_admin.post(f"{GRANTS}add/", {"person": person.pk, "role": "editor"})

    assert (added.status_code, granted.status_code) == (302, 302)
    assert (person.name, person.job_title, person.team) == ("New Person", "Web officer", team)
    assert (person.is_editor, person.is_admin, person.is_superuser) == (True, False, False)
    assert person.role_grants.get().granted_by == admin
    assert not person.has_usable_password()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"email": "ADA@council.example"},
            {"email": ["Somebody with this email address is here already."]},
        ),
        ({"email": ""}, {"email": ["This field is required."]}),
    ],
)
def test_wrong_answers_are_told_beside_their_fields(
    as_admin: Client, typed: dict[str, str], told: dict[str, list[str]]
) -> None:
    response = as_admin.post(f"{PEOPLE}add/", NEW | typed)

    assert errors(response) == told
    assert not User.objects.filter(forename="New").exists()


def test_person_is_changed(as_admin: Client, contributor: User) -> None:
    data = {"email": contributor.email, "forename": "Cornelia", "surname": "Tributor"}

    response = as_admin.post(f"{PEOPLE}{contributor.pk}/change/", data)

    contributor.refresh_from_db()
    assert response.status_code == 302
    assert (contributor.forename, contributor.is_active) == ("Cornelia", True)
    assert contributor.check_password(PASSWORD)


def test_form_makes_no_superuser_and_lets_nobody_go(as_admin: Client, contributor: User) -> None:
    data = {"email": contributor.email, "forename": "Con", "is_superuser": "on", "groups": "1"}

    as_admin.post(f"{PEOPLE}{contributor.pk}/change/", data | {"leaves_on": "2026-01-05"})

    contributor.refresh_from_db()
    assert (contributor.leaves_on, contributor.is_superuser) == (None, False)


def test_form_offers_no_permissions(as_admin: Client, contributor: User) -> None:
    form = as_admin.get(f"{PEOPLE}{contributor.pk}/change/").context["adminform"].form

    assert list(form.fields) == [
        "email",
        "forename",
        "surname",
        "job_title",
        "team",
    ]


def test_people_are_searched_and_filtered(as_admin: Client, admin: User, director: User) -> None:
    def found(query: str) -> list[User]:
        return list(as_admin.get(f"{PEOPLE}?{query}").context["cl"].result_list)

    assert found("q=rector") == [director]
    assert found("role=admin") == [admin]
    assert len(found("role=nonsense")) == User.objects.count()
    assert found("role=editor&here=here") == [director]


def test_list_of_people_tells_their_roles(as_admin: Client, director: User) -> None:
    RoleGrantFactory(person=director, role=Role.ADMIN)

    page = BeautifulSoup(as_admin.get(f"{PEOPLE}?q=rector").content, "html.parser")

    cells = [cell.get_text() for cell in page.select("#result_list tbody td")]
    assert cells[1:] == ["Di Rector", "none", "Editor, Admin", "Here"]


def test_fields_of_posts_are_named_where_rows_stack(as_admin: Client) -> None:
    address = f"/admin/people/team/{TeamFactory().pk}/change/"

    page = BeautifulSoup(as_admin.get(address).content, "html.parser")

    cells = page.select("#posts-empty td[data-label]")
    assert [cell["data-label"] for cell in cells] == ["Post", "Person", "First day", "Ends on"]


def test_superuser_makes_the_first_admin(client: Client, superuser: User) -> None:
    client.force_login(superuser)

    client.post(f"{GRANTS}add/", {"person": superuser.pk, "role": "admin"})

    assert superuser.is_admin


def test_admin_gives_themselves_nothing(as_admin: Client, admin: User) -> None:
    response = as_admin.post(f"{GRANTS}add/", {"person": admin.pk, "role": "editor"})

    assert errors(response) == {
        "__all__": ["You cannot give yourself a role. Ask another admin to do it."]
    }
    assert not admin.is_editor


def test_leaver_is_refused_beside_their_name(as_admin: Client) -> None:
    going = UserFactory(leaves_on=date(2100, 1, 1), forename="Going", surname="Soon")

    response = as_admin.post(f"{GRANTS}add/", {"person": going.pk, "role": "editor"})

    assert errors(response) == {
        "person": ["Going Soon leaves on 1 January 2100. Choose somebody who stays."]
    }


def test_what_is_refused_while_saving_is_said(
    as_admin: Client, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody else was quicker: the form found nothing wrong."""
    going = UserFactory(leaves_on=date(2100, 1, 1), forename="Going", surname="Soon")
    monkeypatch.setattr("people.admin.grants.RoleGrantForm.clean", lambda form: form.cleaned_data)

    for person, told in ((going, "Going Soon leaves on"), (admin, "You cannot give yourself")):
        response = as_admin.post(f"{GRANTS}add/", {"person": person.pk, "role": "editor"})

        *_, message = get_messages(response.wsgi_request)
        assert (response.status_code, str(message).startswith(told)) == (302, True)
    assert not RoleGrant.objects.filter(role="editor").exists()


def test_role_already_held_is_said(as_admin: Client, director: User) -> None:
    response = as_admin.post(f"{GRANTS}add/", {"person": director.pk, "role": "editor"})

    assert errors(response) == {"__all__": ["This person has the role already."]}


def test_roles_go_to_people_who_work_here(as_admin: Client, leaver: User) -> None:
    form = as_admin.get(f"{GRANTS}add/").context["adminform"].form

    labels = [label for _, label in form.fields["person"].choices]
    assert "Ada Min (ada@council.example)" in labels
    assert "Lea Ver (lea@council.example)" not in labels


def test_ending_selected_grants_spares_ones_own_and_the_last(
    as_admin: Client, admin: User, director: User
) -> None:
    other = RoleGrantFactory(person__forename="Other")
    chosen = list(RoleGrant.objects.values_list("pk", flat=True))

    response = as_admin.post(GRANTS, {"action": "end_selected", "_selected_action": chosen})

    assert (director.is_editor, other.person.is_editor, admin.is_admin) == (True, False, True)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Di Rector is the last editor. Make somebody else an editor first.",
        "You cannot end your own role. Ask another admin to do it.",
        "1 grant ended.",
    ]
    assert list(Event.objects.values_list("verb", "by")) == [("ended", admin.pk)]


@pytest.mark.parametrize("page", ["change", "delete"])
def test_grant_is_neither_changed_nor_deleted(as_admin: Client, director: User, page: str) -> None:
    grant = director.role_grants.get()

    response = as_admin.post(f"{GRANTS}{grant.pk}/{page}/", {"role": "admin", "post": "yes"})

    grant.refresh_from_db()
    assert response.status_code == 403
    assert grant.role == Role.EDITOR


@pytest.mark.parametrize("path", ["user", "team", "teampost", "rolegrant"])
def test_lists_ask_as_much_for_three_rows_as_for_one(
    as_admin: Client, path: str, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    def fill() -> None:
        post = TeamPostFactory(person__team=TeamFactory())
        RoleGrantFactory(person=post.person)

    def asked() -> int:
        with django_assert_max_num_queries(20) as context:
            as_admin.get(f"/admin/people/{path}/")
        return len(context)

    fill()
    at_one = asked()
    fill()
    fill()

    assert asked() == at_one


def test_person_leads_to_their_roles(as_admin: Client, director: User) -> None:
    page = BeautifulSoup(as_admin.get(f"{PEOPLE}{director.pk}/change/").content, "html.parser")
    link = page.find("a", string="Give or end a role")

    grants = as_admin.get(link["href"]).context["cl"].result_list

    assert [grant.person for grant in grants] == [director]


def test_adding_says_that_a_link_is_mailed(as_admin: Client) -> None:
    page = BeautifulSoup(as_admin.get(f"{PEOPLE}add/").content, "html.parser")

    assert page.select_one("#user_form p.help").get_text() == (
        "When you save, they are mailed a link with which they set their own password."
    )
