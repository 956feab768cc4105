"""Files as spreadsheets write them are read; whatever else arrives is refused in words."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from people.importing.names import split_name
from people.importing.tables import MOST_ROWS, Table, carried_table, read_table

COLUMNS = {"email": ("e mail",), "name": (), "job_title": ()}
TEXT = 'E-mail;Name;Job-Title\r\nzoe@b.example;"Ré, Zoë";Café\r\n'


def read(data: bytes) -> Table:
    return read_table(data, COLUMNS, needed=["email"])


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        read(data)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str, ends: str) -> None:
    text = TEXT.replace(";", delimiter).replace("\r\n", ends)

    table = read(text.encode(encoding))

    assert table.columns == ["email", "name", "job_title"]
    assert [(row.number, row.cells, row.trouble) for row in table.rows] == [
        (2, {"email": "zoe@b.example", "name": "Ré, Zoë", "job_title": "Café"}, "")
    ]
    assert bool(table.notes) == (encoding == "cp1252")


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    table = read(b'\n,,\nemail,name\na@b.example,"two\nlines"\n,\n\nb@b.example,B\n')

    assert [(row.number, row.cells["name"]) for row in table.rows] == [(4, "two lines"), (7, "B")]


def test_an_apostrophe_that_our_own_export_gave_is_taken_away() -> None:
    table = read(b"email,name\na@b.example,'-Ann\nb@b.example,'Ann\n")

    assert [row.cells["name"] for row in table.rows] == ["-Ann", "'Ann"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b" \r\n \n", "The file is empty."),
        (b"\n,,\n,,", "The file is empty."),
        (b"a" * 2_600_000, "The file has more than 1 MB."),
        (b"PK\x03\x04 rubbish", "This is a workbook, not a CSV file."),
        (b"\xd0\xcf\x11\xe0 rubbish", "This is a workbook, not a CSV file."),
        (b"email,name\na@b.example,\x00", "This cannot be read as a CSV file."),
        (bytes(range(256)) * 4, "This cannot be read as a CSV file."),
        (b"\xff\xfee\x00m", "This cannot be read as a CSV file."),
        (b"\xff\xfe\x00\xd8\x00\xd8", "This cannot be read as a CSV file."),
        (b"email,name\na@b.example,\x81\x8d", "This cannot be read as a CSV file."),
        (b"name,job_title\nA,B", "The file has no column “email”."),
        (b"rubbish", "The file has no column “email”."),
        (b"email,name,e-mail\na,b,c", "More than one column is “email”, such as “email”."),
        (b"email,name\n\n,\n", "The file has a first row and nothing below it."),
        (b"email,name", "The file has a first row and nothing below it."),
        (b'email,name\na,b\na,"b\nc,d\n', "Row 3 has a quotation mark that is not closed"),
        (b'email,name\na,"b" c\n', "Row 2 has a quotation mark that is not closed"),
        (b"email\n" + b"x\n" * (MOST_ROWS + 1), f"The file has {MOST_ROWS + 1} rows, and "),
        (b"email\n" + b"x\n" * 10_000, "The file has 10,000 rows, and "),
        (b"email\n" + b"x" * 200_000, "Row 2 has a cell that is far too long"),
    ],
)
def test_whatever_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    assert refusal(data)[: len(words)] == words


def read_or_told(data: bytes) -> Table | list[str]:
    try:
        return read(data)
    except ValidationError as error:
        return error.messages


@given(
    data=st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=99).map(str.encode)
)
def test_no_file_breaks_the_reading(data: bytes) -> None:
    for start in (b"", b"email\n", b"\xff\xfe", b"\xfe\xff"):
        found = read_or_told(start + data)
        assert found
        if isinstance(found, Table):
            assert carried_table(found.carried(), COLUMNS).columns == found.columns


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [b"", b"a" * 2_600_000, b"email\n" + b"x\n" * 10_000, b"\x00\xff" * 100, b"x"]
)
def test_page_says_what_is_wrong_with_a_file(as_admin: Client, data: bytes) -> None:
    response = as_admin.post(
        "/admin/people/user/import/", {"file": SimpleUploadedFile("a\u202e<b>.csv", data)}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]


@pytest.mark.django_db
def test_page_asks_for_a_file(as_admin: Client) -> None:
    response = as_admin.post("/admin/people/user/import/", {"file": ""})

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": ["Choose a file."]}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rae, Michael", ("Michael", "Rae")),
        ("Michael Rae", ("Michael", "Rae")),
        ("Rae,Michael", ("Michael", "Rae")),
        ("de la Cruz, Ana Maria", ("Ana Maria", "de la Cruz")),
        ("Ana Maria de la Cruz", ("Ana Maria", "de la Cruz")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven")),
        ("Van Morrison", ("Van", "Morrison")),
        ("Anna Maria Smith", ("Anna Maria", "Smith")),
        ("Jean-Luc O'Neil-Smith", ("Jean-Luc", "O'Neil-Smith")),
        ("Cher", ("Cher", "")),
        ("Rae,", ("Rae", "")),
        (", Michael", ("Michael", "")),
        ("Juan de", ("Juan", "de")),
        ("", ("", "")),
    ],
)
def test_a_name_is_parted(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
