"""One text of two: all of both, what is in both said once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weeknotes.content.items import Item
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    OutcomesSection,
    PlansSection,
    RiskRow,
    RisksSection,
    TextSection,
)
from weeknotes.content.lines import groups_from_lines, lines_from_groups
from weeknotes.content.uniting import unite_lines, unite_sections

LINES = st.lists(st.sampled_from(["a", "b", "c", "d e"]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("mine", "theirs", "united"),
    [
        ("One\nTwo", "One\nThree", "One\nTwo\nThree"),
        ("", "Theirs", "Theirs"),
        ("Mine", "", "Mine"),
        ("Same", "Same", "Same"),
        ("", "", ""),
        ("A\nB\nC", "A\nC\nD", "A\nB\nC\nD"),
    ],
)
def test_lines_of_both_are_said_once(mine: str, theirs: str, united: str) -> None:
    assert unite_lines(mine, theirs) == united


@given(mine=LINES, theirs=LINES)
def test_no_line_of_either_is_lost_nor_any_made(mine: str, theirs: str) -> None:
    united = unite_lines(mine, theirs).split("\n")

    for one in (mine, theirs):
        left = iter(united)
        assert all(line in left for line in one.split("\n") if line)
    assert set(united) <= {*mine.split("\n"), *theirs.split("\n")}


def test_lists_are_united_group_by_group() -> None:
    mine = OutcomesSection(groups=groups_from_lines("Top\n  mine below\n# Web\nA\n# Mine\nM"))
    theirs = OutcomesSection(groups=groups_from_lines("Top\n  theirs below\n# Web\nA\nB"))

    (united,) = unite_sections(mine, theirs)

    assert lines_from_groups(united.groups).split("\n") == [
        "- Top",
        "  - mine below",
        "  - theirs below",
        "# Web",
        "- A",
        "- B",
        "# Mine",
        "- M",
    ]


def test_cleared_state_of_mine_stays_cleared() -> None:
    (group,) = groups_from_lines("Bins: done")
    cleared = replace(group, items=(Item(text="Bins: done", is_state_cleared=True),))

    (united,) = unite_sections(OutcomesSection(groups=(cleared,)), OutcomesSection(groups=(group,)))

    assert united.groups == (cleared,)


def test_rows_that_differ_are_both_kept() -> None:
    mine = RisksSection(rows=(RiskRow(text="Slow"), RiskRow(text="Same")), nil_return="None new")
    theirs = RisksSection(rows=(RiskRow(text="Slow", owner="Sam"), RiskRow(text="Same")))

    assert unite_sections(mine, theirs) == (
        replace(mine, rows=(RiskRow(text="Slow"), RiskRow(text="Slow", owner="Sam"), mine.rows[1])),
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (TextSection(heading="One", text="A"), TextSection(heading="Two", text="B")),
        (OutcomesSection(heading="One"), PlansSection(heading="One")),
        (
            CountsSection(as_of=date(2026, 5, 14), rows=(CountRow(label="Late", number=1),)),
            CountsSection(as_of=date(2026, 5, 15), rows=(CountRow(label="Late", number=2),)),
        ),
    ],
)
def test_what_does_not_go_together_stands_one_after_the_other(
    mine: TextSection, theirs: TextSection
) -> None:
    assert unite_sections(mine, theirs) == (mine, theirs)


def test_words_of_both_sections_are_kept() -> None:
    mine = TextSection(heading="Same", text="One\nTwo")
    theirs = TextSection(text="One\nThree", product_id=7, product_name="Drupal")

    (united,) = unite_sections(mine, theirs)

    assert united == TextSection(
        heading="Same", text="One\nTwo\nThree", product_id=7, product_name="Drupal"
    )
