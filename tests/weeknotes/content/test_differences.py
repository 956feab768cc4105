"""What changed between two documents: nothing is lost, nothing takes long, nothing is active."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.weeknotes.content.strategies import documents
from weeknotes.content.differences import (
    Change,
    compare,
    compare_lines,
    difference_html,
    section_lines,
)
from weeknotes.content.differences.lines import LINE, WORD
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.effort import Effort
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    DateRow,
    DatesSection,
    MetricRow,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RiskKind,
    RiskRow,
    RisksSection,
    TextSection,
    ThanksRow,
    ThanksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)

WORDS = st.lists(st.sampled_from(["kit", "a", " ", "went", ",", "12", "\u0634"])).map("".join)


def text(words: str, heading: str = "News") -> Document:
    return Document(sections=(TextSection(heading=heading, text=words),))


def seen(html: str) -> str:
    """The words of a page that are seen."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select(".govuk-visually-hidden"):
        hidden.decompose()
    return soup.get_text("|", strip=True)


@given(old=st.lists(WORDS), new=st.lists(WORDS))
def test_lines_of_both_can_be_read_back(old: list[str], new: list[str]) -> None:
    lines = compare_lines(old, new)

    assert [line.old for line in lines if line.old is not None] == old
    assert [line.new for line in lines if line.new is not None] == new
    for line in lines:
        kept = {
            change: "".join(piece.text for piece in line.pieces if piece.change is not change)
            for change in (Change.ADDED, Change.REMOVED)
        }
        assert kept == {Change.ADDED: line.old or "", Change.REMOVED: line.new or ""}


@given(old=documents, new=documents)
@settings(deadline=None)
def test_any_two_documents_can_be_compared(old: Document, new: Document) -> None:
    parts = compare(old, new).parts

    assert [part.new for part in parts if part.new] == list(new.sections)
    assert sorted(id(part.old) for part in parts if part.old) == sorted(map(id, old.sections))
    assert difference_html(compare(old, old)) == '<p class="diff-none">The words are the same.</p>'
    difference_html(compare(old, new))


def test_a_changed_line_shows_its_changed_words() -> None:
    found = compare(
        text("The kit went to 12 schools.\nGone\nStays"),
        text("The kit went to 14 schools.\nStays\nCame"),
    )

    (part,) = found.changed
    assert [(line.change, line.old, line.new) for line in part.lines] == [
        ("changed", "The kit went to 12 schools.", "The kit went to 14 schools."),
        ("removed", "Gone", None),
        ("same", "Stays", "Stays"),
        ("added", None, "Came"),
    ]
    assert difference_html(found) == (
        '<div class="diff"><section class="diff-part changed">'
        '<h3>News <span class="diff-note">changed</span></h3><ul class="diff-lines">'
        '<li class="changed">The kit went to '
        '<del><span class="govuk-visually-hidden">[removed: </span>12'
        '<span class="govuk-visually-hidden">] </span></del>'
        '<ins><span class="govuk-visually-hidden">[added: </span>14'
        '<span class="govuk-visually-hidden">] </span></ins> schools.</li>'
        '<li class="removed"><del><span class="govuk-visually-hidden">[removed: </span>Gone'
        '<span class="govuk-visually-hidden">] </span></del></li>'
        '<li class="same">Stays</li>'
        '<li class="added"><ins><span class="govuk-visually-hidden">[added: </span>Came'
        '<span class="govuk-visually-hidden">] </span></ins></li></ul></section></div>'
    )


def test_lines_without_a_change_are_counted_but_beside_one() -> None:
    old = "\n".join(f"Line {number}" for number in range(1, 9))

    html = difference_html(compare(text(old), text(old.replace("Line 4", "Line four"))))

    assert seen(html) == (
        "News|changed|2 lines without a change|Line 3|Line|4|four|Line 5|3 lines without a change"
    )


def test_the_head_is_compared_field_by_field() -> None:
    old = Document(
        heading="Mirelle",
        byline=(Byline(name="Ann Fox", job_title="Lead"),),
        rag=Rag(colour=RagColour.GREEN, words="on track"),
    )
    new = Document(
        heading="Mirelle kits",
        byline=(Byline(name="Ann Fox", job_title="Head"), Byline(name="Sam Lee")),
        rag=Rag(colour=RagColour.AMBER, reason="Late parts"),
        no_update=NoUpdate(lines="On leave", returns="the end of May"),
    )

    found = compare(old, new)

    assert [(part.name, part.change) for part in found.parts] == [
        ("heading", "changed"),
        ("byline", "changed"),
        ("rag", "changed"),
        ("no_update", "added"),
    ]
    assert seen(difference_html(found)) == (
        "Heading|changed|Mirelle|kits"
        "|Byline|changed|Ann Fox,|Lead|Head|Sam Lee"
        "|Status|changed|Green, on track|Amber|Late parts"
        "|No update|new|On leave|Expected back: the end of May"
    )


def test_sections_are_paired_though_renamed_or_moved() -> None:
    one, two, three = (
        TextSection(heading=name, text=f"{name} words") for name in ("One", "Two", "Three")
    )
    plans = PlansSection(heading="Next", groups=(Group(items=(Item(text="Ship it"),)),))
    old = Document(sections=(one, two, three, plans))
    new = Document(sections=(three, one, replace(plans, heading="Looking ahead")))

    found = compare(old, new)

    assert [(part.title, part.change) for part in found.changed] == [
        ("Three", "moved"),
        ("Two", "removed"),
        ("Looking ahead", "changed"),
    ]
    assert seen(difference_html(found)) == (
        "Three|moved, the same words|Two|removed|Two words"
        "|Next|Looking ahead|changed|1 line without a change|No change in: One."
    ).replace("1 line without a change", "- Ship it")


def test_every_kind_is_told_in_lines() -> None:
    day = date(2026, 5, 18)
    sections = {
        "text": TextSection(before="B", text="One\n\nTwo", after="A", product_name="Drupal"),
        "outcomes": OutcomesSection(
            groups=(
                Group(items=(Item.from_line("Kits: done", children=(Item(text="All"),)),)),
                Group(heading="Later", items=(Item(text="Kit: done", is_state_cleared=True),)),
            )
        ),
        "metrics": MetricsSection(
            to_on=day,
            rows=(
                MetricRow(name="Users", good="up", to_value=Decimal(12)),
                MetricRow(name="Calls", words="Quiet"),
            ),
        ),
        "counts": CountsSection(name="Sprint 10", rows=(CountRow(label="late", number=2),)),
        "workstreams": WorkstreamsSection(
            rows=(WorkstreamRow(name="Deployment", state=WorkstreamState.COMPLETE),)
        ),
        "risks": RisksSection(
            rows=(RiskRow(text="Parts", kind=RiskKind.RISK, owner="Sam"),), nil_return="None new"
        ),
        "dates": DatesSection(
            rows=(DateRow(what="Show", when="10am", from_on=day, where="Town Hall"),)
        ),
        "thanks": ThanksSection(rows=(ThanksRow(who="Sam", for_what="the kit\nthe van"),)),
    }

    assert {kind: section_lines(section) for kind, section in sections.items()} == {
        "text": ("B", "One", "Two", "A"),
        "outcomes": ("- Kits: done", "  - All", "# Later", "- Kit: done (no state)"),
        "metrics": ("Based on data to 18 May 2026.", "Users: 12 (up is good)", "Calls: Quiet"),
        "counts": ("Sprint 10", "late: 2"),
        "workstreams": ("Deployment: Complete",),
        "risks": ("None new", "Parts (Risk, owner Sam)"),
        "dates": ("10am, Monday 18 May 2026: Show (Town Hall)",),
        "thanks": ("- Sam: the kit", "  - the van"),
    }


def test_what_was_typed_is_escaped_and_runs_its_own_way() -> None:
    html = difference_html(compare(text("x"), text("<b>& \u0634\u0643\u0631\u0627", "<i>")))

    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} == {
        *("div", "section", "h3", "span", "ul", "li", "del", "ins")
    }
    assert [row.get("dir") for row in soup.find_all("li")] == [None, "auto"]


A, B = "a " * 20_000, "b " * 10_000
HOSTILE = {
    "one word of 200,000 letters": ("a" * 200_000, "a" * 199_999 + "b"),
    "the same word again and again": (A, f"{A}{B}{A}"),
    "two words in turn": ("a b " * 10_000, "b a " * 10_000 + "c"),
    "marks alone": ("!?" * 50_000, "?!" * 50_000 + "."),
    "spaces alone": (" " * 200_000 + "a", "b" + " " * 200_000),
    "lines in turn": ("a\nb\n" * 10_000, "b\na\n" * 10_000 + "c"),
    "lines all alike": (
        "\n".join(f"a b c {number}" for number in range(1_000)),
        "\n".join(f"a b c d {number}" for number in range(1_000)),
    ),
    "words the other way round": (
        " ".join(f"w{number}" for number in range(20_000)),
        " ".join(f"w{number}" for number in reversed(range(20_000))),
    ),
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_compared_in_time(words: tuple[str, str]) -> None:
    before = time.process_time()

    html = difference_html(compare(text(words[0]), text(words[1])))

    assert time.process_time() - before < 5  # each far below a second; a slow machine may be slow
    assert html.startswith('<div class="diff">')


def most(letters: int, words: str, *, sections: int = 30) -> Document:
    """As much as an update takes, in sections that are all called the same."""
    section = TextSection(heading="Same", text=(words * letters)[:letters].strip())
    return Document(sections=(section,) * sections)


MUCH = {
    "lines of one letter": ("a\n", "b\n"),
    "lines in turn": ("a\nb\n", "b\na\nc\n"),
    "words of one letter": ("a ", "b a "),
    "marks": (",;", ";,!"),
    "words of 200 letters": ("x" * 199 + "\n", "y" + "x" * 198 + "\n"),
    "from right to left": ("\u05d0 \u05d1\n", "\u05d1 \u0634\n"),
}


@pytest.mark.parametrize("words", MUCH.values(), ids=MUCH)
def test_too_much_is_compared_as_a_whole_and_no_word_is_lost(words: tuple[str, str]) -> None:
    old, new = (most(2_000, said) for said in words)

    found = compare(old, new, effort=Effort(50_000))

    parts = [part for part in found.parts if part.name == "section"]
    pieces = sum(len(line.pieces) for part in parts for line in part.lines)
    assert pieces <= 50_000 / WORD + 2 * len(parts)
    for part, before, after in zip(parts, old.sections, new.sections, strict=True):
        said = [
            "\n".join(line for line in lines if line is not None)
            for lines in zip(*((line.old, line.new) for line in part.lines), strict=True)
        ]
        assert said == [before.text, after.text]
    assert difference_html(found).count("<li") <= 50_000 / LINE + 2 * len(parts)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called for it: its cost, whatever else the machine does."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("words", MUCH.values(), ids=MUCH)
@pytest.mark.parametrize("letters", [250, 2_000])
def test_twice_the_words_cost_at_most_two_and_a_half_times(
    words: tuple[str, str], letters: int
) -> None:
    once, twice = (
        calls(partial(compare, *(most(size, said) for said in words), effort=Effort(200_000)))
        for size in (letters, letters * 2)
    )

    assert twice <= 2.5 * once
