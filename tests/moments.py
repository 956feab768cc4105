"""The moments at which dates go wrong, what they are called in London, and what an answer tells."""

import calendar
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.messages import get_messages
from django.http import HttpResponse

from ddat.statements import TESTED_ON
from people.leaving import key_of, leave
from people.models import Role, RoleGrant
from projects.models import ProjectPost
from tests.permissions.table import ask, in_words
from tests.permissions.world import DAY, WEEK, World, one_paragraph, standing_world
from weeknotes.content.document import Document, Rag, RagColour
from weeknotes.content.kinds import DateRow, DatesSection, RisksSection, TextSection
from weeknotes.content.kinds.risks import RiskRow

LONDON = ZoneInfo("Europe/London")
MONTH = f"(?:{'|'.join([*calendar.month_name[1:], *calendar.month_abbr[1:]])})\\b"
WEEKDAY = f"(?:{'|'.join([*calendar.day_name, *calendar.day_abbr])})\\b"
TIME = r"(?:\d{1,2}(?:[:.]\d\d)* ?[ap]\.?m\b|\b\d\d:\d\d(?::\d\d)?\b|\b(?:noon|midnight)\b)"
ANY_DAY = rf"(?:{WEEKDAY},? )?\d{{1,2}}(?: {MONTH}(?: \d{{4}})?)?"
WHEN = re.compile(  # whatever tells a day or a time, in the product's style or in another
    r"\b(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?|\d+/\d+/\d+"
    rf"|{ANY_DAY} to (?:{WEEKDAY} )?\d{{1,2}} {MONTH}(?: \d{{4}})?"
    rf"|(?:{WEEKDAY},? )?\d{{1,2}} {MONTH}(?: \d{{4}})?(?: at {TIME})?"
    rf"|{TIME}|{WEEKDAY}|(?:yesterday|tomorrow|(?:last|next) week|week \d+)\b)"
)
EXAMPLES = {"29/05/2026", "05/06/2026", "11/05/2026", "12 June", "2 June", "18 May 2026", "6 a.m"}
ALWAYS = {  # what no clock moves: days of the world's people, and of a statement
    "tested": {f"{TESTED_ON.day} {calendar.month_name[TESTED_ON.month]} {TESTED_ON.year}"},
    "granted": {"11 May 2026"},
    "since January": {"5 January 2026"},
    "typed January": {"05/01/2026"},
    "typed": {"2026-06-01", "2026-06-05", "2026-06-08", "11:00"},
}
DIGESTS = ("withdrawn", "published", "composing", "collecting")


@dataclass(frozen=True)
class Moment:
    """A moment: by hand what it is called in London, and which days the world's digests cover."""

    clock: str
    offset: str
    weekday: str
    day: str
    time: str
    weeks: str

    def __str__(self) -> str:
        return f"{self.weekday} {self.day} {self.time} {self.offset}"

    @property
    def at(self) -> datetime:
        """The moment itself, as the world wants it."""
        return datetime.fromisoformat(f"{self.clock}:00{self.offset}").astimezone(LONDON)

    def words(self) -> dict[str, set[str]]:
        """All that can be told at this moment, by the names in the table below."""
        short, _, year = self.day.rpartition(" ")
        on = date.fromisoformat(self.clock[:10])
        told = {
            **ALWAYS,
            "now": {f"{self.weekday} {short} at {self.time}"},
            "time": {self.time},
            "day": {self.day},
            "weekday": {f"{self.weekday} {self.day}"},
            "day before": {spoken(on - DAY, year=0)},
            "stamp": {f"{self.clock}:00{self.offset}"},
            "stamp before": {
                str(datetime.fromisoformat(f"{on - DAY}{self.clock[10:]}").replace(tzinfo=LONDON))
            },
            "instant": {instant(f"{self.clock}:00{self.offset}")},
            "iso day": {self.clock[:10]},
            "typed today": {f"{on:%d/%m/%Y}"},
            "ended": {f"11 May 2026 to {self.day}"},
            "ended at": {f"{self.weekday} {short} at 12am"},
            "granted at": {f"{spoken(date(2026, 5, 11), year=int(year))} at 10am"},
            "handed over": {day_of(on - 16 * DAY)},
            "typed handing over": {f"{on - 16 * DAY:%d/%m/%Y}"},
            "stood in": {day_of(on - 19 * DAY)},
            "next day": {day_of(on + DAY)},
        }
        for name, period, weeks in zip(DIGESTS, self.weeks.split(", "), range(-2, 2), strict=True):
            monday = on - on.weekday() * DAY + weeks * WEEK
            told |= of_digest(name, period, monday, on)
            told[f"{name} out"] = {short if period.endswith(year) else self.day}
        told["all four"] = {period for name in DIGESTS for period in told[name]}
        told["both to come"] = {
            words
            for name in ("composing", "collecting")
            for words in told[name] | told[f"{name} deadline"]
        }
        return told


def day_of(day: date) -> str:
    """A day written out: "5 January 2026"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def spoken(day: date, *, year: int) -> str:
    """A day with its weekday, and its year if that is another one than `year`."""
    words = f"{calendar.day_name[day.weekday()]} {day_of(day)}"
    return words.removesuffix(f" {year}")


def instant(stamp: str) -> str:
    """A moment for machines, in whatever zone it was written."""
    return datetime.fromisoformat(stamp).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def of_digest(name: str, period: str, monday: date, today: date) -> dict[str, set[str]]:
    """What is told of a digest that covers a working week."""
    friday, due, year = monday + 4 * DAY, monday + WEEK, today.year
    at = datetime(friday.year, friday.month, friday.day, 11, tzinfo=LONDON)
    deadline = f"{spoken(friday, year=year)} at 11am"
    ends = {monday.isoformat(), friday.isoformat()}
    return {
        name: {period},
        f"{name} deadline": {deadline},
        f"{name} to come": {deadline, spoken(friday, year=year)} if friday > today else set(),
        f"{name} due": {spoken(due, year=year)},
        f"{name} ends": ends,
        f"{name} form": ends | {due.isoformat(), "11:00"},
        f"{name} seen": {instant(at.isoformat())},
    }


MOMENTS = [
    Moment(
        *("2026-07-06 00:30", "+01:00", "Monday", "6 July 2026", "12:30am"),  # Sunday in UTC
        "22 to 26 June 2026, 29 June to 3 July 2026, 6 to 10 July 2026, 13 to 17 July 2026",
    ),
    Moment(
        *("2026-10-25 01:30", "+01:00", "Sunday", "25 October 2026", "1:30am"),  # the first of two
        "5 to 9 October 2026, 12 to 16 October 2026, 19 to 23 October 2026, 26 to 30 October 2026",
    ),
    Moment(
        *("2026-10-25 01:30", "+00:00", "Sunday", "25 October 2026", "1:30am"),  # an hour later
        "5 to 9 October 2026, 12 to 16 October 2026, 19 to 23 October 2026, 26 to 30 October 2026",
    ),
    Moment(
        *("2026-12-28 09:00", "+00:00", "Monday", "28 December 2026", "9am"),
        "14 to 18 December 2026, 21 to 25 December 2026, "
        "28 December 2026 to 1 January 2027, 4 to 8 January 2027",
    ),
    Moment(
        *("2026-12-31 23:30", "+00:00", "Thursday", "31 December 2026", "11:30pm"),
        "14 to 18 December 2026, 21 to 25 December 2026, "
        "28 December 2026 to 1 January 2027, 4 to 8 January 2027",
    ),
    Moment(
        *("2027-01-04 09:00", "+00:00", "Monday", "4 January 2027", "9am"),
        "21 to 25 December 2026, 28 December 2026 to 1 January 2027, "
        "4 to 8 January 2027, 11 to 15 January 2027",
    ),
    Moment(
        *("2027-03-28 00:59", "+00:00", "Sunday", "28 March 2027", "12:59am"),
        "8 to 12 March 2027, 15 to 19 March 2027, 22 to 26 March 2027, 29 March to 2 April 2027",
    ),
    Moment(
        *("2027-03-28 02:00", "+01:00", "Sunday", "28 March 2027", "2am"),  # a minute later
        "8 to 12 March 2027, 15 to 19 March 2027, 22 to 26 March 2027, 29 March to 2 April 2027",
    ),
]


def told(response: HttpResponse) -> set[str]:
    """Every day and time that an answer tells, in words and to machines."""
    text = "" if response.streaming else response.content.decode()
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    attributes = re.findall(r'(?:datetime|value|content|aria-label)="([^"]*)"', text)
    messages = () if response.status_code != 302 else get_messages(response.wsgi_request)
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text))
    parts = (text, *attributes, *map(str, messages), response.get("Content-Disposition", ""))
    said = WHEN.findall(html.unescape(" | ".join(parts)))
    return {instant(one) if re.match(r"\d{4}-\d\d-\d\dT", one) else one for one in said} - EXAMPLES


def of_the_day(words: str, on: date) -> Document:
    """What the world's people say; one update tells of the very day and of the day before."""
    if words != "Words of published included.":
        return one_paragraph(words)
    dates = DatesSection(
        rows=(DateRow(what="Open evening", from_on=on), DateRow(what="Gone by", from_on=on - DAY))
    )
    risks = RisksSection(rows=(RiskRow(text="Late", opened_on=on),))
    rag = Rag(colour=RagColour.AMBER, reason="Late.")
    return Document(rag=rag, sections=(TextSection(text=words), dates, risks))


@contextmanager
def house(blocker: Any, moment: Moment) -> Iterator[World]:
    """The world as it stands at this moment."""
    on = date.fromisoformat(moment.clock[:10])
    with standing_world(
        blocker, now=moment.at, document=lambda words: of_the_day(words, on)
    ) as world:
        yield world


def do_the_rest(world: World) -> None:
    """The verbs whose traces the world does not show yet, each by whoever does it."""
    admin, colleague = world.people["admin"], world.people["colleague"]
    for role, address, sends in VERBS:
        assert in_words(ask(world, role, "POST", address, sends)) == "go", address
    RoleGrant.objects.grant(person=world.people["reader"], role=Role.EDITOR, by=admin)
    RoleGrant.objects.get(person=world.people["deputy"]).end(by=admin)
    post = ProjectPost.objects.get(person=colleague)
    leave(
        person=colleague,
        by=admin,
        on=world.today + DAY,
        successors={key_of(post): world.people["contributor"]},
    )
    world.subjects["left-out"].close(by=admin)
    world.subjects["told-once"].rename(to="Told twice", by=admin)


VERBS = [
    ("director", "/desk/published/correction/publication/", "correction"),
    ("director", "/desk/withdrawn/withdrawal/removal/", "nothing"),
    ("director", "/desk/composing/updates/project-included/edit/", "edit"),
    ("contributor", "/updates/composing/projects/returned/", "submit"),
    ("contributor", "/updates/collecting/projects/submitted/history/1/restoration/", "version"),
    ("director", "/desk/composing/publication/", "seen"),
]
