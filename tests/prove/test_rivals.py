"""Take back against compose, edit against publish, withdraw against react: one wins."""

from typing import Any

from tests.prove import rivals
from tests.prove.conftest import NewPlace
from tests.prove.figures import record
from tests.prove.hands import Browser
from tests.prove.places import Place
from tests.prove.rivals import (
    EDITED,
    WORDS,
    compose_and_take_back,
    edit_and_publish,
    withdraw_and_react,
)
from tests.prove.sizes import so_many

ROUNDS, FEW = so_many(40, least=5), 8
WITHOUT = "tests.prove.without.holding"
READERS = 4
AMID = 0.2  # seconds: when an edit that holds nothing has looked, and takes its time

TAKEN = (["draft", 0], True, False)  # the state and the entries; what the writer was told
COMPOSED = (["submitted", 1], False, True)


def warm_up(*hands: Browser) -> None:
    """Let every process have answered, so that the rivals meet."""
    for _ in range(6):
        for hand in hands:
            hand.get("/projects/")
            hand.close()


def contested(place: Place, rounds: int, *, app: str = "ddat.wsgi") -> list[Any]:
    """Take back against compose: how each round ended."""
    scene = place.call(rivals.composing_scene, rounds=rounds)
    with place.serving(app=app, fails=app != "ddat.wsgi") as server:
        writer, editor = (Browser(server.address, scene[who]) for who in ("writer", "editor"))
        warm_up(writer, editor)
        told = [
            compose_and_take_back(writer, editor, scene["subject"], week) for week in scene["weeks"]
        ]
        writer.close()
        editor.close()
    rows = place.call(rivals.composed)
    return [(row, one["taken"], one["refused"]) for row, one in zip(rows, told, strict=True)]


def test_taking_back_against_composing(ready_place: NewPlace, db: None) -> None:
    ended = contested(ready_place(), ROUNDS)
    control = contested(ready_place(), FEW, app=WITHOUT)

    torn = [one for one in control if one not in (TAKEN, COMPOSED)]
    record(
        "Taking back against composing",
        [
            ("Taken back, and in no digest", str(ended.count(TAKEN))),
            ("Composed, and the writer told so", str(ended.count(COMPOSED))),
            ("Both, or neither", str(ROUNDS - ended.count(TAKEN) - ended.count(COMPOSED))),
            ("Both, or neither, where nothing is held", f"{len(torn)} of {FEW}"),
        ],
    )
    assert [one for one in ended if one not in (TAKEN, COMPOSED)] == []
    assert torn != []


def how_it_ended(told: dict[str, Any], row: list[Any]) -> str:
    """In one word what became of an edit and a publication, or "torn"."""
    answers = (told["edited"], told["published"], told["editor_told"], told["publisher_told"])
    if (answers, row) == ((True, False, False, True), [False, [], EDITED]):
        return "edited"
    if (answers, row) == ((False, True, True, False), [True, [WORDS], WORDS]):
        return "published"
    return f"torn: {answers}, {row}"


def edited(place: Place, rounds: int, *, app: str = "ddat.wsgi", least: float = 0) -> list[str]:
    """Edit against publish: how each round ended."""
    scene = place.call(rivals.editing_scene, rounds=rounds)
    with place.serving(app=app, fails=app != "ddat.wsgi") as server:
        one, other = (Browser(server.address, scene[who]) for who in ("editor", "publisher"))
        warm_up(one, other)
        told = [edit_and_publish(one, other, digest, least=least) for digest in scene["digests"]]
    rows = place.call(rivals.published)
    return [how_it_ended(*pair) for pair in zip(told, rows, strict=True)]


def test_editing_against_publishing(ready_place: NewPlace, db: None) -> None:
    ended = edited(ready_place(), ROUNDS)
    control = edited(ready_place(), FEW, app=f"{WITHOUT}_edits", least=AMID)

    torn = [one for one in control if one.startswith("torn")]
    record(
        "Editing against publishing",
        [
            ("Edited, and the publisher told so", str(ended.count("edited"))),
            ("Published, and the editor told so", str(ended.count("published"))),
            ("Both, or neither", str(sum(one.startswith("torn") for one in ended))),
            ("Both, or neither, where nothing is held", f"{len(torn)} of {FEW}"),
        ],
    )
    assert [one for one in ended if one.startswith("torn")] == []
    assert torn != []


def reacted(
    place: Place, rounds: int, *, app: str = "ddat.wsgi", least: float = 0
) -> tuple[list[list[int]], list[list[int]]]:
    """Withdraw against react: what was answered in each round, and what is there."""
    scene = place.call(rivals.withdrawing_scene, rounds=rounds, readers=READERS)
    with place.serving(app=app, fails=app != "ddat.wsgi") as server:
        editor = Browser(server.address, scene["editor"])
        readers = [Browser(server.address, session) for session in scene["readers"]]
        warm_up(editor, *readers)
        told = [withdraw_and_react(editor, readers, slug, least=least) for slug in scene["digests"]]
    return told, place.call(rivals.withdrawn)


def test_withdrawing_against_reacting(ready_place: NewPlace, db: None) -> None:
    told, rows = reacted(ready_place(), ROUNDS)
    _, control = reacted(ready_place(), FEW, app="tests.prove.without.staying", least=AMID)

    kept = sum(count for count, _, _ in rows)
    record(
        "Withdrawing against reacting",
        [
            (f"Withdrawn while {READERS} readers reacted", str(len(rows))),
            ("Reactions kept and counted", f"{kept} of {READERS * ROUNDS}"),
            ("Kept after the digest was withdrawn", str(sum(late for _, _, late in rows))),
            ("The same where nothing is held", f"{sum(late for _, _, late in control)}"),
        ],
    )
    assert [withdrawal for withdrawal, *_ in told] == [302] * ROUNDS
    assert {status for _, *answers in told for status in answers} <= {302, 404, 410}
    successes = [answers.count(302) for _, *answers in told]
    assert rows == [[count, count, 0] for count in successes]
    assert sum(late for _, _, late in control) > 0
