"""Sixteen processes that write at once, and what each of them was told is saved."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.prove.places import Place, end

WRITERS = 16
PEOPLE = """
from people.models import User
from projects.models import Project
from people.models import Event, Team
team = Team.objects.filter(parent__isnull=False).first()
for number in range({writers}):
    User.objects.create_user(f"writer{{number}}@council.example", forename=f"Writer {{number}}")
    Project.objects.create(name=f"Written by {{number}}", team=team)
by = User.objects.first()
fields = dict(by=by, verb="changed", kind="user", object_id=1)
events = (Event(name=f"Event {{n}}", **fields) for n in range({events}))
Event.objects.bulk_create(events, batch_size=5000)
"""


class Crowd:
    """The writers, each with a file of what it was told is saved."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.logs = [place.folder / f"writer-{number}.txt" for number in range(WRITERS)]

    def saved(self) -> dict[str, int]:
        """The number of each writer's last save that was answered."""
        found = {}
        for number, log in enumerate(self.logs):
            lines = log.read_text().split("\n")[:-1]
            found[str(number)] = int(lines[-1]) if lines else 0
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let all of them write until the block ends, from when each has saved once."""
        command = (sys.executable, "-m", "tests.prove.writer")
        files = [log.open("w") for log in self.logs]
        errors = (self.place.folder / "writers.txt").open("w")
        processes = [
            self.place.start(*command, str(number), stdout=file, stderr=errors)
            for number, file in enumerate(files)
        ]
        try:
            until = time.monotonic() + 300
            while not all(self.saved().values()):
                ended = [process.poll() for process in processes if process.poll() is not None]
                assert not ended, said_by(errors)
                assert time.monotonic() < until, "The writers did not start"
                time.sleep(0.2)
            yield
            assert [process.poll() for process in processes] == [None] * WRITERS, said_by(errors)
        finally:
            for process in processes:
                end(process)
            for file in (*files, errors):
                file.close()


def said_by(errors: Any) -> str:
    """What the writers complained of."""
    return Path(errors.name).read_text()


def people_a_place(place: Place, *, events: int) -> None:
    """Give each writer an account and a project, and the place some bulk."""
    place.manage("shell", "--no-imports", "-c", PEOPLE.format(writers=WRITERS, events=events))


def state_of(place: Place) -> dict[str, Any] | None:
    """What is in a place, or nothing when it cannot even be read."""
    done: subprocess.CompletedProcess[str] = place.run(
        sys.executable, "-m", "tests.prove.state", check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None
