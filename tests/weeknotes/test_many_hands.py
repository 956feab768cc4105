"""The proofs with many hands (tests/prove/) at a small size, in threads instead of processes."""

import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.prove import killed_savers, publishing_hands, reacting_hands, shared_drafts, unguarded
from tests.prove.hands import Answer, Gone, Pretended, all_at_once
from tests.prove.killed_savers import Saver
from tests.prove.publishing_hands import DRAFT, PUBLISHED, publish_each, told_rightly
from tests.prove.reacting_hands import changes_of, expected, react, read
from tests.prove.shared_drafts import Told, lost, write
from weeknotes.digests.models import Digest
from weeknotes.publications import publishing
from weeknotes.updates import writing

pytestmark = pytest.mark.django_db(transaction=True)


class InStep(Pretended):
    """A hand that has its first page open when the others have theirs."""

    def __init__(self, session: str, together: threading.Barrier) -> None:
        super().__init__(session)
        self.waits = [together]

    def get(self, path: str) -> Answer:
        """Open a page; the first time, go on when all have."""
        answer = super().get(path)
        while self.waits:
            self.waits.pop().wait(timeout=60)
        return answer


def written(*, times: int) -> tuple[list[Told], dict[str, Any]]:
    """Let three writers, who opened one draft at the same moment, add lines to it."""
    scene = shared_drafts.scene(writers=3, drafts=1)
    together = threading.Barrier(3)
    told = all_at_once(
        (InStep(session, together), partial(write, name=name, address=address, times=times))
        for name, session, address in scene["writers"]
    )
    return told, shared_drafts.look()


def test_no_line_is_lost() -> None:
    told, state = written(times=2)

    assert [(one.failures, one.one_sided) for one in told] == [([], [])] * 3
    assert sum(len(one.saved) for one in told) == 6
    assert lost(told, state) == []


def test_without_versions_lines_are_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "save_draft", unguarded.save_whatever)
    told, state = written(times=2)

    assert lost(told, state) != []


class Deaf:
    """A hand that hears no answer to what it sends, the first time."""

    def __init__(self, session: str) -> None:
        self.hand, self.heard = Pretended(session), set[str]()

    def get(self, path: str) -> Any:
        return self.hand.get(path)

    def post(self, path: str, **fields: str) -> Any:
        answer = self.hand.post(path, **fields)
        said = f"{path} {fields}"
        if said in self.heard:
            return answer
        self.heard.add(said)
        raise Gone

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("is_guarded", [True, False])
def test_what_was_done_unseen_is_recognised(
    monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    if not is_guarded:
        monkeypatch.setattr(writing, "_says", unguarded.recognises_nothing)
    ((session, address),) = killed_savers.scene(writers=1)
    saver = Saver(Deaf(session), address)
    saver.go_on(lambda: saver.saves == killed_savers.EVERY)

    assert saver.unseen == saver.unanswered == killed_savers.EVERY + 2 * saver.rounds
    assert (saver.refused == 0) is is_guarded
    assert not is_guarded or killed_savers.look() == {address: saver.expected}


@pytest.mark.parametrize("is_guarded", [True, False])
def test_many_publish_once(monkeypatch: pytest.MonkeyPatch, is_guarded: bool) -> None:
    if not is_guarded:
        monkeypatch.setattr(Digest, "move_to", unguarded.move_whatever_it_is)
    scene = publishing_hands.scene(editors=4, digests=1)
    task = partial(publish_each, previews=scene["previews"], together=threading.Barrier(4))
    answers = all_at_once((Pretended(session), task) for _, session in scene["editors"])

    names = [name for name, _ in scene["editors"]]
    assert told_rightly([one for (one,) in answers], names) is is_guarded
    assert list(publishing_hands.look().values()) == [PUBLISHED]


class Killed(BaseException):
    """The process is no more."""


def publish_until(statement: int, preview: tuple[str, dict[str, str]], session: str) -> bool:
    """Publish in a process that is killed before its nth write; whether that came to be."""
    count = 0

    def kill(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal count
        count += sql.startswith(("INSERT", "UPDATE"))
        if count > statement:
            raise Killed
        return execute(sql, *rest)

    hand = Pretended(session)
    try:
        with connection.execute_wrapper(kill):
            hand.post(preview[0], **preview[1])
    except Killed:
        return True
    finally:
        connection.close()
    return False


@pytest.mark.parametrize("is_guarded", [True, False])
def test_what_is_killed_is_published_wholly_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    if not is_guarded:
        monkeypatch.setattr(publishing, "publish", publishing.publish.__wrapped__)
    scene = publishing_hands.scene(editors=1, digests=5)
    ((_, session),) = scene["editors"]
    killed = [
        publish_until(statement, preview, session)
        for statement, preview in zip((1, 3, 5, 8, 12), scene["previews"], strict=True)
    ]

    assert killed == [True] * 5
    assert (list(publishing_hands.look().values()) == [DRAFT] * 5) is is_guarded


def test_rows_counts_and_page_agree() -> None:
    readers, times = 3, 6
    scene = reacting_hands.scene(readers=readers)
    tasks = []
    for reader, session in enumerate(scene["sessions"]):
        made = changes_of(reader, scene["bars"], times=times)
        task = partial(react, changes=made, together=threading.Barrier(2))
        tasks += [(Pretended(session), task) for _ in range(2)]
    wrong = [status for each in all_at_once(tasks) for status in each]

    meant = expected(readers, scene["bars"], times=times)
    assert wrong == []
    assert reacting_hands.look() == meant
    counts, chosen = read(Pretended(scene["sessions"][0]), scene["page"])
    own = [row[1:] for row in meant["rows"] if row[0] == "Reader0"]
    assert (counts, chosen) == (meant["counts"], own)
