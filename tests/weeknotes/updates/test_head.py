"""The head of the form: heading, byline, RAG."""

import pytest

from people.models import User
from tests.factories import UserFactory
from tests.weeknotes.browse import dangling, errors_of, spoken
from tests.weeknotes.updates.sheet import Sheet
from weeknotes.content.document import Byline, Document, Rag, RagColour
from weeknotes.updates.models import Update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def saved() -> Document:
    return Update.objects.get().latest.document


def byline(*lines: tuple[str, str, User | None]) -> tuple[Byline, ...]:
    return tuple(
        Byline(name=name, job_title=title, person_id=person and person.pk)
        for name, title, person in lines
    )


def test_byline_is_one_person_a_line(sheet: Sheet, colleague: User, writer: User) -> None:
    typed = " Col League , Tester, Web team \r\n\r\nWren Writer\r\nSomebody Else,\r\n"

    sheet.press("save", byline=typed)

    assert saved().byline == byline(
        ("Col League", "Tester, Web team", colleague),
        ("Wren Writer", "", writer),
        ("Somebody Else", "", None),
    )
    assert sheet.open().fields["byline"].split("\r\n") == [
        *("Col League, Tester, Web team", "Wren Writer", "Somebody Else"),
    ]


def test_byline_may_be_empty(sheet: Sheet) -> None:
    sheet.press("save", byline=" \r\n ")

    assert saved().byline == ()


def test_byline_does_not_guess_between_two_of_one_name(sheet: Sheet) -> None:
    UserFactory(forename="Wren", surname="Writer")

    sheet.press("save", byline="Wren Writer, Project manager")

    assert saved().byline == byline(("Wren Writer", "Project manager", None))


def test_byline_matches_whole_names_only(sheet: Sheet) -> None:
    sheet.press("save", byline="Wren\r\nW. Writer\r\nWren Writers")

    assert saved().byline == byline(
        ("Wren", "", None), ("W. Writer", "", None), ("Wren Writers", "", None)
    )


def test_heading_is_the_house_heading_unless_changed(sheet: Sheet) -> None:
    sheet.press("save", heading="")
    preview = sheet.client.get(f"{sheet.address}preview/").content.decode()

    assert saved().heading == ""
    assert preview.count("<h2") == preview.count("Frontline Services</h2>") == 1


@pytest.mark.parametrize("colour", [RagColour.AMBER, RagColour.NOT_RATED])
def test_rating_is_kept_with_words_and_reason(sheet: Sheet, colour: RagColour) -> None:
    sheet.press("save", rag_colour=colour.value, rag_words="on track", rag_reason="All agreed.")

    sheet.open()

    assert saved().rag == Rag(colour=colour, words="on track", reason="All agreed.")
    assert (sheet.fields["rag_colour"], sheet.fields["rag_words"], sheet.fields["rag_reason"]) == (
        colour.value,
        "on track",
        "All agreed.",
    )


def test_rating_shows_its_criteria_beside_the_choice(sheet: Sheet) -> None:
    radios = sheet.page.select("input[name=rag_colour]")
    hints = [spoken(sheet.page.find(id=radio["aria-describedby"].split()[-1])) for radio in radios]

    assert [radio["value"] for radio in radios] == [colour.value for colour in RagColour]
    assert hints == [colour.criteria for colour in RagColour]


def test_rating_is_asked_for_and_never_required(sheet: Sheet) -> None:
    response = sheet.press("submit", s0__lines="Met the residents")

    preview = sheet.client.get(f"{sheet.address}preview/").content.decode()
    assert (response.status_code, saved().rag) == (302, None)
    assert preview.count("Not rated") == 1


def test_reason_is_asked_for_and_never_required(sheet: Sheet) -> None:
    sheet.press("preview", rag_colour="red")

    preview = sheet.client.get(f"{sheet.address}preview/").content.decode()
    assert saved().rag == Rag(colour=RagColour.RED)
    assert preview.count("No reason given") == 1


@pytest.mark.parametrize("typed", [{"rag_words": "on track"}, {"rag_reason": "All agreed."}])
def test_words_without_a_colour_ask_for_one(sheet: Sheet, typed: dict[str, str]) -> None:
    response = sheet.press("save", **typed)

    assert response.status_code == 422
    assert errors_of(sheet.page) == {
        "#id_rag_colour_0": "Choose how it stands, to go with your words"
    }
    assert dangling(sheet.page) == []


def test_unknown_colour_is_refused_in_words(sheet: Sheet) -> None:
    response = sheet.press("save", rag_colour="purple")

    assert response.status_code == 422
    assert list(errors_of(sheet.page)) == ["#id_rag_colour_0"]
