import pytest
from hypothesis import given

from ddat import prose
from tests.weeknotes.content.strategies import words
from weeknotes.content.items import Group, Item
from weeknotes.content.lines import groups_from_lines, lines_from_groups, match
from weeknotes.content.states import ItemState, with_state


def shape(groups):
    return [
        (
            group.heading,
            [(item.text, [child.text for child in item.children]) for item in group.items],
        )
        for group in groups
    ]


def test_lines_become_groups_items_and_children():
    typed = "- one\n\t• two\n      – three\nfour\n\n## Group\n* five\n#\nsix\n"

    assert shape(groups_from_lines(typed)) == [
        ("", [("one", ["two", "three"]), ("four", [])]),
        ("Group", [("five", [])]),
        ("", [("six", [])]),
    ]


def test_lines_that_all_stand_further_in_are_no_children():
    assert shape(groups_from_lines("  - one\n  - two\n    - three\n- four")) == [
        ("", [("one", []), ("two", ["three"]), ("four", [])])
    ]


def test_lines_say_their_states():
    (group,) = groups_from_lines("Portal: paused\n  Build – done\nReview")

    assert [item.state for item in group.items] == [ItemState.PAUSED, None]
    assert group.items[0].children[0].state is ItemState.DONE


def test_cleared_state_stays_cleared_while_the_line_is_the_same():
    (group,) = groups_from_lines("Pilot paused\nRoadshow paused")
    previous = Group(items=(with_state(group.items[0], None), group.items[1]))

    (again,) = groups_from_lines("Roadshow paused\n  Pilot paused", previous=[previous])
    (changed,) = groups_from_lines("The pilot paused", previous=[previous])

    assert again.items[0].state is ItemState.PAUSED
    assert again.items[0].children == (Item(text="Pilot paused", is_state_cleared=True),)
    assert changed.items[0].state is ItemState.PAUSED


def test_groups_are_typed_as_the_form_shows_them():
    groups = groups_from_lines("one\n  two\n# Group\nthree\n- #1 priority")

    assert lines_from_groups(groups) == "- one\n  - two\n# Group\n- three\n- #1 priority"


@given(words)
def test_lines_to_items_and_back_is_stable(text):
    groups = groups_from_lines(text)

    assert groups_from_lines(lines_from_groups(groups), previous=groups) == groups


@given(words)
def test_no_letter_of_a_line_is_lost(text):
    kept = "".join(word for group in groups_from_lines(text) for word in group.words())

    assert list(filter(str.isalnum, kept)) == list(filter(str.isalnum, prose.clean(text)))


@pytest.mark.parametrize(
    ("old", "found"),
    [
        ("Build the portal", 1),
        ("Build the portal: ongoing", 1),
        ("Train users on the new form", 2),
        ("Something else entirely", None),
    ],
)
def test_old_line_finds_the_new_one_it_became(old, found):
    lines = ["Data cleansing", "Build the portal", "Train all users on the new form"]

    assert match(old, lines) == found
    assert match(old, []) is None
