"""The moments at which dates go wrong: every page and verb tells London's day and time in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from people.models import Event
from tests.moments import ALWAYS, DIGESTS, MOMENTS, Moment, do_the_rest, house, told
from tests.permissions.looking import pattern_of
from tests.permissions.table import ask
from tests.permissions.world import CAST, World, undone
from tests.test_permissions import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.everywhere]


@dataclass(frozen=True)
class Question:
    """A page asked for or a verb done, and the names of all the days and times it then tells."""

    address: str
    method: str
    sends: str
    role: str
    does: bool
    names: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.address, self.sends)))

    @property
    def sort(self) -> tuple[Any, ...]:
        """Of several questions of one sort, one is enough."""
        return pattern_of(self.address), self.method, bool(self.names)

    @property
    def is_timely(self) -> bool:
        """Whether it does something, or tells more than days that were given to it."""
        return self.does or not set(self.names) <= GIVEN

    def answer(self, world: World) -> tuple[set[str], set[datetime]]:
        """The days and times it tells, and the moments at which something was written down."""
        newest = Event.objects.order_by("pk").last()
        response = ask(world, self.role, self.method, self.address, self.sends)
        made = Event.objects.filter(pk__gt=newest.pk) if self.method == "POST" else []
        return told(response), {event.at for event in made}

    def expected(self, moment: Moment) -> set[str]:
        """What it should tell at this moment."""
        it = next((name for name in DIGESTS if f"/{name}/" in self.address), "")
        words = moment.words()
        return set().union(*(words[re.sub("^it\\b", it, name)] for name in self.names))


def read_table(text: str) -> dict[str, tuple[str, ...]]:
    """The names over each question; in them "it" is the digest in its address."""
    names: tuple[str, ...] = ()
    found = {}
    for line in text.strip().splitlines():
        if line.startswith(" "):
            found[line.strip()] = names
        else:
            names = tuple(line.split(", "))
    return found


def questions() -> Iterator[Question]:
    """Each page and each verb of the portal, asked once, by somebody who is answered."""
    names = read_table(TOLD)
    for row in ROWS:
        for method in sorted({"GET", "POST"} & set(row.methods)):
            answered = ("200",) if method == "GET" else ("200", "go")
            for role in ASKED_FIRST:
                if row.answers[role] in (*answered, "409", "410", "422"):
                    does = method == "POST" and row.answers[role] == "go"
                    one = Question(row.address, method, row.sends, role, does, ())
                    yield replace(one, names=names.get(str(one), ()))
                    break


def later_questions() -> Iterator[Question]:
    """The pages that show what `do_the_rest` did."""
    for name, names in read_table(LATER).items():
        method, address = name.split()
        place = address.split("/")[1]
        role = {"admin": "admin", "desk": "director", "roles": "director"}.get(place, "contributor")
        yield Question(address, method, "", role, False, names)


GIVEN = {"it", "it ends", "published", "collecting", *ALWAYS, "granted at", "typed handing over"}
ASKED_FIRST = ["contributor", "director", "colleague", "admin", *CAST[1:]]

# What tells a day or a time, under the names (`Moment.words`) of all that it tells. What is not
# here tells none.
TOLD = """
collecting
  GET /desk/new/
all four, both to come, collecting due, composing due
  GET /desk/
both to come, day, instant, published, time
  GET /
both to come, published, time
  GET /updates/
all four, day, day before, time, weekday
  GET /events/
all four, day, iso day, stamp, stamp before
  POST /events/export/ nothing
day
  GET /digests/withdrawn/
  POST /digests/withdrawn/reaction/ like
  POST /digests/withdrawn/reaction/ nothing
  POST /digests/withdrawn/reaction/removal/ nothing
  POST /digests/withdrawn/project-left-out/reaction/ like
  POST /digests/withdrawn/note/reaction/ like
  POST /digests/withdrawn/project-told-once/reaction/ like
  POST /digests/withdrawn/project-told-once/reaction/removal/ nothing
  GET /admin/people/user/
day, handed over, next day, since January, stood in
  GET /admin/people/teampost/
  GET /admin/projects/project/ONE/change/
  GET /admin/projects/projectpost/
day, published
  GET /projects/
  GET /teams/reporting/
day, published, weekday
  GET /projects/included/
ended at, granted at, now
  GET /admin/people/rolegrant/
ended, granted
  GET /roles/
granted at
  GET /admin/people/rolegrant/ONE/change/
handed over
  GET /people/contributor-person/
iso day, published
  POST /projects/export/ nothing
now
  POST /updates/composing/projects/returned/submission/removal/ nothing
  POST /desk/withdrawn/composing/ nothing
  POST /desk/withdrawn/publication/ nothing
  POST /desk/published/composing/ nothing
  POST /desk/published/publication/ seen
  POST /desk/published/updates/project-left-out/decision/ include
  GET /admin/people/team/ONE/history/
  GET /admin/people/user/ONE/change/
  GET /admin/people/user/ONE/history/
  GET /admin/projects/project/ONE/history/
published
  GET /digests/
tested
  GET /accessibility/
typed
  POST /desk/new/ days
typed January, typed handing over
  GET /admin/people/teampost/ONE/change/
  GET /admin/projects/projectpost/ONE/change/
typed today
  GET /admin/people/user/ONE/leaving/
it
  GET /updates/collecting/projects/drafted/no-update/
  POST /updates/collecting/projects/drafted/no-update/ nothing
  POST /updates/published/projects/drafted/no-update/ reason
  GET /desk/published/withdrawal/
  POST /desk/published/withdrawal/ nothing
  POST /desk/composing/updates/project-held-over/question/ question
  POST /desk/composing/updates/project-held-over/edit/ edit
  GET /desk/collecting/updates/project-submitted/question/
  GET /desk/collecting/updates/project-submitted/edit/
  POST /desk/collecting/updates/project-submitted/edit/ nothing
  POST /desk/collecting/updates/project-taken-back/edit/ edit
  POST /desk/collecting/updates/project-no-update/edit/ edit
  GET /desk/composing/updates/project-included/edit/
  POST /desk/published/updates/project-included/edit/ edit
  GET /desk/published/correction/title/
  POST /desk/published/correction/title/ older_title
  GET /desk/published/correction/updates/project-included/
it, day, day before, now, weekday
  GET /updates/published/projects/included/
  POST /desk/published/updates/project-included/question/ question
it, day, day before, weekday
  GET /desk/published/correction/
it, it deadline
  POST /updates/collecting/projects/drafted/ add
  POST /updates/collecting/projects/drafted/ unread
  GET /updates/collecting/projects/blank/
  GET /updates/collecting/projects/another/
  POST /updates/published/projects/drafted/ submit
  POST /updates/published/projects/included/ save
  POST /updates/published/projects/left-out/ save
  POST /updates/withdrawn/projects/told-once/ save
it, composing, it deadline, it due, time
  GET /desk/collecting/
it, it deadline, it due, time
  GET /desk/composing/
  POST /desk/composing/updates/project-left-out/decision/ unlooked
it, it ends, it to come
  GET /desk/composing/preview/
it, it deadline, now, time
  GET /updates/composing/projects/returned/
it, it deadline, time
  GET /updates/collecting/projects/drafted/
  GET /updates/collecting/teams/reporting/
  GET /updates/collecting/projects/taken-back/
  GET /updates/composing/projects/drafted/
it, it ends
  GET /desk/collecting/preview/
  GET /desk/published/correction/preview/
  POST /desk/published/correction/publication/ uncorrected
  POST /desk/published/correction/publication/ nothing
it, it ends, day, day before, instant, now, it out, weekday
  GET /digests/published/
it, it ends, day, day before, now, weekday
  GET /desk/published/publications/1/
it, it ends, it form, it seen
  GET /desk/collecting/details/
it, it ends, it form, it seen, now
  POST /desk/withdrawn/details/ details
  POST /desk/published/details/ details
it, it ends, it form, it seen, time
  POST /desk/collecting/details/ stale
it, it ends, now
  GET /desk/withdrawn/publications/1/
it, now
  POST /desk/withdrawn/note/ save
  POST /desk/published/note/ save
  POST /updates/collecting/projects/drafted/ old
  POST /updates/collecting/projects/drafted/ nothing
  GET /updates/collecting/projects/submitted/
  POST /updates/collecting/projects/submitted/ save
  GET /updates/collecting/projects/drafted/preview/
  GET /updates/collecting/projects/submitted/preview/
  POST /updates/collecting/projects/submitted/no-update/ reason
  GET /updates/collecting/projects/drafted/history/
  GET /updates/collecting/projects/submitted/history/1/
  POST /updates/collecting/projects/submitted/history/1/restoration/ nothing
  GET /updates/composing/projects/drafted/preview/
  GET /updates/composing/projects/included/
  POST /updates/composing/projects/included/ save
  GET /updates/composing/projects/included/preview/
  GET /updates/composing/projects/left-out/
  GET /updates/composing/projects/left-out/preview/
  GET /updates/published/projects/drafted/
  GET /updates/published/projects/drafted/preview/
  GET /updates/published/projects/left-out/
  GET /updates/published/projects/left-out/preview/
  GET /updates/composing/projects/included/history/1/
  GET /updates/published/projects/included/history/
  POST /updates/composing/projects/returned/ old
  GET /updates/composing/projects/returned/preview/
  GET /updates/composing/projects/returned/history/
  GET /updates/composing/projects/returned/history/2/
  GET /updates/composing/projects/held-over/
  POST /updates/composing/projects/held-over/ save
  GET /updates/composing/projects/held-over/history/
  GET /updates/withdrawn/projects/told-once/
  GET /updates/withdrawn/projects/told-once/preview/
  GET /updates/withdrawn/projects/told-once/history/
  GET /updates/withdrawn/projects/told-once/history/1/
  GET /updates/withdrawn/projects/left-out/preview/
  GET /desk/published/
  GET /desk/withdrawn/
  POST /desk/withdrawn/withdrawal/ why
  POST /desk/collecting/note/ old
  GET /desk/collecting/updates/project-submitted/
  GET /desk/collecting/updates/project-no-update/
  GET /desk/composing/updates/project-submitted/
  GET /desk/composing/updates/project-included/
  GET /desk/composing/updates/project-left-out/
  GET /desk/published/updates/project-left-out/
  GET /desk/composing/updates/project-returned/
  POST /desk/composing/updates/project-returned/question/ question
  POST /desk/composing/updates/project-returned/edit/ edit
  GET /desk/composing/updates/project-held-over/
  GET /desk/withdrawn/updates/project-told-once/
  GET /desk/withdrawn/updates/project-left-out/
  POST /desk/collecting/updates/project-taken-back/question/ question
  GET /desk/published/publications/
  GET /desk/withdrawn/publications/
it, time
  GET /desk/collecting/note/
  GET /desk/composing/note/
  POST /desk/published/correction/updates/project-included/ other_words
"""

# The same, once `do_the_rest` is done.
LATER = """
it, it ends, day, instant, iso day, now, it out
  GET /digests/published/
it, it ends, instant, now, it out
  GET /digests/withdrawn/
  GET /digests/composing/
it, now
  GET /updates/composing/projects/included/history/
  GET /updates/composing/projects/returned/
  GET /desk/published/publications/
  GET /desk/withdrawn/
it, it deadline, time
  GET /updates/collecting/projects/submitted/
it, it ends, day, day before, now, weekday
  GET /desk/published/publications/2/
composing, day, published
  GET /projects/included/
day
  GET /projects/left-out/
  GET /admin/projects/project/
day, withdrawn
  GET /projects/told-once/
day, ended, granted
  GET /roles/
day, next day
  GET /admin/people/user/
"""


def wrong(world: World, moment: Moment, asked: Iterable[Question]) -> list[str]:
    """What is told wrongly: too much, too little, or written down at another moment."""
    found = []
    for one in asked:
        with undone():
            said, written = one.answer(world)
        expected = one.expected(moment)
        late = [str(at) for at in written - {moment.at.astimezone(UTC)}]
        if said != expected or late:
            wrongly, missing = sorted(said - expected), sorted(expected - said)
            found.append(f"{one}: tells {wrongly}, leaves out {missing}, writes down at {late}")
    return found


QUESTIONS = list(questions())
# At one moment everything is asked, at the others one of each sort that knows what time it is.
TIMELY = list({one.sort: one for one in QUESTIONS if one.is_timely}.values())


def test_the_table_names_nothing_that_no_page_is() -> None:
    assert read_table(TOLD).keys() - {str(one) for one in QUESTIONS} == set()


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_every_page_and_verb_tells_londons_day(django_db_blocker: Any, moment: Moment) -> None:
    with house(django_db_blocker, moment) as world:
        found = wrong(world, moment, QUESTIONS if moment is MOMENTS[0] else TIMELY)
        assert not found, "\n".join(found)
        do_the_rest(world)
        found = wrong(world, moment, later_questions())
        assert not found, "\n".join(found)


@pytest.mark.parametrize("moment", [one for one in MOMENTS if one.offset != "+00:00"], ids=str)
def test_a_clock_that_reckons_in_utc_would_be_noticed(
    django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch, moment: Moment
) -> None:
    few = [
        one for one in TIMELY if str(one) in ("GET /", "GET /events/", "GET /digests/withdrawn/")
    ]
    with house(django_db_blocker, moment) as world:
        assert wrong(world, moment, few) == []
        monkeypatch.setattr("ddat.clock.LONDON", UTC)
        assert len(wrong(world, moment, few)) > 1
