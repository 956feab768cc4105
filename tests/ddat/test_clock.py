from datetime import UTC, date, datetime

import pytest

from ddat import clock


@pytest.mark.parametrize(
    ("from_on", "to_on", "parts"),
    [
        (date(2026, 5, 11), date(2026, 5, 15), ("11 to 15", "May 2026")),
        (date(2026, 4, 27), date(2026, 5, 1), ("27 April to 1 May", "2026")),
        (date(2026, 12, 28), date(2027, 1, 8), ("28 December 2026 to 8 January", "2027")),
        (date(2026, 5, 18), date(2026, 5, 18), ("18", "May 2026")),
    ],
)
def test_period_uses_the_fewest_words(from_on, to_on, parts):
    assert clock.period_parts(from_on, to_on) == parts
    assert clock.period(from_on, to_on) == " ".join(parts)


def test_days_are_written_as_gov_uk_does():
    monday = date(2026, 5, 18)

    assert clock.day(monday) == "18 May 2026"
    assert clock.short_day(monday) == "18 May"
    assert clock.weekday_day(monday) == "Monday 18 May"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(9, 12, "9:12am"), (11, 0, "11am"), (12, 0, "12pm"), (0, 5, "12:05am"), (17, 30, "5:30pm")],
)
def test_time_of_day_is_written_in_twelve_hours(hour, minute, words):
    assert clock.time_of_day(datetime(2026, 1, 9, hour, minute, tzinfo=UTC)) == words


def test_moment_is_told_on_a_london_clock_in_summer():
    at = datetime(2026, 5, 15, 10, tzinfo=UTC)

    assert clock.moment(at) == "Friday 15 May at 11am"


def test_day_turns_at_london_midnight():
    assert clock.local(datetime(2026, 5, 14, 23, 30, tzinfo=UTC)).date() == date(2026, 5, 15)


def test_now_knows_its_zone_and_today_is_its_day():
    assert clock.now().tzinfo is UTC
    assert clock.today() == clock.local(clock.now()).date()


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        clock.local(datetime(2026, 5, 15))  # noqa: DTZ001 - what is refused


def test_when_ends_a_sentence(time_machine):
    time_machine.move_to(datetime(2026, 5, 15, 12, tzinfo=clock.LONDON))

    assert clock.when(datetime(2026, 5, 15, 9, 12, tzinfo=clock.LONDON)) == "at 9:12am"
    assert (
        clock.when(datetime(2026, 5, 14, 11, tzinfo=clock.LONDON)) == "on Thursday 14 May at 11am"
    )
