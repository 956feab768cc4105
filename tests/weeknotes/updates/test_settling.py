"""Two people save different words: both texts side by side, and one made of both."""

from dataclasses import replace

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from ddat import prose
from people.models import User
from tests.factories import directorate
from tests.hostile.words import HTML, ODD
from tests.weeknotes.browse import errors_of, read, sent_by, spoken
from tests.weeknotes.updates.pen import Pen, everything
from tests.weeknotes.updates.sheet import Sheet
from tests.weeknotes.week import editor, put_out, write_note
from weeknotes.content.document import Document, Rag, RagColour
from weeknotes.content.kinds.outcomes import OutcomesSection
from weeknotes.content.kinds.plans import PlansSection
from weeknotes.content.kinds.text import TextSection
from weeknotes.content.lines import groups_from_lines, lines_from_groups
from weeknotes.desk import composing
from weeknotes.digests.models import Digest
from weeknotes.updates.models import Update

pytestmark = pytest.mark.django_db

THEIRS = Document(
    heading="Their heading",
    rag=Rag(colour=RagColour.AMBER, reason="Waiting for parts."),
    sections=(
        OutcomesSection(heading="Key outcomes", groups=groups_from_lines("Same\nTheirs")),
        PlansSection(heading="Looking ahead", groups=groups_from_lines("A plan")),
        TextSection(heading="Only theirs", text="Words of theirs."),
    ),
)
MINE = {
    "heading": "My heading",
    "rag_colour": "green",
    "rag_reason": "All is well.",
    "s0-lines": "Same\nMine",
    "s1-lines": "A plan",
}


@pytest.fixture
def two_texts(sheet: Sheet, pen: Pen, colleague: User) -> Sheet:
    """The page that answers a save from before the colleague saved other words."""
    pen.save(THEIRS, version=0, by=colleague)
    sheet.press("save", **{name.replace("-", "__"): words for name, words in MINE.items()})
    return sheet


def settle(page: Sheet, button: str = "save", **choices: str) -> HttpResponse:
    """Choose of each part, and press a button."""
    if "theirs" in choices:
        page.type(theirs=choices.pop("theirs"))
    return page.press(button, **{f"keep__{name}": choice for name, choice in choices.items()})


def lines_of(document: Document) -> list[str]:
    """The lines of its list sections and the words of others, section by section."""
    return [
        section.text if isinstance(section, TextSection) else lines_from_groups(section.groups)
        for section in document.printed_sections
    ]


def sides(page: Sheet) -> dict[str, list[str]]:
    """What each part says on either side."""
    return {
        spoken(pair.h2): [
            "\n".join(line.text for line in side.select("li")) for side in pair.select(".sides > *")
        ]
        for pair in page.page.select(".pair")
    }


def test_both_texts_stand_side_by_side(two_texts: Sheet) -> None:
    assert sides(two_texts) == {
        "Heading": ["My heading", "Their heading"],
        "Status": ["Green", "Amber"],
        "Reason for the status": ["All is well.", "Waiting for parts."],
        "Byline": ["Wren Writer, Project manager", ""],
        "Key outcomes": ["- Same\n- Mine", "- Same\n- Theirs"],
        "Only theirs": ["", "Words of theirs."],
    }
    assert spoken(two_texts.page.select_one(".settle > p.was")) == (
        "The same in both: Looking ahead."
    )
    assert [spoken(mark) for mark in two_texts.page.select(".pair mark")][-3:] == [
        "- Mine",
        "- Theirs",
        "Words of theirs.",
    ]


def test_page_says_who_saved_and_when(two_texts: Sheet) -> None:
    summary = two_texts.page.select_one(".govuk-error-summary")

    assert [spoken(tag) for tag in summary.select("h2, p")] == [
        "Not saved: there are newer words",
        "Col League saved other words on Thursday 14 May at 9:12am, after you opened this page. "
        "Nothing of either is lost yet: both are here below. Copy what you leave out if you may "
        "need it.",
    ]
    assert two_texts.page.select_one("title").text.split()[0] == "Error:"


def test_page_carries_everything_typed(sheet: Sheet, pen: Pen, colleague: User) -> None:
    pen.save(THEIRS, version=0, by=colleague)
    sheet.type(s0__before="“Quotes” & <b>\r\nlines", s2__row__0__text="Slow", s2__row__0__owner="")
    typed = {name: words for name, words in sheet.fields.items() if name != "add_kind"}

    sheet.press("save")

    carried = {name: sheet.fields[name] for name in typed}
    assert carried == {**typed, "version": "1"}


@pytest.mark.parametrize(
    ("choice", "heading", "outcomes"),
    [
        ("mine", "My heading", "- Same\n- Mine"),
        ("theirs", "Their heading", "- Same\n- Theirs"),
    ],
)
def test_one_of_the_two_is_kept(two_texts: Sheet, choice: str, heading: str, outcomes: str) -> None:
    names = ("heading", "status", "reason", "byline", "part0")

    response = settle(two_texts, **dict.fromkeys(names, choice))

    saved = Update.objects.get().latest.document
    assert response.status_code == 302
    assert (saved.heading, lines_of(saved)) == (heading, [outcomes, "- A plan", "Words of theirs."])
    assert saved.rag == (
        THEIRS.rag if choice == "theirs" else Rag(colour=RagColour.GREEN, reason="All is well.")
    )


def test_both_are_kept_unless_told(two_texts: Sheet) -> None:
    settle(two_texts, heading="mine", status="theirs")

    saved = Update.objects.get().latest.document
    assert lines_of(saved) == ["- Same\n- Mine\n- Theirs", "- A plan", "Words of theirs."]
    assert saved.rag == Rag(colour=RagColour.AMBER, reason="All is well. Waiting for parts.")


def test_what_only_one_has_may_be_left_out(two_texts: Sheet) -> None:
    settle(two_texts, heading="mine", status="mine", part2="mine")

    assert lines_of(Update.objects.get().latest.document) == [
        "- Same\n- Mine\n- Theirs",
        "- A plan",
    ]


def test_merged_text_can_be_changed_before_it_is_saved(two_texts: Sheet) -> None:
    before = everything()

    response = settle(two_texts, "edit", heading="theirs", status="theirs")

    assert (response.status_code, everything()) == (200, before)
    assert two_texts.fields["heading"] == "Their heading"
    assert two_texts.fields["s0-lines"] == "- Same\r\n- Mine\r\n- Theirs"
    assert two_texts.press("submit", s0__lines="Mended").status_code == 302
    update = Update.objects.get()
    assert (update.state, lines_of(update.latest.document)[0]) == ("submitted", "- Mended")


def test_missing_choice_is_asked_for_and_nothing_is_lost(two_texts: Sheet) -> None:
    carried, before = dict(two_texts.fields), everything()

    response = settle(two_texts, part0="theirs")

    assert (response.status_code, everything()) == (409, before)
    assert errors_of(two_texts.page) == {
        "#id_keep-heading_0": "Choose which “Heading” to keep",
        "#id_keep-status_0": "Choose which “Status” to keep",
    }
    assert {**two_texts.fields, "theirs": ""} == {
        **carried,
        "keep-part0": "theirs",
        "theirs": "",
    }


def test_third_hand_gives_another_choice_and_nothing_is_lost(
    two_texts: Sheet, pen: Pen, colleague: User
) -> None:
    third = replace(THEIRS, sections=(TextSection(heading="Third", text="Third words."),))
    pen.save(third, version=1, by=colleague)

    assert settle(two_texts, heading="mine", status="mine").status_code == 409

    assert Update.objects.get().latest.document == third
    shown = sides(two_texts)
    assert shown["Key outcomes"] == ["- Same\n- Mine\n- Theirs", ""]
    assert shown["Only theirs"] == ["Only theirs\nWords of theirs.", "Third\nThird words."]
    settle(two_texts, heading="mine", status="mine")
    assert lines_of(Update.objects.get().latest.document) == [
        "- Same\n- Mine\n- Theirs",
        "- A plan",
        "Words of theirs.",
        "Third words.",
    ]


def test_sent_twice_is_one_save(two_texts: Sheet) -> None:
    typed = {
        **two_texts.fields,
        "keep-heading": "mine",
        "keep-status": "mine",
        "do": "submit",
    }

    answers = [two_texts.client.post(two_texts.address, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Update.objects.get().version == 3


def test_what_was_handed_in_is_taken_back_first(sheet: Sheet, pen: Pen, colleague: User) -> None:
    pen.submit(THEIRS, version=0, by=colleague)
    sheet.press("submit", heading="My heading", s0__lines="Mine")
    assert [spoken(button) for button in sheet.page.select(".settle button")] == [
        "Take it back and edit the merged text"
    ]
    typed = {**sheet.fields, "keep-heading": "mine", "do": "take_back"}

    answers = [sheet.client.post(sheet.address, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert sent_by(read(answers[0])) == sent_by(read(answers[1]))
    assert [revision.cause for revision in Update.objects.get().revisions.order_by("number")] == [
        "written",
        "taken_back",
    ]
    sheet.fields = sent_by(read(answers[1]))
    assert sheet.press("submit").status_code == 302
    assert lines_of(Update.objects.get().latest.document)[0] == "- Mine\n- Same\n- Theirs"


def test_once_composing_started_the_other_is_told(
    sheet: Sheet, pen: Pen, colleague: User, digest: Digest
) -> None:
    pen.submit(THEIRS, version=0, by=colleague)
    sheet.press("submit", heading="My heading", s0__lines="Mine")
    composing.start_composing(digest=digest, by=editor())
    before = everything()

    response = sheet.press("take_back", keep__heading="mine")

    assert (response.status_code, everything()) == (422, before)
    assert sheet.fields["s0-lines"] == "- Mine\r\n- Same\r\n- Theirs"
    assert list(errors_of(sheet.page).values()) == [
        "Composing has started, so this can no longer be taken back. "
        "Ask an editor if something must change."
    ]


@pytest.mark.parametrize(
    "carried",
    ["", "x", "\x00", "a:b:c", pytest.param(signing.dumps(["x"]), id="signed for something else")],
)
def test_what_cannot_be_read_again_is_chosen_again(two_texts: Sheet, carried: str) -> None:
    before = everything()

    response = settle(two_texts, heading="mine", status="mine", theirs=carried)

    assert (response.status_code, everything()) == (409, before)
    assert sides(two_texts)["Key outcomes"] == ["- Same\n- Mine", "- Same\n- Theirs"]


def test_after_publication_it_is_refused_with_everything_on_the_page(
    two_texts: Sheet, digest: Digest
) -> None:
    write_note(digest)
    put_out(digest)

    response = settle(two_texts, heading="mine", status="mine")

    assert response.status_code == 422
    assert two_texts.fields["s0-lines"] == "- Same\r\n- Mine\r\n- Theirs"


def test_too_many_sections_are_said_not_cut(sheet: Sheet, pen: Pen, colleague: User) -> None:
    many = tuple(TextSection(heading=f"Their {n}", text="Words.") for n in range(28))
    pen.save(replace(THEIRS, sections=many), version=0, by=colleague)
    sheet.press("save", s0__lines="Mine", s1__lines="Mine", s2__row__0__text="Mine")

    response = settle(sheet, heading="mine")

    assert response.status_code == 409
    assert list(errors_of(sheet.page).values()) == []
    assert "Keep at most 30 sections. These choices make 31." in spoken(
        sheet.page.select_one(".govuk-error-summary")
    )


# The note


def test_note_of_two_editors(client: Client, digest: Digest) -> None:
    client.force_login(editor())
    directorate()
    note = Sheet(client, f"/desk/{digest.slug}/note/")
    write_note(digest, "Theirs.")

    shown = note.press("submit", s0__text="Mine.")
    saved = settle(note, heading="mine", byline="mine")

    assert (shown.status_code, saved.status_code) == (409, 302)
    update = Update.objects.get()
    assert (update.state, lines_of(update.latest.document)) == ("draft", ["Mine.\nTheirs."])


# The preview's button


def test_handing_in_from_a_preview_of_older_words_is_told(
    sheet: Sheet, pen: Pen, colleague: User
) -> None:
    pen.save(THEIRS, version=0)
    pen.submit(replace(THEIRS, heading="Other"), version=1, by=colleague)

    response = sheet.client.post(f"{sheet.address}submission/", {"version": "1"}, follow=True)

    assert "Other words were saved since." in spoken(read(response).select_one(".flash"))


def test_handing_in_twice_from_the_preview_is_once(sheet: Sheet, pen: Pen) -> None:
    draft = pen.save(THEIRS, version=0)

    for _ in range(2):
        response = sheet.client.post(
            f"{sheet.address}submission/", {"version": str(draft.version)}, follow=True
        )
        assert "submitted" in spoken(read(response).select_one(".flash"))

    assert Update.objects.get().version == draft.version + 1


# Hostile words


def test_hostile_words_of_both_are_shown_escaped_and_kept(
    sheet: Sheet, pen: Pen, colleague: User
) -> None:
    words = [line for line in map(prose.clean_line, [*HTML, *ODD]) if line]
    theirs = Document(heading=words[0], sections=(TextSection(text="\n".join(words)),))
    pen.save(theirs, version=0, by=colleague)
    sheet.hold("text")

    shown = sheet.press("save", heading=words[1], s0__text="\n".join([*words[1:], "Mine"]))
    tags = {tag.name for pair in sheet.page.select(".side-lines") for tag in pair.find_all()}
    saved = settle(sheet, heading="theirs", part0="both")

    assert (shown.status_code, saved.status_code, tags) == (409, 302, {"li", "mark"})
    document = Update.objects.get().latest.document
    assert document.heading == words[0]
    assert {*words, "Mine"} - set(document.sections[0].text.split("\n")) == set()
