"""Opening a digest: its days, its slug, and that one is collecting at a time."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ddat.clock import LONDON
from people.models import Event
from tests.factories import UserFactory
from tests.weeknotes.week import DEADLINE, THURSDAY, open_digest, put_out, write_note
from weeknotes.digests.models import Digest, DigestState, OpeningRefused

pytestmark = pytest.mark.django_db


def test_opening_takes_the_day_it_is_due_as_slug() -> None:
    digest = open_digest()

    assert (digest.slug, digest.state, digest.version) == ("2026-05-18", "collecting", 1)
    assert digest.get_absolute_url() == "/digests/2026-05-18/"


def test_opening_is_written_down() -> None:
    director = UserFactory()

    digest = open_digest(by=director)

    event = Event.objects.get(verb="opened")
    assert (event.by, event.kind, event.object_id, event.name, event.at) == (
        director,
        "digest",
        digest.pk,
        "Digest of 11 to 15 May 2026",
        THURSDAY,
    )


def test_opening_is_of_now_unless_told(time_machine: Any) -> None:
    time_machine.move_to(THURSDAY, tick=False)

    Digest.objects.open_digest(
        covers_from=date(2026, 5, 11),
        covers_to=date(2026, 5, 15),
        due_on=date(2026, 5, 18),
        deadline_at=DEADLINE,
        by=UserFactory(),
    )

    assert Event.objects.get().at == THURSDAY


def test_second_digest_waits_until_the_first_is_composed() -> None:
    open_digest()

    with pytest.raises(OpeningRefused, match="Start composing it before you open the next"):
        open_digest(weeks=1)

    assert (Digest.objects.count(), Event.objects.count()) == (1, 1)


def test_next_digest_opens_while_the_last_is_composed() -> None:
    first = open_digest()
    first.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)

    second = open_digest(weeks=1)

    assert list(Digest.objects.unpublished()) == [first, second]


def test_day_is_never_used_twice() -> None:
    digest = open_digest()
    write_note(digest)
    put_out(digest)

    with pytest.raises(OpeningRefused, match="already a digest due out on 18 May 2026"):
        open_digest()


def test_opening_twice_is_once() -> None:
    digest = open_digest()

    assert open_digest() == digest
    digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)
    assert open_digest() == digest

    assert (Digest.objects.count(), Event.objects.count()) == (1, 1)


def test_same_days_opened_by_another_editor_are_taken() -> None:
    open_digest()

    with pytest.raises(OpeningRefused, match="already a digest due out on 18 May 2026"):
        open_digest(by=UserFactory())


def test_other_days_around_the_same_day_are_refused() -> None:
    digest = open_digest()
    digest.set_details(seen={}, changed={"covers_to": date(2026, 5, 14)}, by=UserFactory())

    with pytest.raises(OpeningRefused, match="already a digest due out on 18 May 2026"):
        open_digest()


def test_slug_stays_taken_when_the_day_moves() -> None:
    digest = open_digest()
    digest.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)
    digest.set_details(seen={}, changed={"due_on": date(2026, 5, 19)}, by=UserFactory())

    with pytest.raises(OpeningRefused, match="Choose another day"):
        open_digest()

    assert digest.slug == "2026-05-18"


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("digest_covers_some_days", {"covers_to": date(2026, 5, 10)}),
        ("digest_state_is_known", {"state": "lost"}),
    ],
)
def test_database_keeps_a_digest_in_shape(name: str, changed: dict) -> None:
    digest = open_digest()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(**changed)


def test_database_keeps_one_digest_collecting() -> None:
    digest = open_digest()
    digest.pk, digest.slug = None, "2026-05-25"

    with pytest.raises(IntegrityError), transaction.atomic():
        digest.save(force_insert=True)


def test_database_keeps_slugs_apart() -> None:
    digest = open_digest()
    digest.pk, digest.state = None, DigestState.COMPOSING

    with pytest.raises(IntegrityError), transaction.atomic():
        digest.save(force_insert=True)


def test_words_for_its_days() -> None:
    digest = open_digest()

    assert digest.period == "11 to 15 May 2026"
    assert digest.period_parts == ("11 to 15", "May 2026")
    assert digest.deadline_words == "Friday 15 May at 11am"
    assert str(digest) == "Digest of 11 to 15 May 2026"


def test_deadline_is_said_on_a_london_clock() -> None:
    digest = open_digest()
    digest.deadline_at = datetime(2026, 1, 9, 11, tzinfo=LONDON)

    assert digest.deadline_words == "Friday 9 January at 11am"


def test_title_may_be_missing() -> None:
    digest = open_digest()

    assert digest.display_title == "Weeknotes for 11 to 15 May 2026"
    assert Digest(title="Waffles").display_title == "Waffles"


def test_lists_are_by_the_day_it_is_due() -> None:
    first = open_digest(weeks=1)
    write_note(first)
    put_out(first)
    second = open_digest(weeks=2)
    second.move_to(state=DigestState.COMPOSING, come_from=DigestState.COLLECTING)
    third = open_digest()

    assert list(Digest.objects.newest_first()) == [second, first, third]
    assert list(Digest.objects.unpublished()) == [third, second]
    assert list(Digest.objects.open_for_writing()) == [third, second]
    assert list(Digest.objects.published()) == [first]
