"""Writers and a reader, while what their words are kept in fails and comes back."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ddat import clock
from tests.prove import killed_savers
from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Browser, Gone, all_at_once
from tests.prove.killed_savers import LONGEST, Saver
from tests.prove.places import Place, Server

WRITERS = 8
BETWEEN = 6  # saves, or pages handed back, before something happens


def scene() -> dict[str, Any]:
    """A published digest to read, and one to write for."""
    from tests.weeknotes.week import editor, hand_in, open_digest, put_out

    digest = open_digest(by=editor())
    hand_in(digest, project_of("Told before", person("Before")))
    put_out(digest)
    return {
        "page": digest.get_absolute_url(),
        "reader": session_of(person("Reader")),
        "writers": killed_savers.scene(writers=WRITERS, weeks=1),
    }


def fill_up() -> None:
    """Let the table of revisions be so large that it can only grow where there is no room."""
    from people.models import User
    from weeknotes.updates.models import Revision, Update

    update, somebody, at = Update.objects.first(), User.objects.first(), clock.now()
    Revision.objects.bulk_create(
        Revision(
            update=update,
            number=1000 + number,
            content={"ballast": random.randbytes(700).hex()},
            cause="written",
            made_by=somebody,
            made_at=at,
            sealed_by=somebody,
            sealed_at=at,
        )
        for number in range(1000)
    )


@dataclass
class Reader:
    """Somebody who reads the published digest all the time."""

    hand: Browser
    page: str
    statuses: list[int] = field(default_factory=list)
    calm: list[bool] = field(default_factory=list)  # of each that was no page: it says when to ask

    def go_on(self, is_over: Callable[[], bool]) -> None:
        """Read until it is over."""
        while not is_over():
            try:
                self.read()
            except Gone:
                self.statuses.append(0)
            time.sleep(0.05)

    def read(self) -> int:
        """Read once."""
        answer = self.hand.get(self.page)
        self.statuses.append(answer.status)
        if answer.status != 200:
            self.calm.append(answer.status == 503 and answer.says("Not available just now"))
        return answer.status


@dataclass
class Scene:
    """Who is at it, at which server, and how far they have come."""

    place: Place
    server: Server
    savers: list[Saver]
    reader: Reader

    def saves(self) -> int:
        """How many saves were answered."""
        return sum(one.saves for one in self.savers)

    def handed_back(self) -> int:
        """How often somebody was told that nothing was saved."""
        return sum(one.handed_back + one.kept_back for one in self.savers)

    def wait_for(self, count: Callable[[], int], more: int = BETWEEN) -> None:
        """Wait until there are so many more of what is counted."""
        last, until = count(), time.monotonic() + LONGEST
        while count() < last + more:
            assert time.monotonic() < until, "Nothing happens any more."
            time.sleep(0.02)


def endured(
    place: Place, trouble: Callable[[Scene], None], *, app: str = "ddat.wsgi"
) -> tuple[Scene, dict[str, Any]]:
    """Let them write and read while there is trouble, and a little longer; what is there then."""
    made = place.call(scene)
    is_over = threading.Event()
    with place.serving(app=app, fails=True) as server:
        savers = [Saver(Browser(server.address, one), address) for one, address in made["writers"]]
        reader = Reader(Browser(server.address, made["reader"]), made["page"])
        stage = Scene(place, server, savers, reader)

        def happen(_: Any) -> None:
            try:
                stage.wait_for(stage.saves)
                trouble(stage)
                stage.wait_for(stage.saves)
            finally:
                is_over.set()

        savings = [(one.hand, lambda _, one=one: one.go_on(is_over.is_set)) for one in savers]
        reading = (reader.hand, lambda _: reader.go_on(is_over.is_set))
        all_at_once([*savings, reading, (Browser(server.address, ""), happen)])
    return stage, place.call(killed_savers.look)


def wrong(stage: Scene, state: dict[str, Any]) -> list[str]:
    """The drafts that are not as their writers were told."""
    return [one.address for one in stage.savers if state.get(one.address) != one.expected]
