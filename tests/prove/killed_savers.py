"""Writers whose server is killed under them: what was said to be saved is, and is once.

Each has a draft of its own. Where no answer comes, it does what a person does: it opens the form
again, sees whether its words are there, and sends the very same once more.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.prove.cast import person, project_of, session_of
from tests.prove.hands import Answer, Gone, Hand

EVERY = 4  # saves, of which the last is submitted and taken back
LONGEST = 180  # seconds that a server, or a database, needs to be there again
PAUSE = 0.05
LENGTH = 100  # words in a save


def scene(*, writers: int, weeks: int = 0) -> list[list[str]]:
    """A digest with a project for each writer: the session and the address of each."""
    from tests.weeknotes.week import open_digest

    digest = open_digest(weeks=weeks)
    made = []
    for number in range(writers):
        writer = person(f"Saver{number}")
        project = project_of(f"Saved {number}", writer)
        made.append([session_of(writer), f"/updates/{digest.slug}/projects/{project.slug}/"])
    return made


def look() -> dict[str, Any]:
    """What became of each draft: its words, its version, its revisions and its events."""
    from people.models import Event
    from weeknotes.updates.models import Update

    told = {}
    updates = Update.objects.filter(project__name__startswith="Saved ")
    for update in updates.with_subject().select_related("digest"):
        verbs = Event.objects.filter(kind="update", object_id=update.pk).values_list("verb")
        told[update.address] = {
            "words": update.latest.document.sections[0].text,
            "version": update.version,
            "revisions": update.revisions.count(),
            "events": [list(verbs).count((verb,)) for verb in ("submitted", "took back")],
        }
    return told


@dataclass
class Saver:
    """One writer, and what it has been told."""

    hand: Hand
    address: str
    version: int = 0
    words: str = ""
    saves: int = 0
    rounds: int = 0  # submitted and taken back
    unanswered: int = 0
    unseen: int = 0  # unanswered, and done all the same
    refused: int = 0
    handed_back: int = 0  # not saved, and in the page with a way to send it again
    kept_back: int = 0  # not saved, and not in the page

    def go_on(self, is_over: Callable[[], bool]) -> "Saver":
        """Save, and submit and take back now and then, until it is over."""
        self.version = int(self._look().hidden["version"])
        while not is_over():
            long = " ".join(random.randbytes(6).hex() for _ in range(LENGTH))
            words = f"Save {self.saves + 1} of {self.address}: {long}"
            self._send(self.address, self._form(words, "save"), stood=str(self.version))
            self.words, self.saves = words, self.saves + 1
            if self.saves % EVERY == 0 and not self.refused:
                self._send(self.address, self._form(words, "submit"), stood=str(self.version))
                self._send(f"{self.address}submission/removal/", {}, stood="")
                self.rounds += 1
        self._look()
        return self

    @property
    def expected(self) -> dict[str, Any]:
        """What must be there, if everything that was answered was done, and done once."""
        return {
            "words": self.words,
            "version": self.saves + 2 * self.rounds,
            "revisions": 1 + self.rounds,
            "events": [self.rounds, self.rounds],
        }

    def _form(self, words: str, do: str) -> dict[str, str]:
        return {"version": str(self.version), "sections": "s0:text", "s0-text": words, "do": do}

    def _send(self, address: str, fields: dict[str, str], *, stood: str) -> None:
        """Send until it is answered; what was done unseen must be recognised.

        `stood`: the version in the update's form before; a submitted one has no form.
        """
        until = time.monotonic() + LONGEST
        while True:
            assert time.monotonic() < until, "Nothing is saved any more."
            try:
                answer = self.hand.post(address, **fields)
            except Gone:
                self.unanswered += 1
                self.unseen += self._look().hidden.get("version", "") != stood
                continue
            if answer.status < 500:
                break
            self._take_back(answer, fields)
            time.sleep(PAUSE)
        self.refused += answer.status != 302
        self.version += 1

    def _take_back(self, answer: Answer, fields: dict[str, str]) -> None:
        """Look whether the page has all that was sent, ready to be sent again."""
        carried = {name: answer.hidden.get(name) for name in fields}
        if answer.status == 503 and carried == fields:
            self.handed_back += 1
        else:
            self.kept_back += 1

    def _look(self) -> Answer:
        """Open the form, as often as it takes."""
        until = time.monotonic() + LONGEST
        while True:
            assert time.monotonic() < until, "The server did not come back."
            try:
                answer = self.hand.get(self.address)
            except Gone:
                answer = Answer(0, "")
            if answer.status == 200:
                return answer
            time.sleep(PAUSE)
