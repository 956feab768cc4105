"""Who else has an update open: seen by its writers, told by POST alone, forgotten soon."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from people.models import User
from projects.models import Project
from tests.factories import ProjectPostFactory, RoleGrantFactory, UserFactory, directorate
from tests.weeknotes.browse import read, spoken
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import THURSDAY, editor, open_digest, put_out, write_note
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates.presence import Presence

pytestmark = pytest.mark.django_db

COL = "Col League is also editing, since 9:12am."


@pytest.fixture
def as_colleague(colleague: User, project: Project) -> Client:
    """A deputy, signed in in another browser."""
    ProjectPostFactory(person=colleague, project=project, post="deputy")
    client = Client()
    client.force_login(colleague)
    return client


def line_in(client: Client, address: str) -> str:
    """What the form's page says of others."""
    return spoken(read(client.get(address)).select_one(".also"))


def test_two_writers_see_each_other(as_writer: Client, as_colleague: Client, address: str) -> None:
    assert as_colleague.post(f"{address}presence/").content.decode() == ""

    assert line_in(as_writer, address) == COL
    assert as_writer.post(f"{address}presence/").content.decode() == COL
    assert line_in(as_colleague, address) == "Wren Writer is also editing, since 9:12am."


def test_opening_the_page_notes_nobody(as_writer: Client, address: str) -> None:
    as_writer.get(address)

    assert Presence.objects.count() == 0


def test_without_scripts_a_button_of_the_form_is_enough(
    sheet: Sheet, as_colleague: Client, time_machine: Any
) -> None:
    Sheet(as_colleague, sheet.address).press("row:s2")
    time_machine.move_to(THURSDAY + timedelta(minutes=14), tick=False)

    assert line_in(sheet.client, sheet.address) == COL


def test_who_is_not_heard_of_is_forgotten(
    as_writer: Client, as_colleague: Client, address: str, time_machine: Any
) -> None:
    as_colleague.post(f"{address}presence/")
    time_machine.move_to(THURSDAY + timedelta(seconds=151), tick=False)

    assert line_in(as_writer, address) == ""
    as_writer.post(f"{address}presence/")
    assert [presence.person.name for presence in Presence.objects.all()] == ["Wren Writer"]


def test_since_stays_and_rows_do_not_grow(
    as_colleague: Client, address: str, time_machine: Any
) -> None:
    for seconds in range(0, 600, 30):
        time_machine.move_to(THURSDAY + timedelta(seconds=seconds), tick=False)
        as_colleague.post(f"{address}presence/")

    assert [(here.since, here.until) for here in Presence.objects.all()] == [
        (THURSDAY, THURSDAY + timedelta(seconds=570 + 150))
    ]


@pytest.mark.parametrize(("button", "noted"), [("save", 1), ("preview", 1), ("submit", 0)])
def test_who_hands_in_is_forgotten(
    sheet: Sheet, as_colleague: Client, button: str, noted: int
) -> None:
    Sheet(as_colleague, sheet.address).press(button, s0__lines="Done")

    assert Presence.objects.count() == noted


def test_several_are_named_the_first_first(
    as_writer: Client, project: Project, address: str, time_machine: Any
) -> None:
    for minutes, forename in enumerate(["Ann", "<b>Bo</b> &"]):
        person = UserFactory(forename=forename, surname="Lee")
        ProjectPostFactory(person=person, project=project, post="deputy")
        client = Client()
        client.force_login(person)
        time_machine.move_to(THURSDAY + timedelta(minutes=minutes), tick=False)
        client.post(f"{address}presence/")

    told = "Ann Lee is also editing, since 9:12am. <b>Bo</b> & Lee is also editing, since 9:13am."
    answer = as_writer.post(f"{address}presence/")
    assert (answer.content.decode(), answer["Content-Type"]) == (told, "text/plain; charset=utf-8")
    assert line_in(as_writer, address) == told


def test_other_updates_tell_nothing(
    as_writer: Client, as_colleague: Client, address: str, digest: Digest
) -> None:
    as_colleague.post(f"{address}presence/")
    composing.start_composing(digest=digest, by=editor())
    later = open_digest(weeks=1)

    assert line_in(as_writer, address.replace(digest.slug, later.slug)) == ""


@pytest.mark.parametrize("page", ["", "no-update/"])
def test_both_pages_of_an_update_tell_of_each_other(
    as_writer: Client, as_colleague: Client, address: str, page: str
) -> None:
    as_colleague.post(f"{address}no-update/", {"lines": ""})

    also = read(as_writer.get(f"{address}{page}")).select_one(".also")
    assert (spoken(also), also["data-presence"]) == (COL, f"{address}presence/")


def test_who_says_no_update_is_forgotten(as_colleague: Client, address: str) -> None:
    as_colleague.post(f"{address}presence/")
    as_colleague.post(f"{address}no-update/", {"lines": "Away", "version": "0"})

    assert Presence.objects.count() == 0


def test_once_published_nobody_is_noted(as_writer: Client, digest: Digest, address: str) -> None:
    write_note(digest)
    put_out(digest)

    assert as_writer.post(f"{address}presence/").content == b""
    assert Presence.objects.count() == 0


def test_editors_see_each_other_on_the_note(digest: Digest, colleague: User) -> None:
    directorate()
    RoleGrantFactory(person=colleague, role="editor")
    first, second = Client(), Client()
    first.force_login(editor())
    second.force_login(colleague)
    second.post(f"/desk/{digest.slug}/note/presence/")

    assert line_in(first, f"/desk/{digest.slug}/note/") == COL


def test_no_other_site_can_note_anybody(writer: User, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)

    assert client.post(f"{address}presence/").status_code == 403
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_asking_costs_the_same_however_many(
    as_writer: Client,
    digest: Digest,
    address: str,
    project: Project,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    as_writer.get(address)
    anchor = f"project-{project.slug}"
    for _ in range(count):
        Presence.objects.note_down(
            digest=digest, anchor=anchor, person=UserFactory(), lasts=timedelta(minutes=1)
        )

    with django_assert_num_queries(7):
        as_writer.post(f"{address}presence/")
