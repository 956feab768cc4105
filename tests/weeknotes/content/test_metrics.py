from datetime import date
from decimal import Decimal

import pytest

from weeknotes.content.kinds import MetricRow, MetricsSection


def row(before, after, **fields):
    fields = {"name": "Use", "unit": "users"} | fields
    return MetricRow(
        from_value=None if before is None else Decimal(before),
        to_value=None if after is None else Decimal(after),
        **fields,
    )


@pytest.mark.parametrize(
    ("before", "after", "fields", "sentence", "change"),
    [
        (2109, 2136, {}, "Use increased by 1.3%, from 2,109 to 2,136 users.", "+1.3%"),
        (1356, 1397, {}, "Use increased by 3.0%, from 1,356 to 1,397 users.", "+3.0%"),
        (726, 760, {}, "Use increased by 4.7%, from 726 to 760 users.", "+4.7%"),
        (760, 726, {}, "Use decreased by 4.5%, from 760 to 726 users.", "−4.5%"),
        (2136, 2136, {}, "Use stayed at 2,136 users.", "no change"),
        (0, 12, {}, "Use increased from 0 to 12 users.", "+12"),
        (12, 0, {}, "Use decreased by 100.0%, from 12 to 0 users.", "−100.0%"),
        (None, 2136, {}, "Use: 2,136 users", "not known"),
        (2109, None, {}, "Use: no new figure, 2,109 users before", "not known"),
        (100_000, 100_001, {}, "Use increased from 100,000 to 100,001 users.", "+1"),
        (-4, -2, {}, "Use increased by 50.0%, from −4 to −2 users.", "+50.0%"),
        ("1.5", 2, {"decimals": 1}, "Use increased by 33.3%, from 1.5 to 2.0 users.", "+33.3%"),
        ("1.25", 2, {}, "Use increased by 60.0%, from 1.25 to 2 users.", "+60.0%"),
        (10, 12, {"unit": "%"}, "Use increased from 10% to 12%.", "+2 points"),
        (10, 12, {"unit": "£"}, "Use increased by 20.0%, from £10 to £12.", "+20.0%"),
        (10, 12, {"unit": ""}, "Use increased by 20.0%, from 10 to 12.", "+20.0%"),
        (
            1,
            2,
            {"words": "A start."},
            "Use increased by 100.0%, from 1 to 2 users. A start.",
            "+100.0%",
        ),
        (None, None, {"words": "Use rose slightly."}, "Use rose slightly.", "not known"),
        (None, None, {}, "Use: no figures given", "not known"),
    ],
)
def test_sentence_and_change_are_computed(before, after, fields, sentence, change):
    metric = row(before, after, **fields)

    assert (metric.sentence, metric.change) == (sentence, change)


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [
        (2109, 2136, "1.3"),
        (1000, 1000.5, "0.1"),  # half up
        (0, 5, None),
        (None, 5, None),
        (5, None, None),
        (10**30, 2 * 10**30, "100.0"),
        (1, 10**30, f"{10**32 - 100}.0"),
    ],
)
def test_percentage_has_one_decimal_or_there_is_none(before, after, percent):
    assert row(before, after).change_percent == (None if percent is None else Decimal(percent))


def test_huge_and_odd_numbers_do_not_fail():
    assert row(10**30, 10**30 + 1).sentence == (
        f"Use increased from {10**30:,} to {10**30 + 1:,} users."
    )
    assert row("1E+999999", "1E-999999").sentence.startswith("Use decreased")
    assert row("1E-999999", "1E+999999").change_percent is None


def test_period_is_said_with_what_is_known():
    may_3, may_10 = date(2026, 5, 3), date(2026, 5, 10)

    assert MetricsSection(from_on=may_3, to_on=may_10).period_sentence == (
        "Based on data from 3 to 10 May 2026."
    )
    assert MetricsSection(to_on=may_10).period_sentence == "Based on data to 10 May 2026."
    assert MetricsSection(from_on=may_3).period_sentence == "Based on data from 3 May 2026."
    assert MetricsSection().period_sentence == ""
