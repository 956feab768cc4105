"""Who handed in what, and when; what is no line; what nobody can read."""

from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from django.test import Client

from ddat import clock, prose
from people.models import User
from projects.models import Project, ProjectPost
from tests.weeknotes.browse import errors_of, read, sent_by, spoken
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import saying
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.editing import Place
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


def test_it_stands_under_the_name_of_whoever_handed_it_in(
    digest: Digest, project: Project, writer: User, colleague: User, client: Client
) -> None:
    ProjectPost.objects.appoint(project=project, person=colleague, by=writer, on=clock.today())
    words: dict[str, Any] = {"digest": digest, "subject": project, "document": saying()}
    writing.save_draft(**words, version=0, by=writer)
    noon = clock.now() + timedelta(hours=3)

    update = writing.submit(**words, version=1, by=colleague, at=noon)

    client.force_login(colleague)
    page = read(client.get(update.address))
    assert update.latest.last_hand == (colleague, noon)
    assert spoken(page.select_one(".head .meta")) == (
        f"Submitted by Col League, {clock.moment(noon)}"
    )


def test_what_the_form_began_with_is_no_line_from_the_preview_either(sheet: Sheet) -> None:
    sheet.press("preview")

    response = sheet.client.post(f"{sheet.address}submission/", {"version": "1"})

    assert response["Location"] == sheet.address
    assert Update.objects.get().state == "draft"


def test_words_saved_while_it_is_handed_in_from_the_preview_are_not_handed_in(
    sheet: Sheet, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.press("preview", s0__lines="Mine")
    update = Update.objects.get()
    words = {"digest": update.digest, "subject": update.subject, "by": colleague}
    find = Place.saved

    def saved_then_others(place: Place) -> Update:
        found = find(place)
        monkeypatch.setattr(Place, "saved", find)
        writing.save_draft(**words, document=saying("Theirs"), version=1)
        return found

    monkeypatch.setattr(Place, "saved", saved_then_others)

    response = sheet.client.post(f"{sheet.address}submission/", {"version": "1"})

    assert response["Location"] == f"{sheet.address}preview/"
    assert Update.objects.get().state == "draft"


def test_colour_alone_is_no_line(sheet: Sheet) -> None:
    response = sheet.press("submit", rag_colour="green", rag_words="on track")

    assert response.status_code == 422
    assert Update.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (", Boss", "Start each line with a name, then a comma and job title."),
        (",", None),
    ],
)
def test_byline_needs_a_name(sheet: Sheet, typed: str, message: str | None) -> None:
    response = sheet.press("save", byline=typed, s0__lines="Met")

    assert response.status_code == (422 if message else 302)
    assert list(errors_of(sheet.page).values()) == ([message] if message else [])


@pytest.mark.parametrize("typed", ["9" * 1_200_000, "1" * 41])
def test_endless_number_is_refused(sheet: Sheet, typed: str) -> None:
    sheet.hold("metrics")

    sheet.press("save", **{"s0-row-0-name": "Users", "s0-row-0-to_value": typed})

    assert list(errors_of(sheet.page).values()) == [
        "Metric 1: Enter “To” with at most 15 digits, and 6 after the point"
    ]


def test_nonsense_in_hidden_fields_counts_as_none(sheet: Sheet) -> None:
    sheet.hold("metrics")
    hidden = {"s0-row-0-metric_id": "9" * 30, "s0-row-0-decimals": "many"}

    response = sheet.press("save", **{"s0-row-0-name": "Users", "s0-row-0-to_value": "3"}, **hidden)

    row = Update.objects.get().latest.document.sections[0].rows[0]
    assert (response.status_code, row.decimals) == (302, 0)


def test_endless_section_key_is_left_out(sheet: Sheet) -> None:
    response = sheet.press("add", sections=f"s{'9' * 5000}:text", add_kind="text")

    assert (response.status_code, sheet.order) == (200, "s0:text")


def test_metric_with_only_a_unit_asks_what_is_measured(sheet: Sheet) -> None:
    sheet.hold("metrics")

    sheet.press("save", **{"s0-row-0-unit": "users"})

    assert list(errors_of(sheet.page).values()) == [
        "Metric 1: Enter what is measured, to go with the figures"
    ]


def test_closed_project_is_not_begun_but_can_be_finished(
    sheet: Sheet, project: Project, writer: User
) -> None:
    project.close(by=writer)
    before = sheet.client.get(sheet.address).status_code
    project.reopen(by=writer)
    sheet.press("save", s0__lines="Met")
    project.close(by=writer)

    assert (before, sheet.client.get(sheet.address).status_code) == (404, 200)


@pytest.mark.parametrize("button", ["save", "submit"])
def test_words_for_what_was_closed_meanwhile_are_handed_back(
    sheet: Sheet, project: Project, writer: User, button: str
) -> None:
    project.close(by=writer)

    response = sheet.press(button, s0__lines="An hour of words")

    assert (response.status_code, sheet.fields["s0-lines"]) == (422, "An hour of words")
    assert list(errors_of(sheet.page).values()) == [
        "PR1 Frontline Services was closed. Nothing is written for it any more."
    ]
    assert Update.objects.count() == 0


def test_words_of_no_update_for_what_was_closed_meanwhile_are_handed_back(
    sheet: Sheet, project: Project, writer: User
) -> None:
    project.close(by=writer)

    response = sheet.client.post(f"{sheet.address}no-update/", {"lines": "Away.", "version": "0"})

    assert (response.status_code, sent_by(read(response))["lines"]) == (422, "Away.")


def test_heading_of_spaces_is_read_in_no_time() -> None:
    began = process_time()

    prose.block_html("# a" + " " * 19_990 + "b #", level=3)

    assert process_time() - began < 5  # far below a second; a slow machine may be slow
    assert prose.plain("# Week ahead ##") == "Week ahead"
