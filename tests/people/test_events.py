"""The record of changes only ever grows."""

import pytest
from django.db import transaction

from people.models import AppendOnlyError, Event
from tests.factories import MORNING, EventFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_recording_keeps_the_name_as_it_stood() -> None:
    team, by = TeamFactory(name="Web"), UserFactory()

    Event.objects.record(by=by, verb="renamed", thing=team, at=MORNING)
    team.name = "Digital"
    team.save()

    event = Event.objects.get()
    assert (event.kind, event.object_id, event.name, str(event)) == (
        "team",
        team.pk,
        "Web",
        "renamed Web",
    )


def test_long_name_is_cut() -> None:
    event = Event.objects.record(
        by=UserFactory(), verb="named", thing=TeamFactory(), name="x" * 1000
    )

    assert len(event.name) == 300


def test_event_is_never_changed() -> None:
    event = EventFactory()
    event.verb = "denied"

    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        Event.objects.filter(pk=event.pk).update(verb="denied")
    with pytest.raises(AppendOnlyError), transaction.atomic():
        Event.objects.bulk_update([event], ["verb"])

    assert Event.objects.get().verb == "granted"


def test_event_is_never_deleted() -> None:
    event = EventFactory()

    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        Event.objects.all().delete()

    assert Event.objects.exists()
