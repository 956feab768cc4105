"""What the week after the seeds starts from."""

from datetime import date

import pytest

from people.models import User
from projects.models import Project
from weeknotes.digests.models import Digest
from weeknotes.updates.starting import starting_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_next_update_starts_from_what_was_told() -> None:
    project = Project.objects.get(slug="onedrive-user-adoption")
    document = starting_document(
        subject=project,
        digest=Digest.objects.unpublished().get(),
        person=User.objects.get(email="contributor@ddat.example"),
    )
    metrics, strands = (
        next(section for section in document.sections if section.kind == kind)
        for kind in ("metrics", "workstreams")
    )

    ids = [*project.metrics.values_list("pk", flat=True), None]
    assert [(row.metric_id, row.from_value, row.to_value) for row in metrics.rows] == [
        (pk, value, None) for pk, value in zip(ids, (2136, 1397, 760, None), strict=True)
    ]
    assert metrics.from_on == date(2026, 5, 10)
    assert [(row.name, row.state.value) for row in strands.rows] == [
        ("Deployment", "complete"),
        ("User adoption", "in_progress"),
        ("Governance and policy", "in_progress"),
    ]
