"""Workstreams of a project that nobody has told of: the form offers them and says nothing."""

import pytest
from django.test import Client

from projects.models import Project
from tests.factories import WorkstreamFactory
from tests.weeknotes.browse import spoken
from tests.weeknotes.updates.sheet import Sheet
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.models import Update
from weeknotes.updates.templates import UpdateTemplate

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def strands(project: Project) -> list[int]:
    """Two workstreams of the project."""
    return [
        WorkstreamFactory(project=project, name=name, position=position).pk
        for position, name in enumerate(("Deployment", "Adoption"))
    ]


@pytest.fixture
def form(as_writer: Client, address: str, strands: list[int]) -> Sheet:
    """The project's form: workstreams and words."""
    template = UpdateTemplate.objects.create(name="Project", starts="projects")
    for position, kind in enumerate(("workstreams", "text", "workstreams")):
        template.sections.create(position=position, kind=kind)
    return Sheet(as_writer, address)


def shown(form: Sheet) -> list[tuple[str, str]]:
    """The name and state of each row on the page."""
    return [
        (value, form.fields[f"{name.removesuffix('-name')}-state"])
        for name, value in form.fields.items()
        if name.endswith("-name")
    ]


def saved(digest: Digest, project: Project) -> Update:
    update = writing.find_update(digest=digest, subject=project)
    assert update is not None
    return update


def test_strands_are_offered_once_without_a_state(form: Sheet) -> None:
    assert shown(form) == [("Deployment", ""), ("Adoption", ""), ("", ""), ("", "")]


def test_untouched_strands_neither_block_nor_are_told(
    form: Sheet, digest: Digest, project: Project
) -> None:
    response = form.press("submit", **{"s1-text": "We met."})

    update = saved(digest, project)
    assert (response.status_code, update.state) == (302, "submitted")
    assert [section.is_empty for section in update.latest.document.sections] == [True, False, True]


def test_untouched_strands_are_not_one_line(form: Sheet) -> None:
    assert form.press("submit").status_code == 422
    assert not Update.objects.exists()


def test_strand_with_a_state_is_told_and_the_other_offered_again(
    form: Sheet, digest: Digest, project: Project, strands: list[int]
) -> None:
    form.press("save", **{"s0-row-1-state": "paused"})

    row = WorkstreamRow(name="Adoption", state=WorkstreamState.PAUSED, workstream_id=strands[1])
    assert saved(digest, project).latest.document.sections[0].rows == (row,)
    form.open()
    assert shown(form)[:3] == [("Adoption", "paused"), ("Deployment", ""), ("", "")]


def test_strand_under_another_name_needs_a_state(form: Sheet) -> None:
    response = form.press("save", **{"s0-row-0-name": "Roll-out"})

    assert response.status_code == 422
    assert "Choose how “Roll-out” stands" in spoken(form.page.main)


def test_strand_left_open_survives_another_row(form: Sheet) -> None:
    form.press("row:s0")

    assert shown(form)[:4] == [("Deployment", ""), ("Adoption", ""), ("", ""), ("", "")]
    assert form.press("save", **{"s1-text": "We met."}).status_code == 302


def test_unknown_state_of_an_offered_strand_is_refused(form: Sheet) -> None:
    assert form.press("save", **{"s0-row-0-state": "odd"}).status_code == 422
