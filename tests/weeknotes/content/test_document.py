import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weeknotes.content.seed_documents import december_note, full_digest, onedrive
from tests.weeknotes.content.strategies import SECTIONS, documents
from weeknotes.content.document import (
    Document,
    DocumentError,
    NoUpdate,
    Rag,
    RagColour,
)
from weeknotes.content.kinds import KINDS, OutcomesSection, TextSection, section_from_json
from weeknotes.content.lines import groups_from_lines


@given(documents)
def test_document_comes_back_equal_from_json(document):
    stored = json.loads(json.dumps(document.to_json()))

    assert Document.from_json(stored) == document


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_section_of_every_kind_comes_back_equal(kind, data):
    section = data.draw(SECTIONS[kind])
    stored = json.loads(json.dumps(section.to_json()))

    assert type(section) is KINDS[kind]
    assert section_from_json(stored) == section
    assert type(section).from_json(stored) == section


def test_kinds_are_offered_in_this_order_with_words_for_the_menu():
    assert list(KINDS) == [
        *(
            "text",
            "outcomes",
            "plans",
            "metrics",
            "counts",
            "workstreams",
            "risks",
            "dates",
            "thanks",
        ),
    ]
    assert all(kind.label and kind.hint.endswith(".") for kind in KINDS.values())


def test_what_is_empty_is_not_stored():
    document = Document(sections=(TextSection(text="Hello"),))

    assert document.to_json() == {"schema": 1, "sections": [{"kind": "text", "text": "Hello"}]}


def changed(path, value):
    data = onedrive().to_json()
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "schema 1"),
        ([], "schema 1"),
        ({}, "schema 1"),
        ({"schema": 2}, "schema 1"),
        ({"schema": 1, "colour": "red"}, "Document has no field colour"),
        ({"schema": 1, "sections": {}}, "sections should be a list"),
        ({"schema": 1, "sections": [None]}, "no kind of section"),
        ({"schema": 1, "sections": [{"kind": "poems"}]}, "called poems"),
        ({"schema": 1, "sections": [{"kind": []}]}, "no kind of section"),
        ({"schema": 1, "heading": 5}, "Document.heading should be str, not 5"),
        ({"schema": 1, "rag": {}}, "Rag needs the field colour"),
        (changed(["rag", "colour"], "blue"), "Rag.colour should be a RagColour, not 'blue'"),
        (changed(["rag", "colour"], 3), "should be a RagColour"),
        (changed(["byline"], {}), "Document.byline should be a list"),
        (changed(["byline", 0], "Sam"), "Byline should be an object"),
        (changed(["byline", 0, "person_id"], True), "Byline.person_id should be int"),
        (changed(["sections", 0, "text"], None), "TextSection.text should be str"),
        (changed(["sections", 0, "rows"], []), "TextSection has no field rows"),
        (changed(["sections", 2, "from_on"], "May"), "from_on should be a date"),
        (changed(["sections", 2, "from_on"], 3), "from_on should be a date"),
        (changed(["sections", 2, "rows", 0, "to_value"], "many"), "to_value should be a Decimal"),
        (changed(["sections", 2, "rows", 0, "to_value"], "NaN"), "to_value should be a Decimal"),
        (changed(["sections", 2, "rows", 0, "to_value"], "1E+99"), "to_value should be a Decimal"),
        (changed(["sections", 2, "rows", 0, "to_value"], 1.5), "to_value should be a Decimal"),
    ],
)
def test_any_other_shape_is_refused_with_a_clear_message(data, message):
    with pytest.raises(DocumentError, match=message):
        Document.from_json(data)


def test_section_is_not_read_as_another_kind():
    with pytest.raises(DocumentError, match="not a section of the kind text"):
        TextSection.from_json({"kind": "plans"})


@pytest.mark.parametrize(
    ("document", "has_words"),
    [
        (Document(heading="Heading alone"), False),
        (Document(sections=(TextSection(heading="Empty", text=" \n"),)), False),
        (Document(sections=(TextSection(before="Words"),)), True),
        (Document(rag=Rag(colour=RagColour.GREEN, words="on track")), False),
        (Document(rag=Rag(colour=RagColour.RED, reason="The supplier left")), True),
        (Document(no_update=NoUpdate(lines=" ")), False),
        (Document(no_update=NoUpdate(lines="Back in June")), True),
        (december_note(), True),
    ],
)
def test_document_knows_whether_it_says_anything(document, has_words):
    assert document.has_words is has_words


def test_words_are_counted_as_a_reader_reads_them():
    document = Document(
        sections=(
            TextSection(heading="Left out, empty"),
            OutcomesSection(
                heading="Two words", groups=groups_from_lines("- R&D’s up 4.7%\n  - b")
            ),
        ),
    )

    assert document.word_count == 2 + 4 + 1
    assert Document(no_update=NoUpdate(lines="Back soon", heading="Summary")).word_count == 3
    assert 1000 < sum(document.word_count for document, _ in full_digest()) < 1500


@pytest.mark.parametrize("colour", RagColour)
def test_each_rag_colour_has_words_and_criteria(colour):
    assert colour.label[0].isupper()
    assert colour.criteria.endswith(".")


def test_status_is_said_in_words():
    assert Rag(colour=RagColour.NOT_RATED).spoken == "Not rated"
    assert Rag(colour=RagColour.GREEN, words="on track").spoken == "Green, on track"


def test_silent_project_is_not_said_to_be_unrated():
    silent = Document(no_update=NoUpdate(lines="Back in June"))
    quiet = Document(sections=(TextSection(text="Words"),))

    assert silent.shown_rag(is_project=True) is None
    assert quiet.shown_rag(is_project=True) == Rag(colour=RagColour.NOT_RATED)
    assert quiet.shown_rag(is_project=False) is None
