"""The one clock: what time it is in London, and how a day is written."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The present moment, aware of its zone; nothing else in the product asks for the time."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London."""
    return local(now()).date()


def local(at: datetime) -> datetime:
    """The same moment on a London clock; a moment without a zone raises ValueError."""
    if at.tzinfo is None:
        raise ValueError("A moment needs a zone; make it with clock.now().")
    return at.astimezone(LONDON)


def at(on: date, says: time) -> datetime:
    """The moment when London's clocks say this; the first where they say it twice.

    It is in UTC: moments of one zone that its clocks say twice equal no moment of another. Raises
    ValueError for a time that is left out when the clocks go forward.
    """
    moment = datetime.combine(on, says.replace(fold=0), tzinfo=LONDON).astimezone(UTC)
    if local(moment).time() != says:
        raise ValueError("London's clocks never say this time on that day.")
    return moment


def start_of(on: date) -> datetime:
    """The first moment of a day in London."""
    return datetime.combine(on, time(), tzinfo=LONDON)


def short_day(on: date) -> str:
    """A day without its year: "18 May"."""
    return f"{on.day} {on:%B}"


def day(on: date) -> str:
    """A day as GOV.UK writes it: "18 May 2026"."""
    return f"{short_day(on)} {on.year}"


def weekday_day(on: date) -> str:
    """A day with its weekday: "Monday 18 May"."""
    return f"{on:%A} {short_day(on)}"


def coming_day(on: date) -> str:
    """A day not far off: "Monday 18 May"; with its year when that is another one."""
    return weekday_day(on) if on.year == today().year else f"{weekday_day(on)} {on.year}"


def period_parts(from_on: date, to_on: date) -> tuple[str, str]:
    """A period in two parts, for a large and a small line: ("11 to 15", "May 2026")."""
    if from_on == to_on:
        return str(to_on.day), f"{to_on:%B} {to_on.year}"
    if from_on.year != to_on.year:
        return f"{day(from_on)} to {short_day(to_on)}", str(to_on.year)
    if from_on.month != to_on.month:
        return f"{short_day(from_on)} to {short_day(to_on)}", str(to_on.year)
    return f"{from_on.day} to {to_on.day}", f"{to_on:%B} {to_on.year}"


def period(from_on: date, to_on: date) -> str:
    """A period in the fewest words: "11 to 15 May 2026", "27 April to 1 May 2026"."""
    return " ".join(period_parts(from_on, to_on))


def time_of_day(at: datetime) -> str:
    """The time on a London clock: "9:12am", "11am", "12pm"."""
    clock = local(at)
    minutes = f":{clock:%M}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"


def lately(at: datetime) -> str:
    """A moment that was not long ago: "10:42am" when it is of today, else as `moment` writes it."""
    return time_of_day(at) if local(at).date() == today() else moment(at)


def when(at: datetime) -> str:
    """The same at the end of a sentence: "at 10:42am", "on Friday 15 May at 11am"."""
    preposition = "at" if local(at).date() == today() else "on"
    return f"{preposition} {lately(at)}"


def moment(at: datetime) -> str:
    """A moment in words: "Friday 15 May at 11am"; with its year when that is another one."""
    return f"{coming_day(local(at).date())} at {time_of_day(at)}"
