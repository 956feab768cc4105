"""Dates, thanks and figures as the HTML readers see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.weeknotes.content.test_html import prose_of
from weeknotes.content.kinds import (
    DateRow,
    DatesSection,
    MetricRow,
    MetricsSection,
    ThanksRow,
    ThanksSection,
)

MAY_18 = date(2026, 5, 18)


def test_dates_are_in_order_with_what_is_known_of_them():
    rows = (
        DateRow(what="Some day"),
        DateRow(what="Training", from_on=MAY_18, to_on=date(2026, 5, 20), for_whom="For managers"),
        DateRow(
            what="*Kick-off* <i>",
            when="Monday, 10:30am",
            from_on=MAY_18 - timedelta(1),
            where="[Teams](https://teams.example)",
            for_whom="everyone",
        ),
        DateRow(what="Pilot", when="the first week of June"),
    )

    assert prose_of(DatesSection(heading="Diary", rows=rows)) == (
        '<h3>Diary</h3><dl class="dates"><div><dt>Monday, 10:30am</dt><dd><em>Kick-off</em>'
        ' &lt;i&gt; <span class="was"><a href="https://teams.example" rel="noopener noreferrer">'
        "Teams</a>, for everyone</span></dd></div>"
        "<div><dt>Monday 18 May to Wednesday 20 May 2026</dt>"
        '<dd>Training <span class="was">For managers</span></dd></div>'
        "<div><dt>Date not given</dt><dd>Some day</dd></div>"
        "<div><dt>the first week of June</dt><dd>Pilot</dd></div></dl>"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((MAY_18, None), "Monday 18 May 2026"),
        ((None, MAY_18), "Monday 18 May 2026"),
        ((MAY_18, MAY_18), "Monday 18 May 2026"),
        (
            (date(2026, 12, 31), date(2027, 1, 1)),
            "Thursday 31 December 2026 to Friday 1 January 2027",
        ),
    ],
)
def test_days_are_printed_with_their_weekdays(days, words):
    row = DateRow(what="Kick-off", from_on=days[0], to_on=days[1])

    assert row.printed_when == words


@pytest.mark.parametrize(
    "time", ["10:30am to noon", "From 2 to 3pm", "14:00", "9 – 11am", "noon", "at 2 pm", "All day"]
)
def test_time_stands_after_its_day(time):
    assert DateRow(what="Tea", when=time, from_on=MAY_18).printed_when == (
        f"Monday 18 May 2026, {time}"
    )
    assert DateRow(what="Tea", when=time).printed_when == time


@pytest.mark.parametrize("words", ["18 May, 10am", "2 mornings", "the 3rd week of June", "TBC"])
def test_other_words_stand_for_the_day(words):
    assert DateRow(what="Tea", when=words, from_on=MAY_18).printed_when == words


def test_thanks_say_who_and_for_what():
    rows = (
        ThanksRow(who="Sam <Lee> & Ann", for_what="the *phones*\nthe door"),
        ThanksRow(who="Everyone who **came**"),
    )

    assert prose_of(ThanksSection(rows=rows)) == (
        '<ul class="thanks"><li><b>Sam &lt;Lee&gt; &amp; Ann:</b> the <em>phones</em><br>the door'
        "</li><li>Everyone who <strong>came</strong></li></ul>"
    )


def test_sections_without_rows_print_their_words_alone():
    assert prose_of(DatesSection(before="None yet.")) == "<p>None yet.</p>"
    assert prose_of(ThanksSection(after="All of you.")) == "<p>All of you.</p>"


def test_long_figures_may_break_after_their_commas():
    rows = (MetricRow(name="A", from_value=Decimal(123456789), to_value=Decimal("1234567890.25")),)
    html = prose_of(MetricsSection(rows=rows))

    assert "<td>123,456,789</td><td><b>1,<wbr>234,<wbr>567,<wbr>890.25</b></td>" in html


@pytest.mark.parametrize(
    ("good", "values", "change"),
    [
        ("up", (10, 11), '+10.0% <span class="was">better</span>'),
        ("up", (10, 9), '\u221210.0% <span class="was">worse</span>'),
        ("down", (10, 9), '\u221210.0% <span class="was">better</span>'),
        ("down", (10, 11), '+10.0% <span class="was">worse</span>'),
        ("", (10, 11), "+10.0%"),
        ("up", (10, 10), "no change"),
        ("up", (None, 10), "not known"),
    ],
)
def test_change_is_good_news_or_bad_where_that_was_said(good, values, change):
    start, end = (value if value is None else Decimal(value) for value in values)
    row = MetricRow(name="A", good=good, from_value=start, to_value=end)

    assert prose_of(MetricsSection(rows=(row,))).split("</b></td>")[1] == (
        f"<td>{change}</td></tr></tbody></table>"
    )
