from datetime import UTC, date, datetime, time

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


def test_day_and_moment_of_another_year_say_which(time_machine):
    time_machine.move_to(datetime(2026, 12, 31, 23, 30, tzinfo=clock.LONDON))
    soon = datetime(2027, 1, 1, 11, tzinfo=clock.LONDON)

    assert clock.coming_day(soon.date()) == "Friday 1 January 2027"
    assert clock.moment(soon) == "Friday 1 January 2027 at 11am"
    assert clock.coming_day(date(2026, 12, 28)) == "Monday 28 December"


def test_time_that_london_says_twice_is_the_first():
    twice = time(1, 30)

    at = clock.at(date(2026, 10, 25), twice)

    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert at == clock.at(date(2026, 10, 25), twice.replace(fold=1))


@pytest.mark.parametrize("says", [time(1), time(1, 59)])
def test_time_that_london_never_says_is_refused(says):
    with pytest.raises(ValueError, match="never"):
        clock.at(date(2027, 3, 28), says)
    assert clock.at(date(2027, 3, 28), time(2)) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert clock.at(date(2027, 3, 28), time(0, 59)) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
