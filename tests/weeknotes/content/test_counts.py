from datetime import date

import pytest

from weeknotes.content.kinds import CountRow, CountsSection

ROWS = (CountRow(label="late", number=1_000), CountRow(label="done", number=26))


@pytest.mark.parametrize(
    ("fields", "caption"),
    [
        ({}, ""),
        ({"name": "sprint 10"}, "Sprint 10"),
        ({"from_on": date(2026, 5, 11), "to_on": date(2026, 5, 29)}, "11 to 29 May 2026"),
        ({"to_on": date(2026, 5, 29)}, "To 29 May 2026"),
        ({"as_of": date(2026, 5, 15)}, "As of 15 May 2026"),
        ({"is_exclusive": True}, "1,026 in all"),
        (
            {"name": "Sprint 10", "from_on": date(2026, 5, 11), "as_of": date(2026, 5, 15)},
            "Sprint 10, from 11 May 2026, as of 15 May 2026",
        ),
    ],
)
def test_caption_says_what_is_known(fields, caption):
    assert CountsSection(rows=ROWS, **fields).caption == caption


def test_total_is_known_only_where_the_states_exclude_each_other():
    assert CountsSection(rows=ROWS).total is None
    assert CountsSection(rows=ROWS, is_exclusive=True).total == 1_026
