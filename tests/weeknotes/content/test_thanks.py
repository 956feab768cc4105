"""Lines of thanks: who, and for what."""

import pytest

from weeknotes.content.kinds import Thanked, ThanksRow
from weeknotes.content.kinds.thanks import (
    lines_from_thanks,
    names_in,
    thanked_in,
    thanks_from_lines,
)

PEOPLE = {"Ann Fox": 1, "Sam Lee": 2, "Smith, Jo": 3, "Marks and Co": 4}


@pytest.mark.parametrize(
    ("line", "who", "for_what"),
    [
        ("Sam Lee: the phones", "Sam Lee", "the phones"),
        ("- Sam Lee : the door: all day", "Sam Lee", "the door: all day"),
        ("Sam Lee:", "Sam Lee", ""),
        ("Everyone who came at 10:30", "Everyone who came at 10:30", ""),
        ("https://a.example: the words", "https://a.example", "the words"),
        (": the words", ": the words", ""),
    ],
)
def test_line_is_parted_at_its_first_colon(line: str, who: str, for_what: str) -> None:
    assert thanks_from_lines(line) == (ThanksRow(who=who, for_what=for_what),)


def test_lines_further_in_go_on_with_the_one_above() -> None:
    typed = "Sam Lee:\n  the phones\n  - the door\n\n• Ann Fox: tea\n    cake\nEveryone"

    rows = thanks_from_lines(typed)

    assert [(row.who, row.for_what) for row in rows] == [
        ("Sam Lee", "the phones\nthe door"),
        ("Ann Fox", "tea\ncake"),
        ("Everyone", ""),
    ]
    assert thanks_from_lines(lines_from_thanks(rows)) == rows
    assert lines_from_thanks(rows) == (
        "- Sam Lee: the phones\n  - the door\n- Ann Fox: tea\n  - cake\n- Everyone"
    )


@pytest.mark.parametrize(
    ("who", "thanked"),
    [
        ("Sam Lee", [("Sam Lee", 2)]),
        ("Sam Lee, Ann Fox and Guest", [("Sam Lee", 2), ("Ann Fox", 1), ("Guest", None)]),
        ("Ann Fox & Sam Lee; the desk", [("Ann Fox", 1), ("Sam Lee", 2), ("the desk", None)]),
        ("Guest, and Sam Lee", [("Guest", None), ("Sam Lee", 2)]),
        ("Food and Drink", [("Food and Drink", None)]),
        ("Marks and Co", [("Marks and Co", 4)]),
        ("Smith, Jo", [("Smith, Jo", 3)]),
        ("sam lee", [("sam lee", None)]),
    ],
)
def test_names_are_matched_and_the_others_stay_words(who: str, thanked: list[tuple]) -> None:
    found = thanked_in(who, PEOPLE)

    assert found == tuple(Thanked(name=name, person_id=pk) for name, pk in thanked)
    assert {one.name for one in found} <= set(names_in(who))


def test_thirty_names_are_thirty_thanks() -> None:
    assert len(thanks_from_lines("\n".join(f"Person {n}: tea" for n in range(30)))) == 30


def test_only_commas_thank_nobody_and_lose_nothing() -> None:
    (row,) = thanks_from_lines(", ,: tea")

    assert (row.who, row.for_what, thanked_in(row.who, PEOPLE)) == (", ,", "tea", ())


@pytest.mark.parametrize(
    ("typed", "who", "for_what"),
    [
        ("Priya Nair and Dev Patel, for testing the kit", "Priya Nair and Dev Patel", True),
        ("Sam Lee, Ann Fox, for testing the kit", "Sam Lee, Ann Fox", True),
        ("Centre, for All team: for testing the kit", "Centre, for All team", True),
        ("Sam Lee, Ann Fox", "Sam Lee, Ann Fox", False),
        ("Priya Nair for testing the kit", "Priya Nair for testing the kit", False),
    ],
)
def test_comma_before_for_parts_who_from_what(typed: str, who: str, for_what: bool) -> None:
    (row,) = thanks_from_lines(typed)

    assert (row.who, row.for_what) == (who, "for testing the kit" if for_what else "")
    assert thanks_from_lines(lines_from_thanks([row])) == (row,)
