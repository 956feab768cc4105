"""The portal's forms, filled in with hostile words: strategies of the pairs that are sent."""

from typing import Any

from hypothesis import strategies as st

from tests.hostile.words import DAYS, HTML, MARKDOWN, ODD, either, hostile, pairs, samples
from weeknotes.content.document import RagColour
from weeknotes.content.kinds.risks import RiskKind
from weeknotes.content.kinds.workstreams import WorkstreamState
from weeknotes.content.states import ItemState
from weeknotes.updates.forms.editor import FORMS
from weeknotes.updates.forms.head import ProjectHeadForm

KEYS = ["s0", "s1", "s2", "s7"]
KINDS = list(FORMS)
DAY = ["2026-05-11", "15 May 2026", ""]
NUMBER = ["2,109", "0", "12.5", ""]
CHOICES = {
    "rag_colour": [colour.value for colour in RagColour],
    "kind": [kind.value for kind in RiskKind],
    "workstreams": [state.value for state in WorkstreamState],
    "state": ["", *(state.value for state in ItemState)],
    "was": ["", "cleared", "paused"],
    "good": ["", "up", "down"],
    "product": [""],
    "is_exclusive": ["on"],
    "decimals": ["0", "6"],
}
VERBS = ["save", "preview", "submit", "no_update", "add", "row", "remove", "up", "down"]

Pairs = st.SearchStrategy[list[tuple[str, str]]]

readable = st.sampled_from([*HTML, *MARKDOWN[:12], *ODD, "We met: ongoing", "a\n  b: done"])


def expected(name: str, kind: str = "") -> list[str]:
    """What the portal expects in a field that takes no words; nothing for one that does."""
    if name == "state" and kind == "workstreams":
        return CHOICES["workstreams"]
    if name in CHOICES:
        return CHOICES[name]
    if name.endswith("_on") or name == "as_of":
        return DAY
    if name.endswith(("_value", "_id")) or name == "number":
        return NUMBER if not name.endswith("_id") else ["1", ""]
    return []


@st.composite
def sections(draw: Any, *, is_readable: bool) -> list[tuple[str, str]]:
    """Sections of any kind with rows; readable ones take every word they can."""
    said: list[tuple[str, str]] = []
    order = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KINDS)), max_size=4))
    for key, kind in dict(order).items():
        form = FORMS[kind]
        rows = draw(st.integers(0, 3)) if form.row_form else 0
        named = [(name, f"{key}-{name}") for name in form.base_fields]
        for row in range(rows):
            named += [(name, f"{key}-row-{row}-{name}") for name in form.row_form.base_fields]
        said += [(sent, draw(_value(name, kind, is_readable=is_readable))) for name, sent in named]
        said.append((f"{key}-row-count", str(rows) if is_readable else draw(either("2", "101"))))
    placed = ",".join(f"{key}:{kind}" for key, kind in dict(order).items())
    said.append(
        ("sections", placed if is_readable else draw(either(placed, f"{placed},s9:x,s-1:text")))
    )
    return said


def _value(name: str, kind: str, *, is_readable: bool) -> st.SearchStrategy[str]:
    wanted = expected(name, kind)
    if not is_readable:
        return either(*wanted) if wanted else hostile
    return st.sampled_from(wanted) if wanted else readable


@st.composite
def updates(draw: Any, *, is_readable: bool = False) -> list[tuple[str, str]]:
    """The whole form of an update, but for its version."""
    said = [
        (name, draw(_value(name, "", is_readable=is_readable)))
        for name in ProjectHeadForm.base_fields
    ]
    said += draw(sections(is_readable=is_readable))
    if not is_readable:
        verb, key = draw(st.sampled_from(VERBS)), draw(either(*KEYS))
        said.append(("do", verb if verb in VERBS[:5] else f"{verb}:{key}"))
        said.append(("add_kind", draw(either(*KINDS))))
        said += draw(pairs(["do", "sections", "s0-row-count", "s0-heading", "version"]))
    return said


no_updates: Pairs = st.fixed_dictionaries(
    {
        "lines": hostile,
        "heading": hostile,
        "returns": hostile,
        "returns_on": either(*DAY, *DAYS),
        "version": either("0", "1", "2"),
    }
).map(lambda said: list(said.items()))

DAY_FIELDS = ["covers_from", "covers_to", "deadline_on", "due_on"]
SEEN = ["title", "summary", "covers_from", "covers_to", "due_on", "deadline_at"]


@st.composite
def details(draw: Any, *, current: dict[str, str]) -> list[tuple[str, str]]:
    """The form of a digest's details as it stands, with some fields made hostile."""
    said = {**current, "title": draw(hostile), "summary": draw(hostile)}
    fields = [*DAY_FIELDS, "deadline_time", *(f"seen-{name}" for name in SEEN)]
    moments = either("2026-06-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", *DAYS)
    for name in draw(st.lists(st.sampled_from(fields), max_size=2)):
        said[name] = draw(moments)
    return list(said.items())


days: Pairs = st.fixed_dictionaries(
    {**dict.fromkeys(DAY_FIELDS, either("2026-06-15", "2099-12-31", *DAYS)),
     "deadline_time": either("11:00", "24:00", "11am")}
).map(lambda said: list(said.items()))  # fmt: skip

json_of_hostile = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | samples | st.just("note"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(samples | st.just("note"), inner),
    max_leaves=6,
)
