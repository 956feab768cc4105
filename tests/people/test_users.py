"""People: their addresses, names and rights."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Role, RoleGrant, User
from tests.factories import RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_email_is_stored_in_lower_case() -> None:
    person = User.objects.create_user(" Ann.Smith@Council.Example ", forename="Ann")

    assert person.email == "ann.smith@council.example"


def test_email_in_capitals_is_refused_by_the_database() -> None:
    person = UserFactory()

    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), transaction.atomic():
        User.objects.filter(pk=person.pk).update(email="ANN@council.example")


def test_email_is_unique_in_any_case() -> None:
    UserFactory(email="ann@council.example")
    again = User(email="ANN@council.example", forename="Ann", password="!")

    with pytest.raises(ValidationError) as refusal:
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Ann@council.example")

    assert refusal.value.message_dict == {
        "email": ["Somebody with this email address is here already."]
    }


def test_person_is_found_by_email_in_any_case() -> None:
    person = UserFactory(email="ann@council.example")

    assert User.objects.get_by_natural_key("ANN@Council.example") == person


@pytest.mark.parametrize(
    ("forename", "surname", "name"),
    [
        ("Ann", "Smith", "Ann Smith"),
        ("Ann", "", "Ann"),
        (" Ann\u00a0", "Smith\u202e", "Ann Smith"),
    ],
)
def test_name_is_forename_then_surname(forename: str, surname: str, name: str) -> None:
    person = User(forename=forename, surname=surname)

    assert (person.name, person.get_full_name()) == (name, name)


def test_person_without_a_name_goes_by_their_email() -> None:
    assert str(User(email="a@council.example")) == "a@council.example"


def test_cleaning_tidies_what_was_typed() -> None:
    person = User(email="A@council.example", forename=" Ann ", job_title="Head\r\nof it")

    person.clean()

    assert (person.email, person.forename, person.job_title) == (
        "a@council.example",
        "Ann",
        "Head of it",
    )
    assert person.get_short_name() == "Ann"


def test_person_without_a_password_has_none_that_works() -> None:
    person = UserFactory(password=None)

    assert not person.has_usable_password()


def test_rights_follow_open_grants() -> None:
    editor = RoleGrantFactory(role=Role.EDITOR).person
    admin = RoleGrantFactory(role=Role.ADMIN).person
    former = RoleGrantFactory(role=Role.EDITOR)
    former.end(by=admin)

    assert (editor.is_editor, editor.is_admin, editor.is_staff) == (True, False, False)
    assert (admin.is_editor, admin.is_admin, admin.is_staff) == (False, True, True)
    assert not former.person.is_editor


def test_with_rights_asks_once_for_everybody(django_assert_num_queries) -> None:
    editor = RoleGrantFactory(role=Role.EDITOR).person
    RoleGrantFactory(person=editor, role=Role.ADMIN)

    with django_assert_num_queries(1):
        rights = {
            person.pk: (person.is_editor, person.is_admin) for person in User.objects.with_rights()
        }

    assert rights.pop(editor.pk) == (True, True)
    assert set(rights.values()) == {(False, False)}


def test_superuser_has_no_role() -> None:
    person = User.objects.create_superuser("root@council.example", "x", forename="Root")

    assert (person.is_superuser, person.is_editor, person.is_admin) == (True, False, False)
    assert not RoleGrant.objects.exists()


def test_people_are_listed_like_a_phone_list() -> None:
    UserFactory(forename="Bo", surname="Ash")
    UserFactory(forename="Al", surname="Ash")
    UserFactory(forename="Cy", surname="Aber", leaves_on=date(2026, 1, 5))

    assert [person.name for person in User.objects.by_name()] == ["Cy Aber", "Al Ash", "Bo Ash"]
    assert [person.name for person in User.objects.active().by_name()] == ["Al Ash", "Bo Ash"]


def test_people_are_found_by_their_full_names() -> None:
    ann, bo = UserFactory(forename="Ann", surname="Smith"), UserFactory(forename="Bo", surname="")
    UserFactory(forename="Ann", surname="Jones")

    assert set(User.objects.named(["Ann Smith", "Bo", "Nobody"])) == {ann, bo}


def test_slug_is_made_from_the_name_alone() -> None:
    people = [
        UserFactory(email=email, forename=forename, surname=surname)
        for email, forename, surname in [
            ("secret.address@council.example", "Ann", "Smith"),
            ("ann.2@council.example", "Ann", "Smith"),
            ("one@council.example", "Zoë", ""),
            ("nobody@council.example", "", ""),
            ("other@council.example", "李", "明"),
        ]
    ]

    assert [person.slug for person in people] == [
        "ann-smith",
        "ann-smith-2",
        "zoe",
        "person",
        "person-2",
    ]


def test_slug_outlives_a_new_name() -> None:
    person = UserFactory(forename="Ann", surname="Smith")

    person.surname = "Jones"
    person.save()

    assert User.objects.get(pk=person.pk).slug == "ann-smith"
