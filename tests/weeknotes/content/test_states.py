import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.weeknotes.content.seed_documents import FULL, words
from weeknotes.content.items import Item
from weeknotes.content.states import PHRASES, ItemState, recognise, with_state

BY_LINE = (
    dict.fromkeys((92, 93, 99, 107, 109, 112, 113, 115), ItemState.ONGOING)
    | dict.fromkeys((108, 110, 114, 116), ItemState.PAUSED)
    | {91: ItemState.PLANNED, 22: ItemState.IN_PROGRESS}
)
SILENT = {89, 90, 94, 96, 97, 98, 100, 106}
LISTS = [*range(22, 28), *range(29, 34), *range(51, 53), *range(54, 56), 57, 58, 60]
LISTS += [*range(79, 84), *range(89, 95), *range(96, 101), *range(106, 111), *range(112, 117)]
LISTS += [*range(124, 135), *range(138, 145), *range(146, 151)]


@pytest.mark.parametrize("number", LISTS)
def test_each_list_line_of_the_full_digest_says_its_state_or_none(number):
    found = recognise(words(number))

    assert (found and found[0]) == BY_LINE.get(number)
    if found:
        phrase = found[1]
        assert words(number)[phrase.start : phrase.end] == phrase.text
        assert PHRASES[phrase.text.lower()] is found[0]


def test_eight_lines_of_frontline_and_pr910b_say_none():
    items = {*range(89, 95), *range(96, 101), *range(106, 111), *range(112, 117)}

    assert {number for number in items if not recognise(words(number))} == SILENT


def test_phrase_is_kept_as_typed():
    assert recognise(words(113))[1].text == "Ongoing"
    assert FULL[113].endswith("– Ongoing")


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Tender award/completion – ongoing – report signoff", ItemState.ONGOING),
        ("Portal: in planning", ItemState.PLANNED),
        ("Portal - complete", ItemState.DONE),
        ("Portal: completed.", ItemState.DONE),
        ("Portal: complete, report next week", ItemState.DONE),
        ("Portal: on hold. Back in June", ItemState.PAUSED),
        ("Portal—paused", ItemState.PAUSED),
        ("**Portal: paused**", ItemState.PAUSED),
        ("Portal – **in progress**", ItemState.IN_PROGRESS),
        ("Ongoing", ItemState.ONGOING),
        ("Supplier contract awaiting approval.", ItemState.AWAITING_APPROVAL),
        ("Data migration not started", ItemState.PLANNED),
        ("Data migration not yet started", ItemState.PLANNED),
        ("We looked at why the pilot was paused", ItemState.PAUSED),
        ("Report: complete – review: ongoing", ItemState.DONE),
        ("Ongoing review of scripts", None),
        ("Tender: awarded to winning vendor", None),
        ("Portal: complete agenda", None),
        ("Portal: planned-for work", None),
        ("Spellcheck in progress by Annertech", None),
        ("The upgrade is not complete", None),
        ("The upgrade isn’t done", None),
        ("The list is nearly complete.", None),
        ("Went as planned", None),
        ("The form is incomplete", None),
        ("Pre-planned", None),
        ("https://a.example/migration/done", None),
        ("See https://a.example/?is=done", None),
        ("See https://a.example/: done", ItemState.DONE),
        ("", None),
        ("x" * 6_000 + ": paused", None),
    ],
)
def test_state_is_a_whole_phrase_set_off_or_the_last_words(line, state):
    found = recognise(line)

    assert (found and found[0]) == state


@pytest.mark.parametrize("state", ItemState)
def test_every_house_word_is_recognised(state):
    assert recognise(f"Portal: {state.label}")[0] is state
    assert recognise(f"Portal {state.label}")[0] is state


@pytest.mark.parametrize(
    ("line", "state", "text"),
    [
        ("Data cleansing – Ongoing", ItemState.PAUSED, "Data cleansing – paused"),
        (
            "Award – ongoing – signoff",
            ItemState.AWAITING_APPROVAL,
            "Award – awaiting approval – signoff",
        ),
        ("Ongoing", ItemState.DONE, "Done"),
        ("Build portal", ItemState.IN_PROGRESS, "Build portal: in progress"),
        ("Build portal.", ItemState.PAUSED, "Build portal: paused."),
        ("Build portal...", ItemState.PAUSED, "Build portal...: paused"),
        ("Data cleansing – Ongoing", ItemState.ONGOING, "Data cleansing – Ongoing"),
    ],
)
def test_setting_a_state_writes_the_house_words(line, state, text):
    item = with_state(Item.from_line(line), state)

    assert (item.text, item.state, item.is_state_cleared) == (text, state, False)


def test_clearing_a_state_keeps_the_words():
    item = with_state(Item.from_line("Roadshow planning paused"), None)

    assert item == Item(text="Roadshow planning paused", is_state_cleared=True)


def test_setting_after_clearing_replaces_the_words_that_said_the_state():
    cleared = with_state(Item.from_line("Roadshow planning paused"), None)

    assert with_state(cleared, ItemState.DONE).text == "Roadshow planning done"


@given(
    st.lists(
        st.sampled_from(["a", " ", ": ", " – ", "ongoing", "paused", "not", ".", "**", " done"]),
        min_size=1,
    )
    .map("".join)
    .map(str.strip)
    .filter(bool),
    st.sampled_from(ItemState),
)
def test_a_set_state_is_read_again_from_its_words(text, state):
    item = with_state(Item.from_line(text), state)

    assert item.text[item.phrase.start : item.phrase.end] == item.phrase.text
    assert recognise(item.text)[0] is state
