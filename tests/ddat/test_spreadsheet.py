import csv
import re
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddat.spreadsheet import csv_response, csv_text, harmless, original

SIGNS = "=+-@\t\r＝＋－＠"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
# Signs are rare among all letters: here every third cell begins with one, or with what hides one.
CELLS = WORDS | st.builds(
    "{}{}{}".format, st.sampled_from(["", " ", "\u00a0", "'", '"', " '\"", "\n"]),
    st.sampled_from(SIGNS), WORDS,
)  # fmt: skip


def read(text):
    return list(csv.reader(StringIO(text, newline="")))


def read_where_semicolons_part_cells(text):
    return [cell for row in csv.reader(StringIO(text, newline=""), delimiter=";") for cell in row]


@pytest.mark.parametrize(
    "words",
    [
        *("=1+1", "+44 20", "-5", "- a list", "@SUM(A1)", "\tplain", "\rplain", "\nplain"),
        *("＝1", "＋1", "－1", "＠SUM", "  =1", "\u00a0=1", '"=1', "'=1", "“=1", "\u200b=1"),
        *("\ufeff=1", "\x00=1", " ' \"=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")'),
    ],
)
def test_words_like_a_formula_get_an_apostrophe(words):
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Rae; =HYPERLINK(1)", "Rae;' =HYPERLINK(1)"),
        ("Rae;+1; -2", "Rae;'+1;' -2"),
        ("Rae;\"' =1", "Rae;'\"' =1"),
        ("Rae\t=1", "Rae\t'=1"),
        ("Rae\r\n\n@SUM(A1)", "Rae\r\n\n'@SUM(A1)"),
        ("\r=1", "'\r'=1"),
        ("Rae; a=1, =2", "Rae; a=1, =2"),
    ],
)
def test_words_after_a_semicolon_may_be_a_cell_of_their_own(words, written):
    assert (harmless(words), original(written)) == (written, words)


@given(rows=st.lists(st.lists(CELLS | st.builds("{};{}".format, WORDS, CELLS), max_size=3)))
def test_nothing_is_a_formula_where_semicolons_part_cells(rows):
    cells = read_where_semicolons_part_cells(csv_text(["a", "b"], rows))

    assert [cell for cell in cells if re.match(r'[\s"]*[=+\-@＝＋－＠]', cell)] == []


def test_quotes_alone_would_not_hinder_it():
    text = csv_text(["a"], [["Ann", "Rae; =HYPERLINK(1);"]])

    assert read_where_semicolons_part_cells(text.replace("'", ""))[2] == " =HYPERLINK(1)"
    assert read_where_semicolons_part_cells(text)[2] == "' =HYPERLINK(1)"


def test_a_long_cell_is_written_at_once():
    words = '\n;\t "' * 200_000

    assert original(str(harmless(words))) == words


@pytest.mark.parametrize("words", ["", "Rae", "a=1", "5 - 3", "O'Neil", '"quoted"', "<b>&", "שלום"])
def test_other_words_stay_as_they_are(words):
    assert harmless(words) == words


@pytest.mark.parametrize(
    ("cell", "written"), [(-5, "-5"), (Decimal("-2.50"), "-2.50"), (None, '""'), (True, '"True"')]
)
def test_numbers_stay_numbers_and_nothing_is_empty(cell, written):
    assert csv_text(["a"], [[cell, "z"]]) == f'"a"\r\n{written},"z"\r\n'


def test_a_cell_may_hold_lines_commas_and_quotes():
    assert csv_text(["what"], [['one\ntwo, "three"']]) == '"what"\r\n"one\ntwo, ""three"""\r\n'


def test_a_header_is_made_harmless_too():
    assert csv_text(["=1"], []) == '"\'=1"\r\n'


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_back_but_for_the_apostrophe(rows):
    found = read(csv_text(["one", "two"], rows))[1:]

    written = [cell for row in rows for cell in row]
    back = [cell for row in found for cell in row]
    assert [len(row) for row in found] == [2] * len(rows)
    assert [original(cell) for cell in back] == written


@given(words=CELLS)
def test_no_cell_begins_with_a_formula_sign(words):
    cell = str(harmless(words))

    assert cell.startswith("'") or cell.strip("\t\r\n \u00a0\"'")[:1] not in {*SIGNS}
    assert cell[:1] not in {*SIGNS}


def test_a_response_is_a_file_that_excel_reads_as_utf_8():
    response = csv_response("people – 2026.csv", ["name"], [["Zoë"], ["\ud800"]])

    assert response.content == b'\xef\xbb\xbf"name"\r\n"Zo\xc3\xab"\r\n"?"\r\n'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''people%20%E2%80%93%202026.csv"
    )
