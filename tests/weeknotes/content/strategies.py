"""Documents of every shape, for hypothesis; words are hostile and often empty."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from weeknotes.content.document import (
    Byline,
    Document,
    Group,
    Item,
    ItemState,
    NoUpdate,
    Phrase,
    Rag,
    RagColour,
)
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
    Thanked,
    ThanksRow,
    ThanksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)

PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("# ", "##### ", "- ", "  - ", "\t", "\n", "**", "[", "](", ")", "<", ">", "&amp;"),
            *(": ongoing", " – paused", " in progress.", "not started", "\x02", "\x03", "📊 "),
            *("<script>x</script>", "[x](javascript:x)", '" onclick="x', "<b style=x>", "שלום"),
            '[a](http://b "c – done")',
            "w" * 200,
        ]
    ),
)
words = st.lists(PIECES, max_size=6).map("".join)
ids = st.none() | st.integers(1, 9)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
values = st.none() | st.one_of(
    st.integers(-9, 10**30).map(Decimal),
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2
    ),
)


NO_CHILDREN = st.just(())


@st.composite
def phrased(draw, children=NO_CHILDREN):
    """An item whose phrase, if any, stands inside its text."""
    text = draw(words)
    start = draw(st.integers(0, len(text)))
    phrase = st.builds(Phrase, text=st.just(text[start : start + 3]), start=st.just(start))
    return Item(
        text=text,
        state=draw(st.none() | st.sampled_from(ItemState)),
        phrase=draw(st.none() | phrase),
        is_state_cleared=draw(st.booleans()),
        children=draw(children),
    )


items = phrased(st.lists(phrased(), max_size=2).map(tuple))
groups = st.lists(
    st.builds(Group, heading=words, items=st.lists(items, max_size=2).map(tuple)), max_size=3
).map(tuple)
common = {
    "heading": words,
    "before": words,
    "after": words,
    "product_id": ids,
    "product_name": words,
}
count_rows = st.builds(CountRow, label=words, number=st.integers(-5, 10**30))
metric_rows = st.builds(
    MetricRow,
    name=words,
    unit=st.sampled_from(["", "users", "%", "£"]),
    decimals=st.integers(0, 3),
    good=st.sampled_from(["", "up", "down"]),
    metric_id=ids,
    from_value=values,
    to_value=values,
    words=words,
)
strands = st.builds(
    WorkstreamRow, name=words, state=st.sampled_from(WorkstreamState), workstream_id=ids
)
risks = st.builds(
    RiskRow,
    text=words,
    kind=st.none() | st.sampled_from(RiskKind),
    owner=words,
    opened_on=days,
)

diary = st.builds(
    DateRow, what=words, when=words, from_on=days, to_on=days, where=words, for_whom=words
)
thanked = st.builds(Thanked, name=words, person_id=ids)
thanks = st.builds(
    ThanksRow, who=words, for_what=words, people=st.lists(thanked, max_size=2).map(tuple)
)


def some(rows):
    return st.lists(rows, max_size=3).map(tuple)


SECTIONS = {
    "text": st.builds(TextSection, **common, text=words),
    "outcomes": st.builds(OutcomesSection, **common, groups=groups),
    "plans": st.builds(PlansSection, **common, groups=groups),
    "metrics": st.builds(
        MetricsSection, **common, from_on=days, to_on=days, rows=some(metric_rows)
    ),
    "counts": st.builds(
        CountsSection,
        **common,
        name=words,
        from_on=days,
        to_on=days,
        as_of=days,
        is_exclusive=st.booleans(),
        rows=some(count_rows),
    ),
    "workstreams": st.builds(WorkstreamsSection, **common, rows=some(strands)),
    "risks": st.builds(RisksSection, **common, rows=some(risks), nil_return=words),
    "dates": st.builds(DatesSection, **common, rows=some(diary)),
    "thanks": st.builds(ThanksSection, **common, rows=some(thanks)),
}
documents = st.builds(
    Document,
    heading=words,
    byline=some(st.builds(Byline, name=words, job_title=words, person_id=ids)),
    rag=st.none() | st.builds(Rag, colour=st.sampled_from(RagColour), words=words, reason=words),
    sections=some(st.one_of(*SECTIONS.values())),
    no_update=st.none()
    | st.builds(NoUpdate, lines=words, heading=words, returns=words, returns_on=days),
)
