import gzip
import re
import unicodedata
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddat import prose
from tests.ddat.test_prose import Reader
from tests.weeknotes.content.seed_documents import FULL, NOTE, december_note, full_digest
from tests.weeknotes.content.strategies import documents
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.html import rag_html, update_html
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    MetricRow,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RiskKind,
    RiskRow,
    RisksSection,
    TextSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.content.lines import groups_from_lines
from weeknotes.content.states import ItemState, Phrase, with_state

PLACE = {"anchor": "team-web", "house_heading": "Web"}
TAGS = prose.TAGS | {"article", "div", "b", "svg", "circle", "path", "rect", "table", "caption"}
TAGS |= {"thead", "tbody", "tr", "th", "td", "figure", "figcaption", "dl", "dt", "dd", "wbr"}
DRAWING = {"viewbox", "d", "cx", "cy", "r", "x", "width", "height", "preserveaspectratio"}
ATTRIBUTES = {
    "class",
    "id",
    "aria-labelledby",
    "aria-hidden",
    "href",
    "rel",
    "start",
    "dir",
    "title",
}
ATTRIBUTES |= {"focusable", "scope", "colspan", "stroke-dasharray"} | DRAWING


def prose_of(section, **fields):
    html = update_html(Document(sections=(section,), **fields), **PLACE)
    return re.search(r'<div class="prose">(.*)</div></article>', html)[1]


@given(documents, st.booleans(), st.booleans())
def test_nothing_active_and_no_level_skipped_whatever_is_typed(document, is_note, is_project):
    html = update_html(document, **PLACE, is_note=is_note, is_project=is_project)
    reader = Reader(html)
    levels = [int(tag[1]) for tag in reader.tags if re.fullmatch(r"h\d", tag)]

    assert set(reader.tags) <= TAGS
    assert {name for _, name, _ in reader.attributes} <= ATTRIBUTES
    for _, name, value in reader.attributes:
        if name == "href":
            assert value.lower().startswith(("http://", "https://", "mailto:"))
    assert levels[0] == 2
    assert 2 not in levels[1:]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert [value for _, name, value in reader.attributes if name == "id"] == [
        "team-web",
        "team-web-h",
    ]


def test_head_has_heading_code_and_byline():
    byline = (Byline(name="<b>Ann</b> & Co", job_title="Lead"), Byline(name="Bo"))
    html = update_html(
        Document(byline=byline), anchor="project-x", house_heading="PR1 Web & more", code="PR1"
    )

    assert html == (
        '<article class="update" id="project-x" aria-labelledby="project-x-h">'
        '<h2 id="project-x-h"><span class="code">PR1</span> Web &amp; more</h2>'
        '<div class="side"><p class="by"><b>&lt;b&gt;Ann&lt;/b&gt; &amp; Co</b> Lead</p>'
        '<p class="by"><b>Bo</b></p></div></article>'
    )


def test_own_heading_stands_in_for_the_house_heading():
    html = update_html(Document(heading="Portal"), **PLACE, code="PR1")

    assert '<h2 id="team-web-h">Portal</h2>' in html


@pytest.mark.parametrize(
    ("rag", "is_project", "words"),
    [
        (None, False, []),
        (None, True, ["Not rated"]),
        (
            Rag(colour=RagColour.GREEN, words="on track"),
            True,
            ["Green, on track", "No reason given"],
        ),
        (Rag(colour=RagColour.RED, reason="Late."), True, ["Red"]),
        (Rag(colour=RagColour.PAUSED), True, ["Paused"]),
    ],
)
def test_status_is_said_beside_the_words(rag, is_project, words):
    html = update_html(Document(rag=rag), **PLACE, is_project=is_project)
    side = re.search(r'<div class="side">(.*?)</div>', html)

    assert (Reader(side[1]).words if side else []) == words


def test_reason_is_the_first_paragraph():
    rag = Rag(colour=RagColour.AMBER, reason="Behind *plan*.")

    assert prose_of(TextSection(text="More"), rag=rag) == "<p>Behind <em>plan</em>.</p><p>More</p>"


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        (RagColour.GREEN, "green"),
        (RagColour.NOT_RATED, "unrated"),
        (RagColour.COMPLETE, "complete"),
    ],
)
def test_rag_is_icon_and_word(colour, name):
    html = rag_html(colour, "a<b")

    assert html.startswith(f'<span class="rag {name}"><svg class="i" ')
    assert html.endswith(f"</svg>{colour.label}, a&lt;b</span>")


def test_note_leads():
    assert update_html(Document(), **PLACE, is_note=True).startswith('<article class="update lead"')


def test_no_update_is_brief_and_says_only_its_own_words():
    no_update = NoUpdate(
        heading="Summary", lines="- On hold\n\n• Back soon", returns="the end of May"
    )
    html = update_html(
        Document(no_update=no_update, sections=(TextSection(text="hidden"),)), **PLACE
    )

    assert html.startswith('<article class="update brief"')
    assert html.endswith(
        '<div class="prose"><h3>Summary</h3><p>On hold</p><p>Back soon</p>'
        "<p>Expected back: the end of May</p></div></article>"
    )


def test_return_that_the_lines_tell_is_not_told_twice():
    no_update = NoUpdate(lines="Meetings restart at The end of May", returns="the end of May")

    assert no_update.expected_back == ""


def test_return_is_a_day_where_no_words_tell_it():
    day = date(2026, 6, 1)

    assert NoUpdate(lines="Away", returns_on=day).expected_back == "Expected back: 1 June 2026"
    assert NoUpdate(lines="Away", returns="June", returns_on=day).expected_back == (
        "Expected back: June"
    )
    assert NoUpdate(lines="Away until 1 June 2026.", returns_on=day).expected_back == ""


def test_typed_headings_stand_below_the_section():
    assert (
        prose_of(TextSection(heading="A", text="##### b\n# c")) == "<h3>A</h3><h4>b</h4><h4>c</h4>"
    )
    assert prose_of(TextSection(text="##### b\nd")) == "<h3>b</h3><p>d</p>"


def test_product_is_the_heading_of_a_section_without_one():
    assert (
        prose_of(TextSection(text="x", product_name="Drupal")) == "<h3>Product: Drupal</h3><p>x</p>"
    )


def test_groups_items_and_states_print_as_typed():
    groups = groups_from_lines("- a: Ongoing\n  - b\n# 📌 G\n- **c – done – d** <b>")

    assert prose_of(PlansSection(heading="P", groups=groups)) == (
        '<h3>P</h3><ul><li>a: <em class="st">Ongoing</em><ul><li>b</li></ul></li></ul>'
        '<h4><span aria-hidden="true">📌</span> G</h4>'
        '<ul><li><strong>c – <em class="st">done</em> – d</strong> &lt;b&gt;</li></ul>'
    )
    assert (
        prose_of(PlansSection(groups=groups_from_lines("# G\na")))
        == "<h3>G</h3><ul><li>a</li></ul>"
    )


def test_cleared_state_is_not_set_apart():
    (group,) = groups_from_lines("Pilot paused")
    cleared = (with_state(group.items[0], None),)

    assert (
        prose_of(PlansSection(groups=(type(group)(items=cleared),)))
        == "<ul><li>Pilot paused</li></ul>"
    )


def test_metrics_are_sentences_and_a_table():
    section = full_digest()[3][0].sections[2]
    html = prose_of(section)

    assert re.search("<table.*</table>", html)[0] == (
        '<table class="data"><caption class="govuk-visually-hidden">'
        "User adoption snapshot (week on week), 3 to 10 May 2026</caption><thead><tr>"
        '<th scope="col">Users</th><th scope="col">3 May</th><th scope="col">10 May</th>'
        '<th scope="col">Change</th></tr></thead><tbody>'
        '<tr><th scope="row">Active file viewing and editing</th><td>2,109</td>'
        "<td><b>2,136</b></td><td>+1.3%</td></tr>"
        '<tr><th scope="row">File syncing activity</th><td>1,356</td>'
        "<td><b>1,397</b></td><td>+3.0%</td></tr>"
        '<tr><th scope="row">Internal file sharing</th><td>726</td>'
        "<td><b>760</b></td><td>+4.7%</td></tr>"
        '<tr><th scope="row">Users not actively using OneDrive</th>'
        '<td colspan="3">no figures given</td></tr></tbody></table>'
    )
    assert "<p>Based on data from 3 to 10 May 2026.</p><ul><li>Active file" in html


def test_metrics_of_several_units_name_each_in_its_cell():
    rows = (
        MetricRow(name="Use", unit="users", to_value=Decimal(5)),
        MetricRow(name="Cost", unit="£", from_value=Decimal(6), to_value=Decimal(7)),
    )
    html = prose_of(MetricsSection(rows=rows))

    assert '<th scope="col">Measure</th><th scope="col">Before</th><th scope="col">Now</th>' in html
    assert "<td>not given</td><td><b>5 users</b></td><td>not known</td>" in html
    assert "<td>£6</td><td><b>£7</b></td><td>+16.7%</td>" in html


def test_metrics_in_words_alone_have_no_table():
    assert prose_of(MetricsSection(rows=(MetricRow(name="Use", words="Rose."),))) == (
        "<ul><li>Rose.</li></ul>"
    )


def test_counts_are_a_bar_and_numbers_with_a_total_only_if_exclusive():
    rows = (CountRow(label="not started", number=1), CountRow(label="late", number=0))
    rows += (CountRow(label="completed", number=3),)
    html = prose_of(CountsSection(rows=rows))

    assert html == (
        '<figure class="tally"><svg viewBox="0 0 100 2" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false"><rect class="t0" width="25" height="2"/>'
        '<rect class="t3" x="25" width="75" height="2"/></svg>'
        '<dl><div class="t0"><dt>not started</dt><dd>1</dd></div>'
        '<div class="t2"><dt>late</dt><dd>0</dd></div>'
        '<div class="t3"><dt>completed</dt><dd>3</dd></div></dl></figure>'
    )
    exclusive = CountsSection(rows=rows, name="sprint 10", is_exclusive=True)
    assert "<figcaption>Sprint 10, 4 in all</figcaption></figure>" in prose_of(exclusive)


def test_counts_of_nothing_have_no_bar():
    zero = CountsSection(rows=(CountRow(label="late", number=0),))

    assert "svg" not in prose_of(zero)
    assert prose_of(CountsSection(name="sprint 11")) == "<p>Sprint 11</p>"


def test_state_that_was_read_in_a_web_address_leaves_it_as_typed():
    text = "https://a.example/done"
    item = Item(text=text, state=ItemState.DONE, phrase=Phrase(text="done", start=18))

    assert prose_of(OutcomesSection(groups=(Group(items=(item,)),))) == (
        '<ul><li>https://a.example/<em class="st">done</em></li></ul>'
    )


def test_risk_that_begins_with_a_web_address_links_it():
    risk = RiskRow(text="https://a.example: is slow")

    assert prose_of(RisksSection(rows=(risk,))) == (
        '<ul class="risks"><li><a href="https://a.example" rel="noopener noreferrer">'
        "https://a.example</a>: is slow</li></ul>"
    )


def test_workstreams_start_with_the_overall_status():
    section = WorkstreamsSection(
        rows=(WorkstreamRow(name="Build", state=WorkstreamState.NOT_STARTED),)
    )
    words = Reader(prose_of(section, rag=Rag(colour=RagColour.GREEN, words="on track"))).words

    assert words == ["Overall status", "Green, on track", "Build", "Not started"]
    assert Reader(prose_of(section)).words == ["Build", "Not started"]


def test_risks_have_bold_names_and_known_facts():
    rows = (
        RiskRow(text="Cost: may *rise*", kind=RiskKind.RISK, owner="Sam"),
        RiskRow(text="*a: b* <i>"),
        RiskRow(text="x" * 80 + ": y"),
    )

    assert prose_of(RisksSection(nil_return="No new blockers", rows=rows)) == (
        '<p>No new blockers</p><ul class="risks"><li><b>Cost:</b> may <em>rise</em>'
        ' <span class="was">Risk, owner Sam</span></li><li><em>a: b</em> &lt;i&gt;</li>'
        f"<li>{'x' * 80}: y</li></ul>"
    )


def test_words_from_right_to_left_are_marked():
    html = prose_of(PlansSection(heading="שלום", groups=groups_from_lines("עולם\nworld")))

    assert html == '<h3 dir="auto">שלום</h3><ul><li dir="auto">עולם</li><li>world</li></ul>'


def test_a_name_from_right_to_left_is_marked():
    document = Document(byline=(Byline(name="שלום & co", job_title="Lead"), Byline(name="Jo")))

    assert re.findall(r'<p class="by.*?</p>', update_html(document, **PLACE)) == [
        '<p class="by" dir="auto"><b>שלום &amp; co</b> Lead</p>',
        '<p class="by"><b>Jo</b></p>',
    ]


def test_long_word_stays_whole():
    assert prose_of(TextSection(text="w" * 200)) == f"<p>{'w' * 200}</p>"


# The seeds


def plain_words(text):
    text = unicodedata.normalize("NFKC", text).replace("\u2010", "-")
    return re.findall(r"[\w’'&%.,:/()-]+", text)


def seed_html():
    return "".join(update_html(document, **place) for document, place in full_digest())


def test_every_line_of_the_full_digest_stands_in_order():
    words = " ".join(plain_words(" ".join(Reader(seed_html()).words)))
    place, missing = 0, []
    for number, line in enumerate(FULL[1:151], 1):
        wanted = " ".join(plain_words(prose.strip_bullet(prose.clean_line(line))))
        found = words.find(wanted, place)
        if found < 0:
            missing.append(number)
        else:
            place = found
    # Printed from data: bylines (2 … 136), counts (36 to 39), statuses (70 to 73).
    assert missing == [2, 18, 36, 37, 38, 39, 42, 70, 71, 72, 73, 85, 102, 118, 136]


def test_december_note_has_its_lists_and_no_heading():
    html = update_html(december_note(), anchor="note", house_heading="Note", is_note=True)

    assert [len(re.findall("<li>", part)) for part in re.findall("<ul>.*?</ul>", html)] == [3, 3]
    assert "<h3" not in html
    words = " ".join(plain_words(" ".join(Reader(html).words)))
    assert all(
        " ".join(plain_words(prose.strip_bullet(prose.clean_line(line)))) in words for line in NOTE
    )


def test_full_digest_has_its_facts():
    documents_of = [document for document, _ in full_digest()]
    pieces = [update_html(document, **place) for document, place in full_digest()]

    assert pieces[0].count("<h3>") == 1
    assert [len(re.findall("<li>", ul)) for ul in re.findall("<ul>.*?</ul>", pieces[0])] == [2, 4]
    assert seed_html().count('class="st"') == 14
    assert seed_html().count('<p class="state"><span class="rag green">') == 3
    assert [
        (section.kind, sum(1 for _ in section.items()))
        for document in documents_of
        for section in document.sections
        if hasattr(section, "groups")
    ] == [
        *[("outcomes", 6), ("outcomes", 5), ("outcomes", 7), ("plans", 5)],
        *[("outcomes", 6), ("plans", 5), ("outcomes", 5), ("plans", 5)],
        *[("outcomes", 11), ("outcomes", 7), ("plans", 5)],
    ]


def test_full_digest_is_light():
    assert len(gzip.compress(seed_html().encode(), 9)) < 8_000
    assert not re.search(r">\s{2,}|\n", seed_html())
