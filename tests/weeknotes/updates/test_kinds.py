"""Every kind of section through the form and back, word for word."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddat import prose
from people.models import Team
from projects.models import Product, Project
from tests.factories import ProductFactory
from tests.weeknotes.updates.full import FULL
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import editor
from weeknotes.content.document import Byline, Document, Rag, RagColour
from weeknotes.content.items import Group, Item
from weeknotes.content.kinds import (
    KINDS,
    CountsSection,
    DateRow,
    DatesSection,
    MetricsSection,
    OutcomesSection,
    PlansSection,
    RisksSection,
    TextSection,
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamsSection,
)
from weeknotes.content.kinds.counts import CountRow
from weeknotes.content.kinds.metrics import MetricRow
from weeknotes.content.kinds.risks import RiskKind, RiskRow
from weeknotes.content.kinds.workstreams import WorkstreamRow, WorkstreamState
from weeknotes.content.states import ItemState, with_state
from weeknotes.digests.models import Digest
from weeknotes.updates import writing
from weeknotes.updates.forms.editor import FORMS, Editor
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db


def save(project: Project, document: Document) -> None:
    writing.save_draft(
        digest=Digest.objects.get(), subject=project, document=document, version=0, by=editor()
    )


def test_every_kind_has_a_form() -> None:
    assert list(FORMS) == list(KINDS)


def test_everything_comes_back_from_the_page_as_it_was(sheet: Sheet, project: Project) -> None:
    save(project, FULL)

    response = sheet.open().press("save", heading="PR1 Frontline, changed")

    document = Update.objects.get().latest.document
    assert response.status_code == 302
    assert document.heading == "PR1 Frontline, changed"
    assert document.byline == FULL.byline
    assert document.rag == FULL.rag
    assert document.sections == FULL.sections


@pytest.mark.parametrize("section", FULL.sections, ids=lambda section: section.kind)
def test_section_comes_back_when_it_was_only_moved(
    sheet: Sheet, project: Project, section: Any
) -> None:
    save(project, Document(sections=(section, TextSection(text="Another."))))

    sheet.open().press("down:s0")
    sheet.press("save")

    assert Update.objects.get().latest.document.sections == (TextSection(text="Another."), section)


# The same for documents of every shape, by the form alone

WORDS = st.sampled_from(
    [
        *("review", "of", "the scripts", "AI", "R&D", "£5", "2,109", "(Egress)", "1.", "a-b", "#5"),
        *("paused", "– ongoing –", "in progress", "done.", "DPIA:", "not", "<b>", "**x**", "–"),
        *("e\u0301", "שלום", "📌", "'so'", '"so"', "\\", "&amp;", "http://x.example/?a=b,c"),
    ]
)
lines = st.lists(WORDS, max_size=5).map(lambda parts: prose.clean_line(" ".join(parts)))
some_line = st.lists(WORDS, min_size=1, max_size=5).map(
    lambda parts: prose.clean_line(f"A {' '.join(parts)}")
)
texts = st.lists(lines, max_size=4).map(lambda parts: prose.clean("\n".join(parts)))
ids = st.none() | st.integers(1, 2**31)
days = st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))
values = (
    st.none()
    | st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=2)
    | st.integers(-(10**14), 10**14).map(Decimal)
)


@st.composite
def shared(draw: Any) -> dict[str, Any]:
    return {"heading": draw(lines), "before": draw(texts), "after": draw(texts)}


@st.composite
def periods(draw: Any) -> dict[str, Any]:
    from_on, to_on = draw(days), draw(days)
    if from_on and to_on:
        from_on, to_on = sorted((from_on, to_on))
    return {"from_on": from_on, "to_on": to_on}


@st.composite
def items(draw: Any, texts: Iterator[str], *, has_children: bool = True) -> Item:
    item = Item.from_line(next(texts))
    if draw(st.booleans()):
        item = with_state(item, draw(st.none() | st.sampled_from(ItemState)))
    below = draw(st.integers(0, 2)) if has_children else 0
    children = tuple(draw(items(texts, has_children=False)) for _ in range(below))
    return Item(
        text=item.text,
        state=item.state,
        phrase=item.phrase,
        is_state_cleared=item.is_state_cleared,
        children=children,
    )


@st.composite
def list_sections(draw: Any) -> OutcomesSection | PlansSection:
    kind = draw(st.sampled_from([OutcomesSection, PlansSection]))
    # The same line twice cannot be told apart by its words.
    typed = (f"{number} {draw(some_line)}" for number in range(1000))
    headings = [
        draw(lines) if not draw(st.booleans()) else "",
        *draw(st.lists(some_line, max_size=2)),
    ]
    groups = [
        Group(
            heading=heading,
            items=tuple(draw(items(typed)) for _ in range(draw(st.integers(not heading, 3)))),
        )
        for heading in headings
    ]
    return kind(groups=tuple(groups), **draw(shared()))


@st.composite
def metric_rows(draw: Any) -> MetricRow:
    start, end = draw(values), draw(values)
    places = max((-v.as_tuple().exponent for v in (start, end) if v is not None), default=0)
    return MetricRow(
        name=draw(some_line),
        unit=draw(st.sampled_from(["", "users", "%", "£", "new users"])),
        decimals=draw(st.integers(max(places, 0), 6)),
        good=draw(st.sampled_from(["", "up", "down"])),
        metric_id=draw(ids),
        from_value=start,
        to_value=end,
        words=draw(texts),
    )


@st.composite
def date_rows(draw: Any) -> DateRow:
    days = draw(periods())
    if days["to_on"] and not days["from_on"]:
        days = {"from_on": days["to_on"], "to_on": None}
    words = {name: draw(lines) for name in ("when", "where", "for_whom")}
    return DateRow(what=draw(some_line), **days, **words)


@st.composite
def thanks_rows(draw: Any) -> ThanksRow:
    """Thanks to words that nobody of ours is called."""
    who = draw(some_line.map(lambda words: re.sub("[:,;]", "", words)))
    what = draw(st.lists(some_line, max_size=2))
    return ThanksRow(who=who, for_what="\n".join(what), people=(Thanked(name=who),))


def rows(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


def dates_of(strategy: Any) -> st.SearchStrategy:
    return st.tuples(shared(), periods(), strategy).map(
        lambda parts: parts[0] | parts[1] | parts[2]
    )


sections = st.one_of(
    st.builds(TextSection, heading=lines, text=texts),
    list_sections(),
    dates_of(st.fixed_dictionaries({"rows": rows(metric_rows())})).map(
        lambda fields: MetricsSection(**fields)
    ),
    dates_of(
        st.fixed_dictionaries(
            {
                "name": lines,
                "as_of": days,
                "is_exclusive": st.booleans(),
                "rows": rows(st.builds(CountRow, label=some_line, number=st.integers(0, 10**14))),
            }
        )
    ).map(lambda fields: CountsSection(**fields)),
    st.builds(
        lambda fields, rows: WorkstreamsSection(rows=rows, **fields),
        shared(),
        rows(
            st.builds(
                WorkstreamRow,
                name=some_line,
                state=st.sampled_from(WorkstreamState),
                workstream_id=ids,
            )
        ),
    ),
    st.builds(
        lambda fields, rows, nil: RisksSection(rows=rows, nil_return=nil, **fields),
        shared(),
        rows(
            st.builds(
                RiskRow,
                text=texts.filter(bool),
                kind=st.none() | st.sampled_from(RiskKind),
                owner=lines,
                opened_on=days,
            )
        ),
        lines,
    ),
    st.builds(lambda fields, rows: DatesSection(rows=rows, **fields), shared(), rows(date_rows())),
    st.builds(
        lambda fields, rows: ThanksSection(rows=rows, **fields), shared(), rows(thanks_rows())
    ),
)
bylines = st.builds(
    Byline, name=some_line.filter(lambda name: "," not in name), job_title=lines.map(str.strip)
)
rags = st.none() | st.builds(Rag, colour=st.sampled_from(RagColour), words=lines, reason=lines)
documents = st.builds(
    Document, heading=lines, byline=rows(bylines), rag=rags, sections=rows(sections)
)


def posted(editor: Editor) -> dict[str, str]:
    """What the form's fields send as they stand, as their widgets write them."""
    sent = {"sections": editor.order, "version": str(editor.version)}
    for _, form in editor._forms():
        for bound in form:
            value = bound.field.widget.format_value(bound.value())
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(bound.value(), bool):
                value = "on" if bound.value() else None
            if value not in (None, []):
                sent[bound.html_name] = str(value).replace("\n", "\r\n")
    for form in editor.sections:
        if form.rows:
            sent[f"{form.rows.prefix}-count"] = str(form.rows.count)
    return sent


def sent_back(document: Document, subject: Team | Project) -> Document:
    editor = Editor.showing(document, subject=subject, version=3)
    answered = Editor.sent(posted(editor), subject=subject)
    assert (answered.is_valid(), answered.errors(), answered.version) == (True, [], 3)
    return answered.document()


@settings(max_examples=60)
@given(document=documents)
def test_document_sent_back_unchanged_is_equal(document: Document) -> None:
    assert sent_back(document, Project(pk=1, name="P")) == document


@settings(max_examples=20)
@given(document=documents)
def test_team_is_never_rated(document: Document) -> None:
    assert sent_back(document, Team(name="T")).rag is None


def test_product_comes_back() -> None:
    product = ProductFactory(name="Drupal")
    section = TextSection(text="Words.", product_id=product.pk, product_name="Drupal")
    document = Document(sections=(section,))

    assert sent_back(document, Team(name="T")) == document


def test_product_closed_since_comes_back() -> None:
    product = ProductFactory(name="Drupal")
    product.close(by=editor())
    section = TextSection(text="Words.", product_id=product.pk, product_name="Drupal")
    document = Document(sections=(section,))

    assert Product.objects.active().count() == 0
    assert sent_back(document, Team(name="T")) == document


def test_closed_products_are_not_offered_to_others() -> None:
    closed, active = ProductFactory(name="Drupal"), ProductFactory(name="Liberty Create")
    closed.close(by=editor())

    editing = Editor.showing(Document(sections=(TextSection(),)), subject=Team(name="T"), version=0)

    choices = editing.sections[0].fields["product"].choices
    assert list(choices) == [("", "None"), (str(active.pk), "Liberty Create")]
